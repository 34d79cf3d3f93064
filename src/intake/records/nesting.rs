//! Where values of JSON end, byte by byte.

/// How deep in objects and lists a place is, and whether in a string.
#[derive(Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Whether the place is in a string.
    pub(super) fn is_in_string(&self) -> bool {
        self.in_string
    }

    /// The place after the byte that closes the first object; `None` if that is not among `bytes`.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|&byte| self.step(byte)).map(|at| at + 1)
    }

    /// Whether `bytes` end inside an object or list, but in no string.
    pub(super) fn is_open_after(bytes: &[u8]) -> bool {
        let mut scan = Self::default();
        for &byte in bytes {
            scan.step(byte);
        }
        scan.depth > 0 && !scan.in_string
    }

    /// Goes one byte on; whether that closes all that is open.
    pub(super) fn step(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                // No string goes over a line: one that is never closed costs its record only.
                b'"' | b'\n' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}
