//! Byte streams: decompression and conversion to UTF-8.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::encoding;

/// Number of bytes from which the encoding of a table or dump is detected.
const SAMPLE: usize = 64 << 10;

/// A stream of the bytes of a file.
pub type Bytes<'a> = Box<dyn BufRead + Send + 'a>;

/// The bytes of `reader`, decompressed if they start like gzip or zstd.
///
/// # Errors
/// Those of the reader.
pub fn decompressed<'a>(reader: impl Read + Send + 'a) -> io::Result<Bytes<'a>> {
    let mut reader: Bytes<'a> = Box::new(BufReader::new(reader));
    let start = reader.fill_buf()?;
    Ok(if start.starts_with(b"\x1f\x8b") {
        Box::new(BufReader::with_capacity(SAMPLE, MultiGzDecoder::new(reader)))
    } else if is_zstd(start) {
        Box::new(BufReader::with_capacity(
            SAMPLE,
            ZstdDecoder { source: reader, frame: FrameDecoder::new(), ended: true },
        ))
    } else {
        reader
    })
}

/// Whether bytes start with a zstd frame, of data or skippable (RFC 8878, section 3.1).
fn is_zstd(start: &[u8]) -> bool {
    matches!(start, [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

/// A decoder of a stream of zstd frames; files written in parts or by several threads have many.
struct ZstdDecoder<'a> {
    source: Bytes<'a>,
    frame: FrameDecoder,
    /// Whether no frame is being read.
    ended: bool,
}

impl Read for ZstdDecoder<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.ended {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                match self.frame.reset(&mut self.source) {
                    Ok(()) => self.ended = false,
                    Err(FrameDecoderError::ReadFrameHeaderError(
                        ReadFrameHeaderError::SkipFrame { length, .. },
                    )) => {
                        io::copy(&mut (&mut self.source).take(length.into()), &mut io::sink())?;
                    }
                    Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
                }
                continue;
            }
            if self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.frame
                    .decode_blocks(&mut self.source, one)
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            }
            let n_bytes = self.frame.read(room)?;
            self.ended = self.frame.is_finished() && self.frame.can_collect() == 0;
            if n_bytes > 0 || room.is_empty() {
                return Ok(n_bytes);
            }
        }
    }
}

/// Whether these lines are certainly UTF-8. A program that writes line by line and waits for
/// results must not have to fill the sample first.
fn is_certainly_utf8(lines: &[u8]) -> bool {
    lines.ends_with(b"\n") && !lines.is_ascii() && str::from_utf8(lines).is_ok()
}

/// The encoding of a stream, and the stream as UTF-8 without a byte-order mark. Invalid bytes in a
/// UTF-8 stream are left in: they are counted record by record.
pub(super) fn transcoded<'a>(
    mut reader: Bytes<'a>,
    encoding: Option<&'static Encoding>,
) -> io::Result<(&'static Encoding, Bytes<'a>)> {
    let mut sample = Vec::new();
    while sample.len() < SAMPLE && !is_certainly_utf8(&sample) {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let taken = bytes.len();
        sample.extend_from_slice(bytes);
        reader.consume(taken);
    }
    let encoding = encoding.unwrap_or_else(|| encoding::detect(&sample, None));
    if encoding == UTF_8 && sample.starts_with(b"\xEF\xBB\xBF") {
        sample.drain(..3);
    }
    let whole = io::Cursor::new(sample).chain(reader);
    if encoding == UTF_8 {
        return Ok((encoding, Box::new(BufReader::with_capacity(SAMPLE, whole))));
    }
    let decoder = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(whole);
    Ok((encoding, Box::new(BufReader::with_capacity(SAMPLE, decoder))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn unpacked(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        decompressed(bytes)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn frames_of_zstd_are_unpacked_one_after_the_other() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let long = "نص طويل يعود كثيرا ".repeat(20_000);
        let skipped = [&[0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let bytes = [skipped.clone(), frame(&long), skipped, frame(""), frame("آخره")].concat();
        assert!(bytes.len() < long.len() / 2);
        assert_eq!(unpacked(&bytes).unwrap(), format!("{long}آخره"));
        // What `printf 'abc' | zstd` of version 1.5.4 writes.
        let by_zstd = [
            0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0x19, 0x00, 0x00, 0x61, 0x62, 0x63, 0x99, 0x09,
            0x77, 0xAD,
        ];
        assert_eq!(unpacked(&by_zstd).unwrap(), "abc");
    }

    #[test]
    fn a_damaged_frame_is_an_error() {
        let bytes = compress_to_vec(
            "نص طويل يعود كثيرا ".repeat(20_000).as_bytes(),
            CompressionLevel::Fastest,
        );
        assert!(unpacked(&bytes[..bytes.len() / 2]).is_err());
        assert!(unpacked(&[&bytes[..], b"rest"].concat()).is_err());
    }
}
