//! Damaged inputs of every form: whatever the bytes, they are read or refused, without a panic and
//! without a record that has no end. The seeds are written here; a run with more of them is
//! `MIZAN_MUTATIONS=100000 cargo test --test integration mutations`.

use std::env;

use mizan::error::RecordError;
use mizan::{ArticleReader, Camps, IntakeOptions, RecordReader};

/// Damaged inputs for each seed; more by the environment.
const DEFAULT_RUNS: usize = 60;

/// Most articles that an input of this size can give.
const MAX_ARTICLES: usize = 10_000;

const TEXT: &str = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس";

fn runs() -> usize {
    env::var("MIZAN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(DEFAULT_RUNS)
}

/// Pieces that mean something to some reader.
const PIECES: [&str; 28] = [
    "<!-->",
    "<!--",
    "-->",
    "<b a=1>",
    "<p>",
    "</p>",
    "<template>",
    "<svg><style>",
    "<table>",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "PK\u{3}\u{4}",
    "From a@b\n",
    "WARC/1.0\r\n",
    "99999999999",
];

/// Changes some bytes, puts in or repeats a piece, or cuts the end off.
fn damage(random: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=bytes.len());
        match random.u8(..5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
            1 => bytes.truncate(at),
            2 => {
                let piece = PIECES[random.usize(..PIECES.len())].repeat(random.usize(1..200));
                bytes.splice(at..at, piece.into_bytes());
            }
            3 => {
                let end = random.usize(at..=bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let end = random.usize(at..=bytes.len());
                bytes.drain(at..end);
            }
        }
    }
}

/// Tries damaged forms of each seed; a panic names the seed and the number of the run.
fn each_damaged(name: &str, seed: &[u8], read: impl Fn(&[u8])) {
    let mut random = fastrand::Rng::with_seed(22);
    read(seed);
    for _ in 0..runs() {
        let mut bytes = seed.to_vec();
        damage(&mut random, &mut bytes);
        let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(&bytes)));
        assert!(tried.is_ok(), "{name}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn damaged_files_of_every_form_are_read_or_refused() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>خبر</title></head><body><article><p>{TEXT}</p>\
         <blockquote>{TEXT}</blockquote></article></body></html>"
    );
    let mail = format!("From: a@b\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n{page}");
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>x</title><item><title>خبر</title>\
         <description><![CDATA[<p>{TEXT}</p>]]></description></item></channel></rss>"
    );
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: {}\r\n\
         \r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}\r\n\r\n",
        page.len() + 44
    );
    for (name, seed) in [
        ("a.txt", format!("title: خبر\ndate: 2019-04-06\n\n{TEXT}")),
        ("a.html", page),
        ("a.jsonl", format!("{{\"id\": \"1\", \"text\": \"{TEXT}\", \"date\": 1554508800}}\n")),
        ("a.json", format!("{{\"articles\": [{{\"title\": \"خبر\", \"content\": \"{TEXT}\"}}]}}")),
        ("a.csv", format!("id,title,text\n1,\"خبر\",\"{TEXT}\"\n2,x,{TEXT}\n")),
        ("a.tsv", format!("id\ttext\n1\t{TEXT}\n")),
        ("a.eml", mail.clone()),
        ("a.mbox", format!("From a@b Thu Jan  1 00:00:00 2019\n{mail}\n")),
        ("a.rss", feed),
        ("a.warc", warc),
    ] {
        each_damaged(name, seed.as_bytes(), |bytes| {
            let options = IntakeOptions::default();
            let Ok(articles) = ArticleReader::new(name, bytes, &options) else { return };
            assert!(articles.take(MAX_ARTICLES + 1).count() <= MAX_ARTICLES, "{name}");
        });
    }
}

#[test]
fn damaged_records_and_camps_are_read_or_refused() {
    let record = format!(
        "{{\"id\":\"1\",\"outlet\":\"x\",\"lna\":{{\"stance\":\"favor\",\"favor\":0.9,\
         \"neutral\":0.1,\"against\":0.0,\"score\":0.9,\"words\":[{{\"word\":\"{TEXT}\",\
         \"weight\":1.0}}]}},\"gna\":{{\"stance\":\"neutral\",\"favor\":0.0,\"neutral\":1.0,\
         \"against\":0.0,\"score\":0.0,\"words\":[]}},\"lean\":0.45,\"unrelated\":0.0}}\n"
    );
    each_damaged("records", record.as_bytes(), |bytes| {
        let Ok(records) = RecordReader::new("s.jsonl", bytes) else { return };
        let _: Vec<Result<_, RecordError>> = records.take(MAX_ARTICLES).collect();
    });
    each_damaged("camps", include_bytes!("../../../labeled/sudan/camps.toml"), |bytes| {
        let _ = Camps::from_toml(&String::from_utf8_lossy(bytes));
    });
}
