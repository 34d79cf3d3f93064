//! Damaged and unusual files in which an article was once lost in silence.

use std::fs;
use std::io::{Cursor, Write};
use std::process::Command;

use encoding_rs::{ISO_8859_6, WINDOWS_1256};

use crate::common::{Workspace, json_lines};

const TEXTS: [&str; 3] = [
    "طهرت القوات المسلحة الباسلة مدينة بنغازي الليبية من الإرهابيين يوم الأحد بعد معارك، وأكد المشير حفتر ذلك.",
    "حررت القوات المسلحة الباسلة مدينة درنة الليبية من الإرهابيين يوم السبت بعد معارك، وأكد المشير حفتر ذلك.",
    "دخلت القوات المسلحة الباسلة مدينة سرت الليبية يوم الخميس بعد معارك، وأكد المشير خليفة حفتر ذلك.",
];

/// What is scored of a file: exit code, number of records, their errors.
fn scored(name: &str, bytes: &[u8]) -> (i32, usize, Vec<String>) {
    let workspace = Workspace::new();
    workspace.write(name, bytes);
    let (code, stdout, _) = workspace.run(&["score", name]);
    let records = json_lines(&stdout);
    let errors = records.iter().filter_map(|record| record["error"].as_str().map(str::to_owned));
    (code, records.len(), errors.collect())
}

#[track_caller]
fn assert_whole(name: &str, bytes: impl AsRef<[u8]>, n_scored: usize) {
    assert_eq!(scored(name, bytes.as_ref()), (0, n_scored, Vec::new()), "{name}");
}

/// One record fails with an error that says this; the others are scored.
#[track_caller]
fn assert_one_fails(name: &str, bytes: impl AsRef<[u8]>, n_records: usize, says: &str) {
    let (code, n, errors) = scored(name, bytes.as_ref());
    assert_eq!((code, n, errors.len()), (1, n_records, 1), "{name}: {errors:?}");
    assert!(errors[0].contains(says), "{name}: {errors:?}");
}

#[test]
fn a_record_of_a_crawl_whose_length_is_too_large_hides_no_other() {
    let record = |text: &str, more: usize| {
        let page = format!("<html><body><article><p>{text}</p></article></body></html>");
        let length = page.len() + more;
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Length: {length}\r\n\r\n{page}\r\n\r\n"
        )
    };
    for more in 0..40 {
        let [first, second, third] = TEXTS;
        assert_whole("crawl.warc", record(first, more) + &record(second, 0) + &record(third, 0), 3);
    }
}

fn item(text: &str, end: &str) -> String {
    format!("<item><title>خبر</title><description>{text}</description>{end}")
}

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel>{items}</channel></rss>")
}

#[test]
fn an_element_without_an_end_in_a_feed_hides_no_item() {
    let [first, second, third] = TEXTS;
    let others = item(second, "</item>") + &item(third, "</item>");
    for damaged in [
        item(first, ""),
        item(&format!("خبر<br>{first}"), "</item>"),
        item(&format!("<p><b>{first}</p>"), "</item>"),
        format!(
            "<item><description>{first}<pubDate>Mon, 01 Jan 2018 00:00:00 GMT</pubDate></item>"
        ),
        format!("<item><title>خبر<description>{first}</description></item>"),
    ] {
        assert_whole("feed.xml", feed(&(damaged + &others)), 3);
    }
    let stray = item(first, "</item>").replace("خبر", "1 < 2");
    assert_one_fails("feed.xml", feed(&(stray + &others)), 3, "write it as &lt;");
}

#[test]
fn a_feed_is_read_in_the_8_bit_encodings_of_arabic() {
    let feed = feed(&TEXTS.map(|text| item(text, "</item>")).concat());
    for encoding in [WINDOWS_1256, ISO_8859_6] {
        let declared = format!("<?xml version=\"1.0\" encoding=\"{}\"?>{feed}", encoding.name());
        // No sign in the texts is missing in them.
        let (bytes, _, is_lossy) = encoding.encode(&declared);
        assert!(!is_lossy);
        assert_whole("feed.xml", bytes, 3);
    }
}

#[test]
fn what_a_text_file_holds_counts_more_than_its_name() {
    let lines = TEXTS.map(|text| format!("{{\"text\": \"{text}\"}}\n")).concat();
    assert_whole("dump.txt", lines, 3);
    assert_whole("mail.txt", TEXTS.map(|text| message(text) + "\n").concat(), 3);
}

fn message(text: &str) -> String {
    format!(
        "From a@b.ly Mon Jan  1 00:00:00 2020\nSubject: خبر\nContent-Type: text/plain; \
         charset=utf-8\n\n{text}\n"
    )
}

#[test]
fn messages_are_parted_without_empty_lines_and_behind_a_byte_order_mark() {
    assert_whole("tight.mbox", TEXTS.map(message).concat(), 3);
    let parted = TEXTS.map(|text| message(text) + "\n").concat();
    assert_whole("marked.mbox", format!("\u{FEFF}{parted}"), 3);
}

#[test]
fn a_saved_message_begins_with_the_part_that_it_names() {
    let page = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start=\"<page>\"\n\n\
         --b\nContent-Type: text/html; charset=utf-8\nContent-ID: <advertisement>\n\n\
         <p>إعلان عن سيارات جميلة في المدينة\n\
         --b\nContent-Type: text/html; charset=utf-8\nContent-ID: <page>\n\n<p>{}\n--b--\n",
        TEXTS[0]
    );
    let workspace = Workspace::new();
    workspace.write("page.mhtml", &page);
    let (code, stdout, stderr) = workspace.run(&["inspect", "--text", "page.mhtml"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("بنغازي") && !stdout.contains("سيارات"), "{stdout}");
}

#[test]
fn rows_in_both_8_bit_encodings_of_arabic_are_read() {
    let (first, _, _) = ISO_8859_6.encode(TEXTS[0]);
    let (second, _, _) = WINDOWS_1256.encode(TEXTS[1]);
    let table = [&b"id,text\na,\""[..], &first, b"\"\nb,\"", &second, b"\"\n"].concat();
    let workspace = Workspace::new();
    workspace.write("mixed.csv", &table);
    let (code, stdout, stderr) = workspace.run(&["inspect", "--text", "mixed.csv"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("بنغازي") && stdout.contains("درنة"), "{stdout}");
}

#[test]
fn an_element_that_hides_the_rest_of_a_page_is_an_error() {
    let [first, second, third] = TEXTS;
    for name in ["style", "script", "textarea", "title"] {
        let page = format!(
            "<html><body><p>{first}</p><{name}>\n<p>{second}</p><p>{third}</p></body></html>"
        );
        assert_one_fails("page.html", page, 1, "never closed");
    }
    // A script that is cut, or closed, hides no text.
    for end in ["", "\"</script>", "\"</SCRIPT>"] {
        let page = format!("<html><body><p>{first}</p><script>var a = \"{second} {third}{end}");
        assert_whole("page.html", page, 1);
    }
}

#[test]
fn pages_one_after_the_other_are_all_read() {
    let page = |text: &str| {
        format!(
            "<!DOCTYPE html>\n<html><body><article><p>{text} {text}</p></article></body></html>\n"
        )
    };
    assert_whole("pages.html", TEXTS.map(page).concat(), 3);
    // What a server adds is no page.
    let added = "<html><body><p>إعلان</p></body></html>";
    assert_whole("page.html", page(TEXTS[0]) + added, 1);
    assert_whole("page.html", page(TEXTS[0]) + "<!doctype html>" + added, 1);
}

#[test]
fn a_table_by_columns_is_not_one_article() {
    let [first, second, third] = TEXTS;
    let columns =
        format!("{{\"id\": [1, 2, 3], \"text\": [\"{first}\", \"{second}\", \"{third}\"]}}");
    assert_one_fails("table.json", columns, 1, "a column of 3 articles");
    // A text in paragraphs is one.
    let paragraphs = format!("{{\"id\": 1, \"text\": [\"{first}\", \"{second}\"]}}");
    assert_whole("article.json", paragraphs, 1);
}

#[test]
fn members_of_archives_that_are_called_something_else_are_read() {
    let mut archive = Vec::new();
    for (text, kind) in TEXTS.iter().zip([b'Z', b'0', b'7']) {
        let mut header = tar::Header::new_ustar();
        header.set_path("a.txt").unwrap();
        header.set_size(text.len() as u64);
        header.set_entry_type(tar::EntryType::new(kind));
        header.set_cksum();
        archive.extend(header.as_bytes());
        archive.extend(text.as_bytes());
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.extend([0; 1024]);
    assert_whole("texts.tar", &archive, 3);

    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("folder/", options).unwrap();
    archive.write_all(TEXTS[0].as_bytes()).unwrap();
    archive.start_file("text.txt", options).unwrap();
    archive.write_all(TEXTS[1].as_bytes()).unwrap();
    assert_whole("texts.zip", archive.finish().unwrap().into_inner(), 2);
}

#[test]
fn a_sparse_file_in_an_archive_is_named() {
    let workspace = Workspace::new();
    workspace.write("a.txt", TEXTS[0]);
    let hole = fs::OpenOptions::new().write(true).open(workspace.path("a.txt")).unwrap();
    hole.set_len(1 << 20).unwrap();
    workspace.write("b.txt", TEXTS[1]);
    let packed = Command::new("tar")
        .args(["-S", "--format=posix", "-cf", "sparse.tar", "a.txt", "b.txt"])
        .current_dir(workspace.path(""))
        .status();
    // A machine may have another tar or none.
    if !packed.is_ok_and(|status| status.success()) {
        return;
    }
    let (code, stdout, stderr) = workspace.run(&["score", "sparse.tar"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 2), "{stderr}");
    assert!(stderr.contains("a.txt") && stderr.contains("a sparse file"), "{stderr}");
}
