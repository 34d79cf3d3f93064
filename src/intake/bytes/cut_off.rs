//! Packed bytes that end too early.

use std::error::Error;
use std::io;
use std::iter;

/// Why packed bytes cannot be unpacked any further: they end before their end mark.
#[derive(Debug, thiserror::Error)]
#[error("the {0} file is cut off; copy or download it again")]
pub struct CutOff(&'static str);

impl CutOff {
    /// The error of a reader that unpacks.
    pub(super) fn error(packing: &'static str) -> io::Error {
        io::Error::new(io::ErrorKind::UnexpectedEof, Self(packing))
    }
}

/// Whether something failed because the bytes ended.
pub(super) fn is_of_the_end(error: &(dyn Error + 'static)) -> bool {
    iter::successors(Some(error), |&error| error.source()).any(|error| {
        let error = error.downcast_ref::<io::Error>();
        error.is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof)
    })
}
