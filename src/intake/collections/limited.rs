//! A reader that gives up when a part is too long.

use std::io::{self, BufRead, Read};

/// A reader of which one part has a limit; [`Limited::renew`] begins the next part.
pub(super) struct Limited<R> {
    inner: R,
    limit: u64,
    left: u64,
}

impl<R: BufRead> Limited<R> {
    pub(super) fn new(inner: R, limit: u64) -> Self {
        Self { inner, limit, left: limit }
    }

    /// Begins the next part.
    pub(super) fn renew(&mut self) {
        self.left = self.limit;
    }
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let length = there.len().min(room.len());
        room[..length].copy_from_slice(&there[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Limited<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let message = format!("an item is longer than {} MB", self.limit >> 20);
            return Err(io::Error::other(message));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.left = self.left.saturating_sub(length as u64);
        self.inner.consume(length);
    }
}
