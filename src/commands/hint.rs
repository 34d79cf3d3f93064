//! Errors of the library with the advice that the command line can give.

use crate::intake::IntakeError;

/// The options that cure an intake error, as the end of its message; empty if there are none.
pub fn hint(error: &IntakeError) -> &'static str {
    match error {
        IntakeError::BadBytes { .. } => {
            "; name the right --encoding, or leave out --strict to have them replaced"
        }
        IntakeError::TooLong => " (--input-format csv, tsv or jsonl)",
        IntakeError::NoTextField { present } if present.is_empty() => "",
        IntakeError::NoTextField { .. } => "; name the right one with --text-field",
        IntakeError::NoTextSheet { .. } => {
            "; name the sheet with --sheet, the column with --text-field"
        }
        IntakeError::NoText { .. } => "; name the right one with --text-field, or a path (a.b)",
        IntakeError::ZstdWindow { .. } => {
            ": unpack it outside, `zstd -dc --long=31 FILE | mizan score -`"
        }
        IntakeError::ParquetStream => {
            ": name the file (and say --input-format parquet if its name does not)"
        }
        IntakeError::Unsupported { feature: "parquet", .. } => {
            "; a build that supports it: cargo build --release --features parquet, or installed: \
             cargo install --path . --features parquet"
        }
        IntakeError::Unsupported { feature: "html", .. } => {
            "; a build that supports it: cargo build --release --features html"
        }
        _ => "",
    }
}

/// The message of an intake error, with its hint.
pub fn message(error: &IntakeError) -> String {
    format!("{error}{}", hint(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Format;

    #[test]
    fn the_hint_completes_the_message() {
        let unsupported = IntakeError::Unsupported { format: Format::Parquet, feature: "parquet" };
        for (error, full) in [
            (
                IntakeError::BadBytes { line: 2, encoding: "UTF-8" },
                "line 2: bytes that are not UTF-8; name the right --encoding, or leave out \
                 --strict to have them replaced",
            ),
            (
                unsupported,
                "parquet is not supported: this build lacks the feature `parquet`; a build that \
                 supports it: cargo build --release --features parquet, or installed: cargo \
                 install --path . --features parquet",
            ),
            (IntakeError::Empty, "it is empty: there is nothing to weigh"),
        ] {
            assert_eq!(message(&error), full);
        }
    }
}
