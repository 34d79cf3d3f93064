//! `mizan label`: what a page hears of without asking.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::label::{Server, answer, with_articles};

/// A page that listens.
struct Page(BufReader<TcpStream>);

impl Page {
    /// Begins to listen; the head of the answer.
    fn new(server: &Server, token: &str) -> (Self, String) {
        let mut stream = TcpStream::connect(server.host()).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let host = server.host();
        let request =
            format!("GET /api/events HTTP/1.1\r\nHost: {host}\r\nX-Mizan-Token: {token}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut page = Self(BufReader::new(stream));
        let head: Vec<String> =
            std::iter::from_fn(|| page.line()).take_while(|line| !line.is_empty()).collect();
        (page, head.join("\n").to_ascii_lowercase())
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let n = self.0.read_line(&mut line).unwrap_or(0);
        (n > 0).then(|| line.trim_end().to_owned())
    }

    /// The data of the next event of this name for which `is_it` holds.
    fn until(&mut self, name: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.line().expect("the stream goes on");
            if line.strip_prefix("event: ") != Some(name) {
                continue;
            }
            let data = self.line().unwrap();
            let data = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
            if is_it(&data) {
                return data;
            }
        }
    }
}

#[test]
fn a_page_hears_of_other_pages_of_other_programs_and_of_the_training() {
    let workspace = with_articles(4);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "منى"]);
    let (mut page, head) = Page::new(&server, &server.token);
    for says in ["200 ok", "text/event-stream", "content-security-policy: default-src 'none'"] {
        assert!(head.contains(says), "{head}");
    }
    assert_eq!(page.until("progress", |_| true)["labelled"], 0);
    assert_eq!(page.until("training", |_| true), json!({ "state": "none" }));
    // Another page of the same server.
    server.post("/api/answer", &answer(&server.next(), ["favor", "neutral"]));
    page.until("progress", |now| now["labelled"] == 1);
    // Another annotator, in another program.
    let other = Server::new(&workspace, &["set", "--annotator", "سالم"]);
    let article = other.next();
    other.post("/api/answer", &answer(&article, ["neutral", "neutral"]));
    page.until("progress", |now| now["labelled"] == 2 && now["own"] == 1);
    // A hand that edits: what is wrong, and that it is mended.
    let labels = fs::read_to_string(workspace.path("set/labels.csv")).unwrap();
    workspace.write("set/labels.csv", format!("{labels}a3,x,maybe,favor,,\n"));
    let told = page.until("progress", |now| now["problems"] != json!([]));
    assert!(told["problems"][0].as_str().unwrap().contains("unknown label \"maybe\""), "{told}");
    workspace.write("set/labels.csv", labels);
    page.until("progress", |now| now["problems"] == json!([]));
    let camps = fs::read(workspace.path("set/events.toml")).unwrap();
    fs::remove_file(workspace.path("set/events.toml")).unwrap();
    workspace.write("set/pool/new.txt", "id: new\n\nنص جديد من ليبيا.\n");
    let told = page.until("trouble", Value::is_string);
    assert!(told.as_str().unwrap().contains("events.toml"), "{told}");
    workspace.write("set/events.toml", camps);
    page.until("trouble", Value::is_null);
    // The training.
    server.post("/api/training", &json!({ "request": "start" }));
    page.until("training", |now| now["state"] == "running");
    server.post("/api/training", &json!({ "request": "cancel" }));
    page.until("training", |now| now["state"] == "none");
}

#[test]
fn who_listens_needs_the_token_is_one_of_few_and_is_let_go_with_the_program() {
    let workspace = with_articles(1);
    let mut server = Server::new(&workspace, &["set", "articles.jsonl"]);
    let (_, head) = Page::new(&server, "guessed");
    assert!(head.contains("403"), "{head}");
    let token = server.token.clone();
    let mut pages = Vec::new();
    let refused = loop {
        let (page, head) = Page::new(&server, &token);
        if !head.contains("200 ok") {
            break head;
        }
        pages.push(page);
        assert!(pages.len() < 100, "the number of pages is bounded");
    };
    assert!(refused.contains("503"), "{refused}");
    // The page goes on without; and one that goes makes room.
    assert_eq!(server.get("/api/progress")["progress"]["articles"], 1);
    pages.pop();
    let comes_in = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        Page::new(&server, &token).1.contains("200 ok")
    });
    assert!(comes_in, "a page that goes makes room");
    server.kill();
    for mut page in pages {
        let mut rest = String::new();
        // The end, or that the connection was reset: the page does not wait for more.
        let _ = page.0.read_to_string(&mut rest);
        assert!(rest.is_empty() || rest.contains("event: "), "{rest}");
    }
}
