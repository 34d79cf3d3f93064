//! What `score --output` writes: what the ending says, whole, or nothing.

use std::fs;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::tables::{AGAINST, FAVOR};
use crate::common::Workspace;

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let long = "ب ".repeat(20_000);
    let rows = [
        format!("1,\"=cmd()\",2019-04-06,{FAVOR},{long}\n"),
        format!("2,ب,06/04/2019,{AGAINST},\n"),
        "3,,,x,\n".to_owned(),
    ];
    workspace.write("in.csv", format!("id,outlet,date,text,long\n{}", rows.concat()));
    workspace
}

fn unpacked(bytes: &[u8], ending: &str) -> Vec<u8> {
    let mut out = Vec::new();
    if ending == "gz" {
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out).unwrap();
        return out;
    }
    let mut rest = bytes;
    while !rest.is_empty() {
        let mut frame = ruzstd::decoding::StreamingDecoder::new(&mut rest).unwrap();
        frame.read_to_end(&mut out).unwrap();
    }
    out
}

#[test]
fn the_ending_says_the_form_and_how_it_is_packed() {
    let workspace = workspace();
    let written = |name: &str| {
        let (code, _, stderr) = workspace.run(&["score", "in.csv", "-o", name]);
        assert_eq!(code, 1, "{name}: {stderr}");
        fs::read(workspace.path(name)).unwrap()
    };
    for form in ["jsonl", "csv", "tsv"] {
        let plain = written(&format!("s.{form}"));
        assert!(plain.starts_with(match form {
            "jsonl" => b"{\"id\":\"1\"",
            "csv" => b"id,lean,un",
            _ => b"id\tlean\tun",
        }));
        for packing in ["gz", "zst"] {
            let packed = written(&format!("s.{form}.{packing}"));
            assert!(packed.len() < plain.len());
            assert!(unpacked(&packed, packing) == plain, "{form}.{packing}");
        }
    }
    let columns = |text: &[u8], separator| {
        let mut csv = csv::ReaderBuilder::new().delimiter(separator).from_reader(text);
        csv.headers().unwrap().iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let [csv, tsv] = ["s.csv", "s.tsv"].map(|name| fs::read(workspace.path(name)).unwrap());
    assert_eq!(columns(&csv, b','), columns(&tsv, b'\t'));
    // Every line of TSV is a row: no cell has a tab or a line end.
    assert_eq!(String::from_utf8(tsv).unwrap().lines().count(), 4);
}

#[test]
fn an_unknown_ending_is_refused_with_those_that_are_known() {
    let workspace = workspace();
    for name in ["s.json", "s.docx", "s.txt.gz", "s.xls"] {
        let (code, _, stderr) = workspace.run(&["score", "in.csv", "-o", name]);
        assert!(code == 2 && stderr.contains(".xlsx or .parquet"), "{name}: {stderr}");
        assert!(!workspace.path(name).exists(), "{name}");
    }
    for arguments in [
        &["-o", "s.xlsx.gz"][..],
        &["-o", "s.xlsx", "--resume"],
        &["-o", "s.csv.gz", "--resume"],
        &["-o", "s.xlsx", "--format", "jsonl"],
        &["-o", "s.jsonl", "--excel"],
    ] {
        let (code, _, stderr) = workspace.run(&[&["score", "in.csv"], arguments].concat());
        assert!(code == 2 && !stderr.is_empty(), "{arguments:?}");
    }
    let (code, _, stderr) = workspace.run(&["explain", "in.csv", "-o", "s.pdf"]);
    assert!(code == 2 && stderr.contains(".html, .json or .txt"), "{stderr}");
    // Where the form is named, the ending does not matter.
    assert_eq!(workspace.run(&["score", "in.csv", "-f", "jsonl", "-o", "s.json"]).0, 1);
}

#[test]
fn a_workbook_has_types_and_no_formulas_and_reads_from_right_to_left() {
    let workspace = workspace();
    let arguments = ["score", "in.csv", "-o", "s.xlsx", "--keep", "long"];
    let (code, _, stderr) = workspace.run(&arguments);
    assert!(code == 1 && stderr.contains("1 texts were cut at the 32,767"), "{stderr}");
    let bytes = fs::read(workspace.path("s.xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let sheet = book.worksheet_range("mizan").unwrap();
    let header: Vec<String> =
        sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let (_, csv, _) = workspace.run(&["score", "in.csv", "-f", "csv", "--keep", "long"]);
    assert_eq!(header.join(","), csv.lines().next().unwrap());
    let cell = |row: usize, name: &str| {
        let column = header.iter().position(|column| column == name).unwrap();
        sheet.get((row, column)).unwrap().clone()
    };
    assert_eq!(cell(1, "outlet"), Data::String("=cmd()".to_owned()));
    assert!(matches!(cell(1, "lean"), Data::Float(lean) if lean > 0.0));
    assert!(matches!(cell(1, "date"), Data::DateTime(_)), "{:?}", cell(1, "date"));
    assert!(matches!(cell(2, "date"), Data::String(_)), "{:?}", cell(2, "date"));
    assert_eq!(cell(3, "lean"), Data::Empty);
    assert!(cell(3, "error").to_string().contains("not in Arabic"));
    assert!(book.worksheet_formula("mizan").unwrap().is_empty());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    let sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    sheet.take(1 << 20).read_to_string(&mut xml).unwrap();
    assert!(
        xml.contains("rightToLeft=\"1\"") && xml.contains("state=\"frozen\""),
        "{}",
        &xml[..900]
    );
    // What is there is not written over.
    let (code, _, stderr) = workspace.run(&arguments);
    assert!(code == 2 && stderr.contains("bytes already"), "{stderr}");
}

#[test]
fn csv_for_excel_has_a_mark_the_separator_of_choice_and_no_formula() {
    let workspace = workspace();
    let (_, table, _) = workspace.run(&["score", "in.csv", "--excel", "--separator", "semicolon"]);
    assert!(table.starts_with("\u{FEFF}id;lean;unrelated;"), "{}", &table[..60]);
    assert!(table.contains(";'=cmd();"));
    let (_, table, _) = workspace.run(&["score", "in.csv", "--excel"]);
    assert!(table.starts_with("\u{FEFF}id,lean,unrelated,"));
    // A run that was stopped is completed with the same separator.
    let arguments = ["score", "in.csv", "-o", "s.csv", "--separator", ";", "--resume"];
    workspace.run(&arguments);
    let whole = fs::read_to_string(workspace.path("s.csv")).unwrap();
    let torn = whole.len() - 30;
    workspace.write("s.csv", &whole.as_bytes()[..torn]);
    let (code, _, stderr) = workspace.run(&arguments);
    assert_eq!(code, 1, "{stderr}");
    assert_eq!(fs::read_to_string(workspace.path("s.csv")).unwrap(), whole);
}
