//! The labelling server among connections that only take up room.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::label::{Server, answer, rows, with_articles};

/// More than are kept open.
const SILENT: usize = 300;

#[test]
fn connections_that_say_nothing_or_never_end_keep_no_page_from_being_answered() {
    let workspace = with_articles(3);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let connect = |begin: &str| {
        let mut stream = TcpStream::connect(server.host()).unwrap();
        stream.write_all(begin.as_bytes()).unwrap();
        stream
    };
    let head = format!(
        "POST /api/answer HTTP/1.1\r\nHost: {}\r\nX-Mizan-Token: {}\r\n\
         Content-Type: application/json\r\n",
        server.host(),
        server.token
    );
    let body = format!("{head}Content-Length: 1000\r\n\r\n{{");
    let mut open: Vec<TcpStream> = (0..SILENT).map(|_| connect("")).collect();
    for number in 0..SILENT {
        open.push(connect(if number % 2 == 0 { &head } else { &body }));
    }
    let article = server.next();
    assert_eq!(server.post("/api/answer", &answer(&article, ["favor", "against"])).0, 200);
    assert_eq!(rows(&workspace, "set/labels.csv").len(), 1);
    // The oldest made room.
    let mut oldest = &open[0];
    assert!(matches!(oldest.read(&mut [0]), Ok(0) | Err(_)));
}

#[test]
fn a_request_that_is_too_large_is_refused() {
    let workspace = with_articles(1);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let note = "x".repeat(300_000);
    let large = server.try_ask("POST /api/answer", &serde_json::json!({ "note": note }));
    assert!(large.is_none_or(|(status, _)| status == 413));
    let path = format!("GET /{}", "x".repeat(100_000));
    let large = server.try_ask(&path, &serde_json::Value::Null);
    assert!(large.is_none_or(|(status, _)| [414, 431].contains(&status)));
    assert!(server.next()["number"].is_number());
}
