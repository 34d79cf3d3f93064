//! Several messages in one file: mbox (RFC 4155).

use std::io::{BufRead, Read};

use mail_parser::MessageParser;

use super::mail::{message, too_long};
use super::{Collection, MAX_PART, Place};
use crate::intake::bytes::Bytes;
use crate::intake::kind::is_separator;
use crate::intake::raw_article::RawArticle;
use crate::intake::{Format, IntakeError, PassedOver};

/// Whether bytes begin with a line `Name: value`.
fn is_header(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    end.is_some_and(|end| end > 0 && bytes[end] == b':')
}

/// Reads the messages of an mbox, one after the other. The reader of `mail-parser` has no limit on
/// the length of a message.
pub(super) struct MboxReader<'a> {
    reader: Bytes<'a>,
    place: Place,
    n_messages: usize,
    is_over: bool,
    passed_over: PassedOver,
}

impl<'a> MboxReader<'a> {
    pub(super) fn new(reader: Bytes<'a>, place: Place) -> Self {
        let passed_over = PassedOver::default();
        Self { reader, place, n_messages: 0, is_over: false, passed_over }
    }

    /// The lines of the next message. The line that begins it was read before, or is passed over.
    fn read(&mut self) -> Result<Option<Vec<u8>>, IntakeError> {
        let (mut lines, mut is_after_empty) = (Vec::new(), true);
        loop {
            let start = lines.len();
            let left = MAX_PART.saturating_sub(start as u64) + 1;
            if (&mut self.reader).take(left).read_until(b'\n', &mut lines)? == 0 {
                return Ok((!lines.is_empty()).then_some(lines));
            }
            if lines.len() as u64 > MAX_PART {
                return Err(too_long());
            }
            let line = &lines[start..];
            if line.starts_with(b"From ")
                && (is_separator(line) || is_after_empty && is_header(self.reader.fill_buf()?))
            {
                lines.truncate(start);
                if start > 0 {
                    return Ok(Some(lines));
                }
                continue;
            }
            is_after_empty = line.iter().all(u8::is_ascii_whitespace);
            // A line of the text that begins so has a mark before it.
            if line.starts_with(b">From ") {
                lines.remove(start);
            }
        }
    }
}

impl Iterator for MboxReader<'_> {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        if self.is_over {
            return None;
        }
        self.n_messages += 1;
        let number = self.place.part(self.n_messages);
        match self.read() {
            Ok(None) => None,
            Ok(Some(bytes)) => {
                let id = MessageParser::new()
                    .parse_headers(&bytes)
                    .and_then(|message| message.message_id().map(str::to_owned));
                Some(message(&bytes, id.unwrap_or(number), &self.place))
            }
            Err(error) => {
                self.is_over = true;
                Some(self.place.failed(number, Format::Mail, error.of_the_rest()))
            }
        }
    }
}

impl Collection for MboxReader<'_> {
    fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }
}
