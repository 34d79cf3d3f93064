//! Byte streams: decompression and conversion to UTF-8.

mod cut_off;

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{IntakeError, encoding};
pub(super) use cut_off::CutOff;
use cut_off::is_of_the_end;

/// Number of bytes from which the encoding of a table or dump is detected.
const SAMPLE: usize = 64 << 10;

/// How a member of gzip begins (RFC 1952).
const GZIP: &[u8] = b"\x1f\x8b";

/// A stream of the bytes of a file.
pub type Bytes<'a> = Box<dyn BufRead + Send + 'a>;

/// The bytes of `reader`, decompressed if they start like gzip or zstd.
///
/// # Errors
/// Those of the reader.
pub fn decompressed<'a>(reader: impl Read + Send + 'a) -> io::Result<Bytes<'a>> {
    let mut reader: Bytes<'a> = Box::new(BufReader::new(reader));
    let start = reader.fill_buf()?;
    Ok(if start.starts_with(GZIP) {
        Box::new(BufReader::with_capacity(SAMPLE, GzipDecoder(Some(GzDecoder::new(reader)))))
    } else if is_zstd(start) {
        Box::new(BufReader::with_capacity(
            SAMPLE,
            ZstdDecoder { source: reader, frame: FrameDecoder::new(), ended: true, failure: None },
        ))
    } else {
        reader
    })
}

/// A decoder of the members of a gzip file, one after the other. Zeros behind a member fill up a
/// block of a tape or disk, and end nothing, as for `gzip` itself.
struct GzipDecoder<'a>(Option<GzDecoder<Bytes<'a>>>);

impl Read for GzipDecoder<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let n_bytes = member.read(room).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => CutOff::error("gzip"),
                _ => error,
            })?;
            if n_bytes > 0 || room.is_empty() {
                return Ok(n_bytes);
            }
            let Some(member) = self.0.take() else { break };
            let mut source = member.into_inner();
            if !skip_zeros(&mut source)? {
                self.0 = Some(GzDecoder::new(source));
            }
        }
        Ok(0)
    }
}

/// Skips zeros; gives whether nothing is behind them.
fn skip_zeros(source: &mut Bytes<'_>) -> io::Result<bool> {
    loop {
        let there = source.fill_buf()?;
        let n_zeros = there.iter().take_while(|byte| **byte == 0).count();
        let (is_over, is_other) = (there.is_empty(), n_zeros < there.len());
        source.consume(n_zeros);
        if is_over || is_other {
            return Ok(is_over);
        }
    }
}

/// Whether bytes start as packed ones that [`decompressed`] unpacks.
pub fn is_packed(start: &[u8]) -> bool {
    start.starts_with(GZIP) || is_zstd(start)
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
    /// The end of the stream in the middle of a frame, told after the blocks before it.
    failure: Option<io::Error>,
}

/// An empty block that ends a frame, and room for a checksum, which is not looked at.
const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

impl ZstdDecoder<'_> {
    fn begin(&mut self) -> io::Result<()> {
        match self.frame.reset(&mut self.source) {
            Ok(()) => self.ended = false,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let mut skipped = (&mut self.source).take(length.into());
                if io::copy(&mut skipped, &mut io::sink())? < length.into() {
                    return Err(CutOff::error("zstd"));
                }
            }
            Err(FrameDecoderError::WindowSizeTooBig { requested, max }) => {
                let error = IntakeError::ZstdWindow { requested, max };
                return Err(io::Error::new(io::ErrorKind::InvalidData, error));
            }
            Err(error) if is_of_the_end(&error) => return Err(CutOff::error("zstd")),
            Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        }
        Ok(())
    }

    /// Decodes the next block. Where the stream ends, the frame is closed, so that the decoder
    /// gives what it has kept back for blocks that refer to it.
    fn decode(&mut self) -> io::Result<()> {
        let one = || BlockDecodingStrategy::UptoBlocks(1);
        let Err(error) = self.frame.decode_blocks(&mut self.source, one()) else { return Ok(()) };
        let is_cut_off = self.source.fill_buf().is_ok_and(<[u8]>::is_empty);
        let failure = if is_cut_off {
            CutOff::error("zstd")
        } else {
            io::Error::new(io::ErrorKind::InvalidData, error)
        };
        if is_cut_off && self.frame.decode_blocks(&mut &LAST_BLOCK[..], one()).is_ok() {
            self.failure = Some(failure);
            return Ok(());
        }
        Err(failure)
    }
}

impl Read for ZstdDecoder<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.ended {
                if let Some(failure) = self.failure.take() {
                    return Err(failure);
                }
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
                continue;
            }
            if self.frame.can_collect() == 0 && !self.frame.is_finished() {
                self.decode()?;
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

/// A stream of lines, and how its bytes are to be read.
pub(super) struct Transcoded<'a> {
    pub(super) bytes: Bytes<'a>,
    /// The encoding of the file.
    pub(super) encoding: &'static Encoding,
    /// The same, where each record may have an encoding of its own; `None` where all are UTF-8 now.
    pub(super) of_records: Option<&'static Encoding>,
}

/// A stream without a byte-order mark, in UTF-8 or in a detected 8-bit encoding of Arabic, whose
/// records are decoded one by one. Invalid bytes are left in: they are counted record by
/// record.
pub(super) fn transcoded<'a>(
    mut reader: Bytes<'a>,
    given: Option<&'static Encoding>,
) -> io::Result<Transcoded<'a>> {
    let (mut sample, mut failure) = (Vec::new(), None);
    while sample.len() < SAMPLE && !is_certainly_utf8(&sample) {
        match reader.fill_buf() {
            Ok([]) => break,
            Ok(bytes) => {
                let taken = bytes.len();
                sample.extend_from_slice(bytes);
                reader.consume(taken);
            }
            Err(error) if sample.is_empty() => return Err(error),
            // What was read before is given before.
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    let encoding = given.unwrap_or_else(|| encoding::detect(&sample, None));
    if encoding == UTF_8 && sample.starts_with(b"\xEF\xBB\xBF") {
        sample.drain(..3);
    }
    let whole = io::Cursor::new(sample).chain(Failure(failure)).chain(reader);
    if encoding == UTF_8 || (given.is_none() && encoding::has_arabic(encoding)) {
        let bytes = Box::new(BufReader::with_capacity(SAMPLE, whole));
        return Ok(Transcoded { bytes, encoding, of_records: given.is_none().then_some(encoding) });
    }
    let decoder = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(whole);
    let bytes = Box::new(BufReader::with_capacity(SAMPLE, decoder));
    Ok(Transcoded { bytes, encoding, of_records: None })
}

/// A reader that gives nothing but an error, once.
struct Failure(Option<io::Error>);

impl Read for Failure {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
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
    fn blocks_before_the_end_of_a_torn_file_are_given_before_the_error() {
        let line = |number: usize| format!("{number}\n");
        let text: String = (0..60_000).map(line).collect();
        let bytes = compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let mut read = Vec::new();
        let error = decompressed(&bytes[..bytes.len() - 40]).unwrap().read_to_end(&mut read);
        assert!(error.unwrap_err().to_string().contains("cut off"));
        assert!(read.len() > 100_000 && text.as_bytes().starts_with(&read), "{}", read.len());
    }

    #[test]
    fn zeros_behind_a_gzip_member_are_nothing_and_other_bytes_an_error() {
        use std::io::Write;
        let member = |text: &str| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let (one, two) = (member("أول "), member("ثان"));
        let zeros = vec![0; 100_000];
        for bytes in [[&one[..], &two].concat(), [&one[..], &zeros, &two, &zeros].concat()] {
            assert_eq!(unpacked(&bytes).unwrap(), "أول ثان");
        }
        assert!(unpacked(&[&one[..], b"rest"].concat()).is_err());
        assert!(unpacked(&[&one[..], &two[..two.len() - 3]].concat()).is_err());
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
