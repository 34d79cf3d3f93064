//! One article in every format, and files that are none.

use super::*;
use encoding_rs::WINDOWS_1256;
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write;

const TITLE: &str = "جلسة في سرت";
const TEXT: &str = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة، \
    بحضور أكثر من مئة نائب وصلوا على متن رحلات خاصة من عدة مدن في الشرق والغرب \
    والجنوب.\n\nوقال عضو في اللجنة المنظمة إن الجلسة ستستمر يومين، وإن التصويت سيجري بعد \
    الاستماع إلى رئيس الحكومة المكلف وأسئلة النواب في القاعة الكبرى من المدينة.";

fn read(name: &str, bytes: &[u8]) -> Vec<Result<IntakeArticle, UnreadableArticle>> {
    ArticleReader::new(name, bytes, &IntakeOptions::default()).unwrap().collect()
}

#[test]
fn one_article_comes_out_the_same_of_every_format_and_encoding() {
    let plain = format!("id: a\ntitle: {TITLE}\n\n{TEXT}\n");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let paragraphs = format!("<p>{}</p>", TEXT.replace("\n\n", "</p><p>"));
    let html = format!(
        "<html><head><title>{TITLE}</title></head>\
         <body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>"
    );
    let json = serde_json::json!({"id": "a", "title": TITLE, "text": TEXT}).to_string();
    let csv = format!("id,title,text\r\na,{TITLE},\"{TEXT}\"\r\n");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(json.as_bytes()).unwrap();
    for (name, bytes) in [
        ("a.txt", plain.clone().into_bytes()),
        ("a.txt", [b"\xEF\xBB\xBF", plain.replace('\n', "\r\n").as_bytes()].concat()),
        ("a.txt", utf16(&plain)),
        ("a.txt", WINDOWS_1256.encode(&plain).0.into_owned()),
        ("a.html", html.clone().into_bytes()),
        ("a.html", WINDOWS_1256.encode(&html).0.into_owned()),
        ("a.jsonl", json.clone().into_bytes()),
        ("a.jsonl", utf16(&json)),
        ("a.csv", csv.clone().into_bytes()),
        ("a.csv", [b"\xEF\xBB\xBF", csv.as_bytes()].concat()),
        ("a.csv", WINDOWS_1256.encode(&csv).0.into_owned()),
        ("a.csv", utf16(&csv)),
        (
            "a.tsv",
            csv.replace(",\"", "\t\"")
                .replace("id,title,text", "id\ttitle\ttext")
                .replace(&format!("a,{TITLE}"), &format!("a\t{TITLE}"))
                .into_bytes(),
        ),
        ("a.jsonl.gz", gzip.finish().unwrap()),
        ("a.csv.zst", compress_to_vec(csv.as_bytes(), CompressionLevel::Fastest)),
    ] {
        let saved = read(name, &bytes);
        let [Ok(saved)] = &saved[..] else { panic!("{name}: {saved:?}") };
        assert_eq!(
            (saved.article.title.as_deref(), saved.article.text.as_str()),
            (Some(TITLE), TEXT),
            "{name} {}",
            saved.notes.encoding
        );
        assert_eq!((saved.notes.replaced, saved.notes.removals.len()), (0, 0));
    }
}

#[test]
fn a_bad_byte_in_a_record_is_counted_or_refused_in_its_place() {
    let lines = [
        &b"{\"text\": \"\xD9\x86\xD8\xB5 \xFF\xD9\x86\xD8\xB5\"}\n"[..],
        "{\"text\": \"نص\"}\n".as_bytes(),
    ]
    .concat();
    let found = read("a.jsonl", &lines);
    assert_eq!(found[0].as_ref().unwrap().notes.replaced, 1);
    let strict = IntakeOptions { strict: true, ..IntakeOptions::default() };
    let found: Vec<_> = ArticleReader::new("a.jsonl", &lines[..], &strict).unwrap().collect();
    assert_eq!(found[0].as_ref().unwrap_err().place, "a.jsonl:1");
    assert!(found[1].is_ok());
}

#[test]
fn a_damaged_archive_gives_what_it_holds_and_an_error() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    for number in 0..20_000 {
        writeln!(gzip, "{{\"id\": {number}, \"text\": \"نص رقم {number} {}\"}}", number * 7919)
            .unwrap();
    }
    let bytes = gzip.finish().unwrap();
    let found = read("a.jsonl.gz", &bytes[..bytes.len() / 2]);
    assert!(found.len() > 1_000 && found[..found.len() - 1].iter().all(Result::is_ok));
    assert!(found.last().unwrap().is_err());
}

#[test]
fn articles_finished_on_other_threads_are_those_read_one_by_one() {
    let lines = "no json\n{\"body\": \"نص\", \"n\": 1}\n\n{\"text\": \"غيره\"}\n[2]\n\
                 {\"body\": \"ثالث\", \"body\": \"آخر\"}\n";
    let options = IntakeOptions {
        fields: Fields { kept: vec!["n".to_owned()], ..Fields::default() },
        ..IntakeOptions::default()
    };
    for (name, bytes) in [
        ("a.jsonl", lines),
        ("a.csv", "id,text,n\n1,نص,2\n2,,3\n"),
        ("a.txt", TEXT),
        ("a.txt", " "),
    ] {
        let intake = || ArticleReader::new(name, bytes.as_bytes(), &options).unwrap();
        let mut raw: ArticleReader = intake();
        let mut threads: Vec<_> = std::iter::from_fn(|| raw.next_raw())
            .map(|raw| std::thread::spawn(|| raw.finish()))
            .collect();
        let finished: Vec<_> = threads.drain(..).map(|thread| thread.join().unwrap()).collect();
        assert_eq!(finished, intake().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn nothing_is_an_error() {
    for name in ["a.txt", "a"] {
        assert_eq!(read(name, b" \n\t")[0].as_ref().unwrap_err().error, IntakeError::Empty);
    }
    assert!(read("a.jsonl", b"\n").is_empty());
    assert!(ArticleReader::new("a.csv", &b""[..], &IntakeOptions::default()).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        format in 0_usize..Format::ALL.len(),
    ) {
        let options = IntakeOptions::new().with_format(Format::ALL[format]);
        if let Ok(intake) = ArticleReader::new("x", &bytes[..], &options) {
            intake.take(400).for_each(drop);
        }
    }
}
