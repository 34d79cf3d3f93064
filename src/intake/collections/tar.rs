//! Archives of tar.

use std::io::{self, BufRead, Read};

use tar::{Archive, Entry};

use super::archive::{Members, START, is_too_deep, name, too_long};
use super::{Collection, MAX_PART, Place};
use crate::intake::bytes::Bytes;
use crate::intake::raw_article::RawArticle;
use crate::intake::{Format, IntakeError, PassedOver};

/// Bytes of a block: members begin at multiples of it.
const BLOCK: u64 = 512;

const SPARSE: &str = "a sparse file is in the archive; unpack it";

/// Reads the articles in an archive, member by member.
pub(super) struct TarReader<'a> {
    reader: Bytes<'a>,
    members: Members,
    is_over: bool,
}

/// A file in an archive.
struct Member {
    name: String,
    /// The first of them, if they are too many.
    bytes: Vec<u8>,
    is_long: bool,
    /// Whether they are pieces of it and a list of where these stand.
    is_sparse: bool,
}

/// Kinds of members that are no files: links, devices, folders, and what tells of other members.
const NO_FILES: &[u8] = b"123456gxDKLMNSVX";

/// Whether only pieces of a file are stored, as newer programs write it, and its name if they tell
/// it apart from that of the pieces.
fn sparse(member: &mut Entry<impl Read>) -> io::Result<(bool, Option<Vec<u8>>)> {
    let (mut is_sparse, mut name) = (false, None);
    for extension in member.pax_extensions()?.into_iter().flatten().filter_map(Result::ok) {
        is_sparse |= extension.key_bytes().starts_with(b"GNU.sparse.");
        if extension.key_bytes() == b"GNU.sparse.name" {
            name = Some(extension.value_bytes().to_vec());
        }
    }
    Ok((is_sparse, name))
}

impl<'a> TarReader<'a> {
    pub(super) fn new(reader: Bytes<'a>, place: Place) -> Result<Self, IntakeError> {
        if is_too_deep(&place) {
            return Err(IntakeError::Damaged("it is an archive in two others; unpack it".into()));
        }
        Ok(Self { reader, members: Members::new(place), is_over: false })
    }

    /// Reads what stands behind the end: nothing but zeros should, and a packed archive has its
    /// checksum there.
    fn check_end(&mut self) -> Result<(), IntakeError> {
        loop {
            let there = self.reader.fill_buf()?;
            if there.is_empty() {
                return Ok(());
            }
            if there.iter().any(|byte| *byte != 0) {
                let message = "something is behind the end of the archive; unpack it";
                return Err(IntakeError::BrokenOff(message.to_owned()));
            }
            let n_bytes = there.len();
            self.reader.consume(n_bytes);
        }
    }

    /// The next file; `None` at the end.
    fn member(&mut self) -> Result<Option<Member>, IntakeError> {
        loop {
            // Empty blocks end an archive; one that is cut between two members has none.
            if self.reader.fill_buf()?.is_empty() {
                return Err(IntakeError::BrokenOff("the archive has no end mark".to_owned()));
            }
            // Each archive is read to the end of one member. The reader of all of them would borrow
            // the one that this iterator owns.
            let mut archive = Archive::new(&mut self.reader);
            let Some(member) = archive.entries()?.next() else {
                self.check_end()?;
                return Ok(None);
            };
            let mut member = member?;
            let (size, kind) = (member.size(), member.header().entry_type());
            let (is_sparse, whole) = sparse(&mut member)?;
            let name = name(&whole.unwrap_or_else(|| member.path_bytes().into_owned()));
            // A kind that no standard knows is to be read as a file.
            let is_known = NO_FILES.contains(&kind.as_byte());
            let is_file = kind.is_file() || kind.is_contiguous() || !is_known;
            let is_long = size > MAX_PART;
            let most = if is_long { START } else { size };
            let mut bytes = Vec::new();
            if is_file {
                (&mut member).take(most).read_to_end(&mut bytes)?;
            }
            let n_bytes = bytes.len() as u64 + io::copy(&mut member, &mut io::sink())?;
            if n_bytes < size {
                let message = format!("the archive ends within {name}");
                return Err(IntakeError::BrokenOff(message));
            }
            let padding = (BLOCK - size % BLOCK) % BLOCK;
            io::copy(&mut (&mut self.reader).take(padding), &mut io::sink())?;
            if is_file {
                return Ok(Some(Member { name, bytes, is_long, is_sparse }));
            }
            if kind.is_gnu_sparse() {
                self.members.passed_over.add("sparse files; unpack the archive", &name);
                return Err(IntakeError::Damaged(SPARSE.into()));
            }
        }
    }
}

impl Iterator for TarReader<'_> {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        loop {
            if let Some(article) = self.members.next() {
                return Some(article);
            }
            if self.is_over {
                return None;
            }
            let failed = match self.member() {
                Ok(None) => {
                    self.is_over = true;
                    None
                }
                Ok(Some(Member { name, is_sparse: true, .. })) => {
                    let error = IntakeError::Damaged(SPARSE.into());
                    Some(self.members.place.failed(name, Format::Tar, error))
                }
                Ok(Some(Member { name, bytes, is_long: true, .. })) => {
                    self.members.refuse(&name, &bytes, too_long())
                }
                Ok(Some(Member { name, bytes, .. })) => self.members.open(&name, bytes),
                Err(error) => {
                    self.is_over = true;
                    let place = &self.members.place;
                    Some(place.failed(place.name.clone(), Format::Tar, error.of_the_rest()))
                }
            };
            if failed.is_some() {
                return failed;
            }
        }
    }
}

impl Collection for TarReader<'_> {
    fn passed_over(&self) -> &PassedOver {
        &self.members.passed_over
    }
}
