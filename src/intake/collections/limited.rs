//! A reader that gives up when a part is too long, and one that takes bytes back.

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

/// A reader that takes back what was read too much.
pub(super) struct PutBack<R> {
    front: io::Cursor<Vec<u8>>,
    inner: R,
    /// The error behind what was peeked at.
    failure: Option<io::Error>,
}

impl<R: BufRead> PutBack<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { front: io::Cursor::default(), inner, failure: None }
    }

    /// Puts bytes before what is read next.
    pub(super) fn put_back(&mut self, mut bytes: Vec<u8>) {
        let at = usize::try_from(self.front.position()).unwrap_or(usize::MAX);
        // Where there is room before what is left, that need not be copied.
        if let Some(start) = at.checked_sub(bytes.len())
            && let Some(room) = self.front.get_mut().get_mut(start..at)
        {
            room.copy_from_slice(&bytes);
            self.front.set_position(start as u64);
            return;
        }
        bytes.extend_from_slice(self.front.get_ref().get(at..).unwrap_or_default());
        self.front = io::Cursor::new(bytes);
    }

    /// What is read next: at least `n_bytes`, or all that is left. An error behind it comes when it
    /// is read.
    pub(super) fn peek(&mut self, n_bytes: usize) -> &[u8] {
        if self.fill_buf().is_ok_and(|there| there.len() >= n_bytes) || self.failure.is_some() {
            return self.fill_front_or_inner();
        }
        let mut start = Vec::with_capacity(n_bytes);
        self.failure = self.by_ref().take(n_bytes as u64).read_to_end(&mut start).err();
        self.put_back(start);
        self.fill_front_or_inner()
    }

    fn fill_front_or_inner(&mut self) -> &[u8] {
        let is_front = self.front.fill_buf().is_ok_and(|front| !front.is_empty());
        let there = if is_front || self.failure.is_some() {
            self.front.fill_buf()
        } else {
            self.inner.fill_buf()
        };
        there.unwrap_or_default()
    }
}

impl<R: BufRead> Read for PutBack<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.front.read(room)?;
        match self.failure.take() {
            failure if n_bytes > 0 => {
                self.failure = failure;
                Ok(n_bytes)
            }
            Some(failure) => Err(failure),
            None => self.inner.read(room),
        }
    }
}

impl<R: BufRead> BufRead for PutBack<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.front.fill_buf()?.is_empty() {
            match self.failure.take() {
                Some(failure) => Err(failure),
                None => self.inner.fill_buf(),
            }
        } else {
            self.front.fill_buf()
        }
    }

    fn consume(&mut self, length: usize) {
        if self.front.fill_buf().is_ok_and(<[u8]>::is_empty) {
            self.inner.consume(length);
        } else {
            self.front.consume(length);
        }
    }
}
