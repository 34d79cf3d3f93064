//! Output that is packed as it is written.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How an output is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Packing {
    /// gzip.
    Gzip,
    /// zstd: one frame for every megabyte, as tools that work in parallel write it.
    Zstd,
}

/// Bytes of a frame of zstd, before it is packed.
const FRAME: usize = 1 << 20;

/// A writer that packs. What is written is whole only after [`Packer::finish`]; flushing does
/// nothing, since it would make the output larger.
#[derive(Debug)]
pub struct Packer<W: Write>(Inner<W>);

#[derive(Debug)]
enum Inner<W: Write> {
    Gzip(Box<GzEncoder<W>>),
    Zstd { out: W, frame: Vec<u8> },
}

impl<W: Write> Packer<W> {
    /// A writer that packs for `out`.
    pub fn new(out: W, packing: Packing) -> Self {
        Self(match packing {
            Packing::Gzip => Inner::Gzip(Box::new(GzEncoder::new(out, Compression::default()))),
            Packing::Zstd => Inner::Zstd { out, frame: Vec::new() },
        })
    }

    /// Writes the end, and gives back what was written to.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Inner::Gzip(packer) => packer.finish(),
            Inner::Zstd { mut out, frame } => {
                out.write_all(&packed(&frame))?;
                Ok(out)
            }
        }
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Inner::Gzip(packer) => packer.write(bytes),
            Inner::Zstd { out, frame } => {
                let room = bytes.len().min(FRAME - frame.len());
                frame.extend_from_slice(&bytes[..room]);
                if frame.len() == FRAME {
                    out.write_all(&packed(frame))?;
                    frame.clear();
                }
                Ok(room)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::intake::bytes::decompressed;

    #[test]
    fn what_is_packed_is_unpacked() {
        let line = |number: usize| format!("{{\"id\":\"{number}\"}}\n");
        let lines: String = (0..200_000).map(line).collect();
        for (packing, magic) in [(Packing::Gzip, &b"\x1F\x8B"[..]), (Packing::Zstd, b"\x28\xB5")] {
            for text in ["", "نص", &lines] {
                let mut packer = Packer::new(Vec::new(), packing);
                packer.write_all(text.as_bytes()).unwrap();
                let bytes = packer.finish().unwrap();
                assert!(bytes.starts_with(magic) && bytes.len() < text.len() / 3 + 40);
                let mut read = String::new();
                decompressed(&bytes[..]).unwrap().read_to_string(&mut read).unwrap();
                assert!(read == text, "{packing:?}");
            }
        }
    }
}
