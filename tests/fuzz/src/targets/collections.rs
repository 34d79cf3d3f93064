//! Files that hold several: archives, crawls, messages, feeds, documents.

use super::intake::read_all;
use super::packing::{gzipped, tarred, with_tar_checksums, zipped, zstd_frame};
use super::{choice, parts};

/// What members may be called.
const ENDINGS: [&str; 12] =
    ["txt", "html", "jsonl", "csv", "eml", "rss", "zip", "tar", "warc", "png", "docx", "xlsx"];

/// The members that an input stands for: their first bytes choose their names.
fn members(data: &[u8]) -> Vec<(String, &[u8])> {
    let members = parts(data).into_iter().enumerate().map(|(number, part)| {
        let (choice, bytes) = choice(part);
        (format!("{number}.{}", ENDINGS[choice % ENDINGS.len()]), bytes)
    });
    members.collect()
}

/// Compressed bytes, whole and cut off; and bytes that are packed here.
pub fn packed(data: &[u8]) {
    let (choice, bytes) = choice(data);
    let ending = ENDINGS[choice / 4 % ENDINGS.len()];
    match choice % 4 {
        0 => read_all(&format!("a.{ending}.gz"), &gzipped(bytes)),
        1 => read_all(&format!("a.{ending}.zst"), &zstd_frame(bytes)),
        2 => {
            let packed = gzipped(bytes);
            read_all(&format!("a.{ending}.gz"), &packed[..packed.len() - packed.len() / 4]);
        }
        _ => read_all("a.jsonl.gz", bytes),
    }
}

/// ZIP archives: any bytes, and any members.
pub fn zip(data: &[u8]) {
    if data.starts_with(b"PK") {
        read_all("a.zip", data);
    } else {
        read_all("a.zip", &zipped(members(data)));
    }
}

/// Tar archives: any bytes, and any members.
pub fn tar(data: &[u8]) {
    if data.len() >= 512 && data[257..].starts_with(b"ustar") {
        read_all("a.tar", &with_tar_checksums(data));
    } else {
        read_all("a.tar", &tarred(members(data)));
    }
}

/// What a crawler saved.
pub fn warc(data: &[u8]) {
    read_all("a.warc", data);
}

/// Messages, mailboxes, pages saved as a message.
pub fn mail(data: &[u8]) {
    let (choice, bytes) = choice(data);
    read_all(["a.eml", "a.mbox", "a.mhtml"][choice % 3], bytes);
}

/// Feeds.
pub fn feed(data: &[u8]) {
    let (choice, bytes) = choice(data);
    read_all(["a.rss", "a.atom"][choice % 2], bytes);
}

/// A part of a workbook that says where its sheet is.
const WORKBOOK: [(&str, &str); 3] = [
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" Type=\"http://schemas.\
         openxmlformats.org/officeDocument/2006/relationships/worksheet\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
];

/// Documents and workbooks: any bytes, and archives of any XML.
pub fn office(data: &[u8]) {
    let (choice, bytes) = choice(data);
    let parts = parts(bytes);
    let part = |number: usize| *parts.get(number).unwrap_or(&&b""[..]);
    let known = |name: &str| name.to_owned();
    match choice % 8 {
        0 => read_all("a.docx", &zipped([(known("word/document.xml"), part(0))])),
        1 | 2 => {
            let (kind, name): (&[u8], _) = if choice % 8 == 1 {
                (b"application/vnd.oasis.opendocument.text", "a.odt")
            } else {
                (b"application/vnd.oasis.opendocument.spreadsheet", "a.ods")
            };
            let members = [
                (known("mimetype"), kind),
                (known("content.xml"), part(0)),
                (known("meta.xml"), part(1)),
            ];
            read_all(name, &zipped(members));
        }
        3 => {
            let fixed = WORKBOOK.iter().map(|(name, xml)| (known(name), xml.as_bytes()));
            let own = [
                (known("xl/worksheets/sheet1.xml"), part(0)),
                (known("xl/sharedStrings.xml"), part(1)),
                (known("xl/styles.xml"), part(2)),
            ];
            let own = own.into_iter().filter(|(_, xml)| !xml.is_empty());
            read_all("a.xlsx", &zipped(fixed.chain(own)));
        }
        4 => read_all("a.xls", bytes),
        5 => read_all("a.xlsx", bytes),
        6 => read_all("a.docx", bytes),
        _ => read_all("a.odt", bytes),
    }
}
