//! The kind of a file is told by what it holds.

use std::fs;

use crate::common::{Workspace, json_lines, repository};

const LNA: &str = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر \
    على أحيائها الجنوبية منذ أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من فلول الإرهابيين.";

#[track_caller]
fn assert_favors(workspace: &Workspace, name: &str, format: &str) {
    let (code, stdout, stderr) = workspace.run(&["score", name]);
    let lines = json_lines(&stdout);
    assert_eq!((code, lines.len()), (0, 1), "{name}: {stderr}");
    assert_eq!(lines[0]["lna"]["stance"], "favor", "{name}: {stdout}");
    assert_eq!(lines[0]["reading"]["format"], format, "{name}");
}

#[test]
fn word_files_of_two_programs_are_read_without_headers_and_notes() {
    let workspace = Workspace::new();
    for (name, format) in
        [("python-docx.docx", "docx"), ("odfpy.odt", "odt"), ("chromium.mhtml", "html")]
    {
        let bytes = fs::read(repository("tests/golden/many_in_one").join(name)).unwrap();
        workspace.write(name, &bytes);
        assert_favors(&workspace, name, format);
        // What it holds tells, and not its name.
        workspace.write("attachment", &bytes);
        assert_favors(&workspace, "attachment", format);
        let (_, stdout, _) = workspace.run(&["inspect", "--text", name]);
        assert!(!stdout.contains("حفتر"), "a note or header is in {stdout}");
    }
}

#[test]
fn pages_and_parts_of_pages_are_pages_whatever_their_names() {
    let workspace = Workspace::new();
    let page = format!("<html><body><p>{LNA}</p></body></html>");
    for (name, content) in [
        ("a", format!("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\" \"y\">{page}")),
        ("b", format!("<!-- saved from url=(0022)http://a.example/1 -->\r\n{page}")),
        ("c", format!("\u{FEFF}\n  <!doctype html>{page}")),
        ("d.txt", format!("<!DOCTYPE html>{page}")),
        ("e", format!("<p>{LNA}</p>")),
        ("f.txt", format!("<div class=\"entry\"><p>{LNA}</p></div>")),
        ("g.php", page.clone()),
    ] {
        workspace.write(name, content);
        assert_favors(&workspace, name, "html");
    }
    workspace.write("json.html", format!("{{\"id\": \"1\", \"text\": \"{LNA}\"}}\n"));
    assert_favors(&workspace, "json.html", "jsonl");
    let output = workspace.mizan(&["score"]).write_stdin(format!("<article>{page}")).output();
    assert!(String::from_utf8(output.unwrap().stdout).unwrap().contains("\"format\":\"html\""));
}

#[test]
fn what_is_not_read_is_refused_by_name_with_its_cure() {
    let workspace = Workspace::new();
    let ole = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(20_000, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    for (name, bytes, kind, cure) in [
        ("a.pdf", b"%PDF-1.7\n1 0 obj".to_vec(), "PDF", "pdftotext -enc UTF-8 FILE"),
        ("a.txt", b"%PDF-1.7\n1 0 obj".to_vec(), "PDF", "pdftotext -enc UTF-8 FILE"),
        ("a.rtf", b"{\\rtf1\\ansi\\ansicpg1256".to_vec(), "RTF", "--convert-to docx"),
        ("a.doc", ole("WordDocument"), "old Word file", "--convert-to docx"),
        ("a.msg", ole("__properties_version1.0"), "Outlook", ".eml"),
        ("a.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0".to_vec(), "image", "text"),
        ("a.mp4", b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2".to_vec(), "film", "transcribe"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF".to_vec(), "program", "text"),
        ("a.7z", b"7z\xBC\xAF\x27\x1C\0\x04\x01\x02".to_vec(), "archive", "7z x"),
        ("a.bin", vec![1, 2, 3, 4, 5, 200, 201], "binary data", "text"),
    ] {
        workspace.write(name, bytes);
        let (code, stdout, stderr) = workspace.run(&["score", name]);
        let lines = json_lines(&stdout);
        let error = lines[0]["error"].as_str().unwrap_or_else(|| panic!("{name}: {stdout}"));
        assert!(error.contains(kind) && error.contains(cure), "{name}: {error}");
        assert!(code == 1 && stderr.contains(kind), "{name}: {stderr}");
    }
}

#[test]
fn a_page_gives_the_fields_to_keep_and_those_that_it_cannot_have_are_told() {
    let workspace = Workspace::new();
    let head = "<title>خبر من المدينة</title><link rel=canonical href='https://a.example/n1'>\
        <meta name=author content='سالم محمد'><meta name=date content=2019-04-11>";
    workspace.write("a.html", format!("<html><head>{head}</head><body><p>{LNA}</p></body></html>"));
    let arguments = ["score", "--keep", "title,canonical,author,date,likes", "a.html"];
    let (code, stdout, stderr) = workspace.run(&arguments);
    let kept = &json_lines(&stdout)[0]["kept"];
    let values = ["title", "canonical", "author", "date", "likes"].map(|name| kept[name].as_str());
    let expected = ["خبر من المدينة", "https://a.example/n1", "سالم محمد", "2019-04-11"];
    assert_eq!((code, &values[..4]), (0, &expected.map(Some)[..]), "{stdout}");
    assert!(values[4].is_none() && stderr.contains("nothing from \"likes\""), "{stderr}");
}

#[test]
fn a_headline_does_not_begin_with_what_parted_an_agency_from_it() {
    let workspace = Workspace::new();
    let page = format!("<title>رويترز: خبر من المدينة</title><body><p>{LNA}</p></body>");
    workspace.write("a.html", page);
    let (_, stdout, _) = workspace.run(&["inspect", "a.html"]);
    assert!(stdout.contains("title     خبر من المدينة\n"), "{stdout}");
}

#[test]
fn a_text_with_header_lines_has_a_title_an_outlet_and_a_date() {
    let workspace = Workspace::new();
    workspace
        .write("a.txt", format!("العنوان: خبر\nالمصدر: صحيفة\nالتاريخ: 9 أبريل 2019\n\n{LNA}"));
    workspace.write("b.txt", LNA);
    let (_, stdout, _) = workspace.run(&["score", "a.txt", "b.txt"]);
    let lines = json_lines(&stdout);
    let of = |name: &str| lines[0][name].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (of("outlet"), of("date")),
        ("صحيفة".to_owned(), "2019-04-09".to_owned()),
        "{stdout}"
    );
    let (_, stdout, _) = workspace.run(&["inspect", "--text", "a.txt"]);
    assert!(!stdout.contains("المصدر"), "{stdout}");
}
