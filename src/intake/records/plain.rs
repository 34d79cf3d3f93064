//! Whether a text whose first line has no known column is a table all the same.

use csv::StringRecord;

use crate::text::script::is_invisible;

/// What may separate its cells.
const DELIMITERS: [u8; 4] = [b';', b'\t', b'|', b','];

/// Fewest cells of a row, and most rows that are looked at.
const MIN_CELLS: usize = 3;
const MAX_ROWS: usize = 50;

/// Most words and letters of the name of a column.
const MAX_NAME_WORDS: usize = 5;
const MAX_NAME: usize = 40;

/// Fewest words of a cell that holds a text, and most words of one that holds something else.
const MIN_TEXT: usize = 5;
const MAX_OTHER: usize = 3;

/// Bytes from which on a text may go on behind those that are looked at.
const MIN_CUT: usize = 4 << 10;

/// Whether a text plainly is a table: each row has as many cells as the first, which has short
/// names; and either each other row has cells in quotation marks, or there is a column of texts and
/// one of something else. A poem in columns, a list, and sentences with commas are none.
pub(in crate::intake) fn is_plainly_table(text: &str) -> bool {
    DELIMITERS.into_iter().any(|delimiter| is_table_by(text, delimiter))
}

fn is_table_by(text: &str, delimiter: u8) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    if first.bytes().filter(|byte| *byte == delimiter).count() + 1 < MIN_CELLS {
        return false;
    }
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows = csv.records().take(MAX_ROWS).map_while(Result::ok);
    let mut rows: Vec<StringRecord> = rows.collect();
    if rows.len() < MAX_ROWS && text.len() >= MIN_CUT && !text.ends_with('\n') {
        rows.pop();
    }
    let [header, rows @ ..] = &rows[..] else { return false };
    let is_even = header.len() >= MIN_CELLS && rows.iter().all(|row| row.len() == header.len());
    let ends_sentence =
        header.iter().next_back().is_some_and(|last| last.trim_end().ends_with('.'));
    if rows.is_empty() || !is_even || ends_sentence || !header.iter().all(is_name) {
        return false;
    }
    // A comma of a sentence has a space behind it.
    let is_sentence = |row: &StringRecord| row.iter().skip(1).all(|cell| cell.starts_with(' '));
    rows.iter().all(|row| is_quoted(text, row, delimiter))
        || rows.len() > 1 && has_texts(header, rows) && !rows.iter().all(is_sentence)
}

/// Whether a cell may be the name of a column.
fn is_name(cell: &str) -> bool {
    let name = cell.trim().trim_matches(is_invisible);
    name.chars().any(char::is_alphabetic)
        && name.chars().count() <= MAX_NAME
        && name.split_whitespace().count() <= MAX_NAME_WORDS
        && !name.ends_with(['!', '؟', '?', '،', ':', '؛', '…'])
}

/// Whether a cell of a row is in quotation marks as it is written.
fn is_quoted(text: &str, row: &StringRecord, delimiter: u8) -> bool {
    let start = row.position().map_or(0, csv::Position::byte);
    let rest = usize::try_from(start).ok().and_then(|start| text.get(start..)).unwrap_or_default();
    let rest = rest.trim_start_matches(['\r', '\n']);
    let opens = format!("{}\"", char::from(delimiter));
    // The cells of a row are no longer than as they are written.
    let raw = rest.get(..rest.floor_char_boundary(row.as_slice().len() + 2 * row.len()));
    raw.is_some_and(|raw| raw.starts_with('"') || raw.contains(&opens))
}

/// Whether a column holds texts under a short name, and another holds none.
fn has_texts(header: &StringRecord, rows: &[StringRecord]) -> bool {
    let words = |cell: Option<&str>| cell.unwrap_or_default().split_whitespace().count();
    let is_text = |at: usize| {
        words(header.get(at)) <= MAX_OTHER && rows.iter().all(|row| words(row.get(at)) >= MIN_TEXT)
    };
    let is_other = |at: usize| rows.iter().all(|row| words(row.get(at)) <= MAX_OTHER);
    (0..header.len()).any(is_text) && (0..header.len()).any(is_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_unknown_columns_are_tables() {
        let text = "قواتنا المسلحة تطهر عين زارة من المليشيات";
        for table in [
            format!("Hit No.;Media Outlet;Full Hit Text\n1;A;\"{text}\"\n2;B;\"{text}; {text}\"\n"),
            format!("رقم,وسيلة,كلام\r\n1,أ,\"{text}\"\r\n2,ب,\"{text}\n\n{text}\"\r\n"),
            format!("No\tWhere\tWords\n1\tA\t{text}\n2\tB\t{text}\n"),
            format!("No|Where|Words\n1|A|{text}\n2|B|{text}"),
            format!("\"a\",\"b\",\"c\"\n\"1\",\"A\",\"{text}\"\n"),
            format!("\na,b,c\n1,A,{text}\n2,B,{text}\n"),
        ] {
            assert!(is_plainly_table(&table), "{table}");
        }
    }

    #[test]
    fn poems_lists_and_sentences_are_none() {
        let half = "يا ليل الصب متى غده";
        for text in [
            format!("{half}\t\t{half}\n{half}\t\t{half}\n{half}\t\t{half}\n"),
            format!("{half}\t***\t{half}\n{half}\t***\t{half}\n{half}\t***\t{half}\n"),
            "محمد, علي, سالم\nأحمد, فرج, عمر\nخالد, نوري, سعد\n".to_owned(),
            "طرابلس;بنغازي;سبها\nسرت;مصراتة;غات\n".to_owned(),
            "قال, ثم مضى, وعاد\nوقف الجندي أمام الباب طويلا, ثم مضى, وعاد\n\
             وقف القائد أمام الباب طويلا, ثم مضى, وعاد\n"
                .to_owned(),
            format!("{half}.\n{half}, {half}, {half}.\n"),
            format!("{half}\n"),
            "a;b;c\n".to_owned(),
            String::new(),
        ] {
            assert!(!is_plainly_table(&text), "{text}");
        }
    }
}
