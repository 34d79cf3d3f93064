//! Archives of ZIP, and the office documents that are such.

use std::io::Read;

use zip::ZipArchive;
use zip::result::ZipError;

use super::archive::{Members, START, is_too_deep, name, too_long};
use super::{Articles, Collection, Held, MAX_PART, Place, ReadSeek, office};
use crate::intake::raw_article::RawArticle;
use crate::intake::{Format, IntakeError, PassedOver};

/// Most members of an archive, and most bytes of all of them together.
const MAX_MEMBERS: usize = 1_000_000;
const MAX_TOTAL: u64 = 64 << 30;

/// How many times smaller a member may be packed, if it is longer than this. Texts are packed five
/// times, pages and tables that repeat themselves thirty.
const MAX_RATIO: u64 = 100;
const MIN_RATIO_SIZE: u64 = 8 << 20;

/// Whether a member is packed more often than anything that people write.
pub(super) fn ratio_error(size: u64, packed: u64) -> Option<String> {
    let is_bomb = size > MIN_RATIO_SIZE && size / packed.max(1) > MAX_RATIO;
    is_bomb.then(|| format!("packed more than {MAX_RATIO} times"))
}

/// An archive of any source.
pub(super) type Archive<'a> = ZipArchive<Box<dyn ReadSeek + 'a>>;

/// Whether an archive is a workbook, whose reader takes the bytes of all of it.
pub(in crate::intake) fn is_workbook(file: &mut dyn ReadSeek) -> bool {
    let Ok(mut archive) = ZipArchive::new(file) else { return false };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        return true;
    }
    let Ok(file) = archive.by_name("mimetype") else { return false };
    let mut kind = String::new();
    let read = file.take(200).read_to_string(&mut kind);
    read.is_ok() && kind.starts_with("application/vnd.oasis.opendocument.spreadsheet")
}

/// Opens an archive, or an office document.
pub(super) fn open<'a>(
    mut file: Box<dyn ReadSeek + 'a>,
    place: Place,
) -> Result<Articles<'a>, IntakeError> {
    let mut start = Vec::new();
    (&mut file).take(4).read_to_end(&mut start)?;
    // What it holds is told at its end, which an archive that was cut does not have.
    let mut archive = ZipArchive::new(file).map_err(|error| unreadable(&error).of_the_rest())?;
    if archive.len() > MAX_MEMBERS {
        return Err(damaged(&format!("more than {MAX_MEMBERS} members")));
    }
    if let Some(articles) = office::articles(&mut archive, &place)? {
        return Ok(Box::new(Held::new(articles)));
    }
    if is_too_deep(&place) {
        return Err(damaged("it is in two others; unpack it"));
    }
    let mut lost = Vec::new();
    if archive.has_duplicate_names() {
        lost.push("several members have one name; only the last of them is read");
    }
    // A program may stand before an archive, which unpacks it.
    if archive.offset() > 0 && start == *b"PK\x03\x04" {
        lost.push("another archive stands before it and is not read; split the file");
    }
    Ok(Box::new(ZipReader { archive, at: 0, n_bytes: 0, members: Members::new(place), lost }))
}

/// Why a file cannot be read as an archive.
fn unreadable(error: &ZipError) -> IntakeError {
    match error {
        ZipError::InvalidArchive(message) if message.contains("EOCD") => {
            damaged("its list of members, which stands at its end, is missing")
        }
        other => damaged(&other.to_string()),
    }
}

fn damaged(message: &str) -> IntakeError {
    let message = message.trim_start_matches("invalid Zip archive: ");
    IntakeError::Damaged(format!("the ZIP archive: {message}").into())
}

/// Reads the articles in an archive, member by member.
struct ZipReader<'a> {
    archive: Archive<'a>,
    at: usize,
    n_bytes: u64,
    members: Members,
    /// What cannot be reached, untold yet.
    lost: Vec<&'static str>,
}

/// A member of an archive.
enum Member {
    Folder,
    /// Its name, first bytes, and the limit that it exceeds.
    Refused(String, Vec<u8>, String),
    Read(String, Vec<u8>),
    Failed(String, IntakeError),
}

impl ZipReader<'_> {
    fn member(&mut self, at: usize) -> Member {
        let number = at + 1;
        let mut file = match self.archive.by_index(at) {
            Ok(file) => file,
            Err(error) => {
                let error = damaged(&format!("{error}; unpack it and name the folder"));
                return Member::Failed(self.members.place.part(number), error);
            }
        };
        let name = name(file.name_raw());
        // A name with a slash at its end is that of a folder, which holds nothing.
        let is_folder = file.is_dir() && file.size() == 0;
        if is_folder || file.is_symlink() {
            return Member::Folder;
        }
        let (size, packed) = (file.size(), file.compressed_size());
        let is_bomb = || Some(format!("it is {}; unpack the archive", ratio_error(size, packed)?));
        let limit = if size > MAX_PART { Some(too_long()) } else { is_bomb() };
        // The size that the archive tells may be false.
        let most = if limit.is_some() { START } else { MAX_PART + 1 };
        let mut bytes = Vec::new();
        if let Err(error) = (&mut file).take(most).read_to_end(&mut bytes) {
            return Member::Failed(name, damaged(&error.to_string()));
        }
        if let Some(limit) = limit {
            return Member::Refused(name, bytes, limit);
        }
        if bytes.len() as u64 > MAX_PART {
            return Member::Refused(name, bytes, too_long());
        }
        self.n_bytes += bytes.len() as u64;
        Member::Read(name, bytes)
    }
}

impl Iterator for ZipReader<'_> {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        loop {
            if let Some(article) = self.members.next() {
                return Some(article);
            }
            if self.at >= self.archive.len() {
                let lost = self.lost.pop()?;
                let place = &self.members.place;
                return Some(place.failed(place.name.clone(), Format::Zip, damaged(lost)));
            }
            let at = self.at;
            self.at += 1;
            if self.n_bytes > MAX_TOTAL {
                self.at = self.archive.len();
                let error = damaged(&format!("more than {} GB unpacked", MAX_TOTAL >> 30));
                let place = &self.members.place;
                return Some(place.failed(place.name.clone(), Format::Zip, error));
            }
            let failed = match self.member(at) {
                Member::Folder => None,
                Member::Refused(name, start, why) => self.members.refuse(&name, &start, why),
                Member::Read(name, bytes) => self.members.open(&name, bytes),
                Member::Failed(name, error) => {
                    Some(self.members.place.failed(name, Format::Zip, error))
                }
            };
            if failed.is_some() {
                return failed;
            }
        }
    }
}

impl Collection for ZipReader<'_> {
    fn passed_over(&self) -> &PassedOver {
        &self.members.passed_over
    }
}
