//! Archives of ZIP, and the office documents that are such.

use std::io::Read;

use zip::ZipArchive;

use super::archive::{Members, is_too_deep, name};
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
    file: Box<dyn ReadSeek + 'a>,
    place: Place,
) -> Result<Articles<'a>, IntakeError> {
    // What it holds is told at its end, which an archive that was cut does not have.
    let mut archive =
        ZipArchive::new(file).map_err(|error| damaged(&error.to_string()).of_the_rest())?;
    if archive.len() > MAX_MEMBERS {
        return Err(damaged(&format!("more than {MAX_MEMBERS} members")));
    }
    if let Some(articles) = office::articles(&mut archive, &place)? {
        return Ok(Box::new(Held::new(articles)));
    }
    if is_too_deep(&place) {
        return Err(damaged("it is in two others; unpack it"));
    }
    let has_lost = archive.has_duplicate_names();
    Ok(Box::new(ZipReader { archive, at: 0, n_bytes: 0, members: Members::new(place), has_lost }))
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
    /// Whether members cannot be reached, as others have their names; untold yet.
    has_lost: bool,
}

/// A member of an archive.
enum Member {
    Folder,
    Refused(String, String),
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
        if !file.is_file() {
            return Member::Folder;
        }
        let (size, packed) = (file.size(), file.compressed_size());
        if size > MAX_PART {
            let reason = format!("longer than {} MB; unpack the archive", MAX_PART >> 20);
            return Member::Refused(name, reason);
        }
        if let Some(reason) = ratio_error(size, packed) {
            return Member::Refused(name, reason);
        }
        // The size that the archive tells may be false.
        let mut bytes = Vec::new();
        if let Err(error) = (&mut file).take(MAX_PART + 1).read_to_end(&mut bytes) {
            return Member::Failed(name, damaged(&error.to_string()));
        }
        if bytes.len() as u64 > MAX_PART {
            return Member::Refused(name, format!("longer than {} MB", MAX_PART >> 20));
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
                return std::mem::take(&mut self.has_lost).then(|| {
                    let message = "several members have one name; only the last of them is read";
                    let place = &self.members.place;
                    place.failed(place.name.clone(), Format::Zip, damaged(message))
                });
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
                Member::Refused(name, reason) => {
                    self.members.passed_over.add(reason, &name);
                    None
                }
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
