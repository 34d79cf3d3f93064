//! Workbooks of other programs (tests/golden/workbooks.py), and what is only called one.

use std::fs;
use std::io::Write;

use super::tables::{AGAINST, FAVOR, answers, assert_both, scored};
use crate::common::{Workspace, json_lines, repository};

fn golden(name: &str) -> Vec<u8> {
    fs::read(repository("tests/golden/workbooks").join(name)).unwrap()
}

#[test]
fn each_row_of_the_sheet_with_texts_is_an_article() {
    for name in ["openpyxl.xlsx", "xlwt.xls", "odfpy.ods"] {
        // As they are, without an ending, and with a wrong one.
        for called in [name, "no-ending", "t.csv"] {
            assert_both(called, golden(name), &[]);
        }
    }
    let (records, stderr) = scored("a.xlsx", golden("openpyxl.xlsx"), &["--keep", "العنوان"]);
    assert!(stderr.contains("sheet \"الأخبار\" is read, and not \"ملاحظات\""), "{stderr}");
    assert_eq!(records[0]["date"], "2019-04-06");
    assert!(records[1]["date"].as_str().unwrap().starts_with("2019-04-07"), "{records:?}");
    assert_eq!(
        (&records[0]["kept"]["العنوان"], &records[0]["reading"]["format"]),
        (&"عنوان".into(), &"workbook".into())
    );
}

#[test]
fn the_sheet_may_be_named_and_a_missing_one_is_told_with_those_there_are() {
    assert_both("a.xlsx", golden("openpyxl.xlsx"), &["--sheet", "الأخبار"]);
    let (records, _) = scored("a.xlsx", golden("openpyxl.xlsx"), &["--sheet", "x"]);
    let error = &answers(&records)[0].1;
    assert_eq!(error, "there is no sheet \"x\"; there are: ملاحظات, الأخبار");
    let (records, _) = scored("a.xlsx", golden("openpyxl.xlsx"), &["--sheet", "ملاحظات"]);
    assert!(answers(&records)[0].1.contains("there are: notes"), "{records:?}");
}

#[test]
fn what_is_only_called_xls_is_read_as_what_it_is() {
    // ASP.NET and PHP: an HTML table with the media type of Excel.
    let rows = [("1", FAVOR), ("2", AGAINST)]
        .map(|(id, text)| format!("<tr><td>{id}<td><b>{text}</b><br>سطر</tr>"))
        .concat();
    let page = format!(
        "\u{FEFF}<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table border=1>\
         <tr><th>id</th><th>النص</th></tr>{rows}</table></body></html>"
    );
    assert_both("export.xls", page, &[]);
    // SAP and others: tabs.
    assert_both("export.xls", format!("id\ttext\r\n1\t{FAVOR}\r\n2\t{AGAINST}\r\n"), &[]);
}

#[test]
fn damaged_and_hostile_workbooks_are_one_error_and_take_no_other_file_down() {
    let workspace = Workspace::new();
    let sound = golden("openpyxl.xlsx");
    workspace.write("a/cut.xlsx", &sound[..sound.len() / 2]);
    workspace.write("a/empty.xlsx", "");
    let xls = golden("xlwt.xls");
    workspace.write("a/torn.xls", &xls[..xls.len() / 3]);
    workspace.write("a/bomb.xlsx", bomb());
    workspace.write("a/t.csv", format!("id,text\n1,{FAVOR}\n"));
    let (code, stdout, stderr) = workspace.run(&["score", "a"]);
    let records = json_lines(&stdout);
    let n_failed = records.iter().filter(|record| record.get("error").is_some()).count();
    assert_eq!((code, n_failed), (3, records.len() - 1), "{stderr}");
    assert!(stderr.contains("a/cut.xlsx: it breaks off: the ZIP archive"), "{stderr}");
    assert!(stderr.contains("the workbook holds more than 512 MB"), "{stderr}");
}

#[test]
fn what_a_workbook_repeats_is_counted_before_it_is_made() {
    let row = |cells: &str, n: u64| {
        format!("<table:table-row table:number-rows-repeated='{n}'>{cells}</table:table-row>")
    };
    let cell = |text: &str, n: u64| {
        format!(
            "<table:table-cell office:value-type='string' table:number-columns-repeated='{n}'>\
             <text:p>{text}</text:p></table:table-cell>"
        )
    };
    let header = row(&(cell("id", 1) + &cell("text", 1)), 1);
    // A text of spaces without end, and what programs write below the last row.
    let spaces = format!("<text:s text:c='99999999999'/>{FAVOR}");
    let below = row("<table:table-cell table:number-columns-repeated='16384'/>", 1_048_573);
    let sound = header.clone() + &row(&(cell("1", 1) + &cell(&spaces, 1)), 1) + &below;
    let (records, stderr) = scored("a.ods", ods(&sound), &[]);
    assert_eq!(records[0]["lna"]["stance"], "favor", "{records:?} {stderr}");
    assert_eq!(records.len(), 1);
    for (n_rows, n_columns) in [(99_999_999_999, 1), (1, 99_999_999_999), (1_000_000, 16_000)] {
        let rows = header.clone() + &row(&cell(FAVOR, n_columns), n_rows);
        let (records, stderr) = scored("a.ods", ods(&rows), &[]);
        assert!(answers(&records)[0].1.contains("more than 1 MB"), "{records:?} {stderr}");
    }
}

#[test]
fn an_old_workbook_with_a_circle_of_sectors_or_cells_far_apart_is_refused() {
    let sound = golden("xlwt.xls");
    // The table of sectors stands where the header says; each sector follows itself.
    let table = 512 * (1 + u32::from_le_bytes(sound[76..80].try_into().unwrap()) as usize);
    let mut circle = sound.clone();
    for (number, entry) in circle[table..table + 512].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&u32::try_from(number).unwrap().to_le_bytes());
    }
    // The first cell with a text of the table of texts (LABELSST) goes to the last corner.
    let mut corner = sound.clone();
    let cell = sound.windows(4).position(|at| at == [0xFD, 0, 10, 0]).unwrap();
    corner[cell + 4..cell + 8].fill(0xFF);
    for hostile in [circle, corner] {
        let (records, stderr) = scored("a.xls", hostile, &[]);
        assert!(answers(&records)[0].1.contains("save it as .xlsx or CSV"), "{records:?} {stderr}");
    }
}

/// A workbook of `OpenDocument` with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let xml = format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body>\
         <office:spreadsheet><table:table table:name='s'>{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mut packer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &xml)]
    {
        packer.start_file(name, options).unwrap();
        packer.write_all(text.as_bytes()).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

/// A workbook whose sheet unpacks to 600 MB.
fn bomb() -> Vec<u8> {
    let mut packer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    packer.start_file("xl/workbook.xml", options).unwrap();
    packer.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let blank = vec![b' '; 1 << 20];
    for _ in 0..600 {
        packer.write_all(&blank).unwrap();
    }
    packer.finish().unwrap().into_inner()
}
