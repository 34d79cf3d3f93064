//! `mizan label`: the page's server, asked as a page asks it and as nobody may.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::Workspace;

const PARTISAN: &str = "دخلت القوات المسلحة الباسلة مدينة ترهونة فجر اليوم بعد أن طهرتها من فلول الإرهابيين. \
    وقال سكان إن الوضع هادئ.";

/// The program with a page open.
pub struct Server {
    program: Child,
    pub port: String,
    pub token: String,
}

impl Server {
    pub fn new(workspace: &Workspace, arguments: &[&str]) -> Self {
        let mut program = Command::new(assert_cmd::cargo::cargo_bin("mizan"))
            .current_dir(workspace.path("."))
            .args(["label"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut url).unwrap();
        let (address, token) = url.trim().split_once("/#").unwrap();
        let port = address.strip_prefix("http://127.0.0.1:").unwrap().to_owned();
        Self { program, port, token: token.to_owned() }
    }

    /// Sends a request; status and body, or nothing if the program is gone.
    fn send(&self, request: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let mut text = format!("{request} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            text.extend([name, ": ", value, "\r\n"]);
        }
        let length = body.len().to_string();
        text.extend(["Content-Length: ", &length, "\r\n\r\n", body]);
        stream.write_all(text.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        // With the head, so that tests can look at it.
        Some((status, if status == 200 { body.to_owned() } else { format!("{head}\n{body}") }))
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn try_ask(&self, request: &str, body: &Value) -> Option<(u16, String)> {
        let host = self.host();
        let headers = [
            ("Host", host.as_str()),
            ("X-Mizan-Token", &self.token),
            ("Content-Type", "application/json"),
        ];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.send(request, &headers, &body)
    }

    pub fn get(&self, path: &str) -> Value {
        let (status, body) = self.try_ask(&format!("GET {path}"), &Value::Null).unwrap();
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) -> (u16, String) {
        self.try_ask(&format!("POST {path}"), body).unwrap()
    }

    pub fn next(&self) -> Value {
        self.get("/api/next?order=random")["article"].take()
    }

    pub fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A label for an article that was shown.
pub fn answer(article: &Value, stances: [&str; 2]) -> Value {
    json!({
        "article": article["number"], "hash": article["hash"], "seen": article["own"]["stances"],
        "stances": stances, "order": "random", "seconds": 1.5,
    })
}

pub fn with_articles(n: usize) -> Workspace {
    let workspace = Workspace::new();
    let lines: Vec<String> = (0..n)
        .map(|number| {
            let text = format!("{PARTISAN} خبر رقم {number} من ليبيا.");
            json!({ "id": format!("a{number}"), "text": text, "outlet": "مثال" }).to_string()
        })
        .collect();
    workspace.write("articles.jsonl", lines.join("\n"));
    workspace
}

/// The rows of a table of the set, without the day of a label.
pub fn rows(workspace: &Workspace, name: &str) -> Vec<String> {
    let text = fs::read_to_string(workspace.path(name)).unwrap();
    assert!(text.ends_with('\n'), "{name} is torn: {text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let day = |cell: &str| cell.len() == 10 && cell.starts_with("20");
    let cells =
        |row: csv::StringRecord| row.iter().filter(|cell| !day(cell)).collect::<Vec<_>>().join(",");
    reader.records().map(|row| cells(row.unwrap())).collect()
}

#[test]
fn the_files_are_what_was_pressed() {
    let workspace = Workspace::new();
    workspace.write("saved/one.txt", format!("id: one\ntitle: عنوان\n\n{PARTISAN}"));
    let server = Server::new(&workspace, &["set", "saved", "--annotator", "منى"]);
    let article = server.next();
    assert_eq!(article["own"], Value::Null);

    let mut first = answer(&article, ["favor", "neutral"]);
    first["note"] = json!("ملاحظة, \"مقتبس\"\nسطر");
    first["marks"] = json!([{ "camp": 0, "sentence": 1, "expressions": [[2, 4]] }]);
    let (status, body) = server.post("/api/answer", &first);
    assert_eq!(status, 200, "{body}");
    let said: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(said["opinion"]["camps"][0]["stance"], "favor");
    assert_eq!(rows(&workspace, "set/labels.csv"), ["one,منى,favor,neutral,ملاحظة, \"مقتبس\" سطر"]);
    assert_eq!(
        rows(&workspace, "set/rationales.csv"),
        [
            "one,منى,lna,favor,دخلت القوات المسلحة الباسلة مدينة ترهونة فجر اليوم بعد أن طهرتها من فلول الإرهابيين,القوات المسلحة الباسلة"
        ]
    );

    // Another label in its place, then that one is taken back, and the first one too.
    let shown = server.get("/api/article?number=0");
    assert_eq!(shown["own"]["marks"], first["marks"]);
    assert_eq!(server.post("/api/answer", &answer(&shown, ["unrelated", "unrelated"])).0, 200);
    assert_eq!(rows(&workspace, "set/labels.csv"), ["one,منى,unrelated,unrelated,"]);
    assert_eq!(rows(&workspace, "set/rationales.csv"), [""; 0]);
    let (status, body) = server.post("/api/undo", &json!({}));
    assert_eq!(status, 200, "{body}");
    assert_eq!(rows(&workspace, "set/labels.csv").len(), 1);
    assert_eq!(server.get("/api/article?number=0")["own"]["marks"], first["marks"]);
    assert_eq!(server.post("/api/undo", &json!({})).0, 200);
    assert_eq!(rows(&workspace, "set/labels.csv"), [""; 0]);
    assert_eq!(rows(&workspace, "set/rationales.csv"), [""; 0]);
    assert_eq!(server.post("/api/undo", &json!({})).0, 422);
    let journal = fs::read_to_string(workspace.path("set/journal.jsonl")).unwrap();
    let actions: Vec<Value> = journal
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["action"].take())
        .collect();
    assert_eq!(actions, ["label", "label", "undo", "undo"]);
}

#[test]
fn nobody_else_may_ask() {
    let workspace = with_articles(2);
    let server = Server::new(&workspace, &["set", "articles.jsonl"]);
    let (host, token) = (server.host(), server.token.clone());
    let own = [("Host", host.as_str()), ("X-Mizan-Token", token.as_str())];
    let with = |name, value| {
        let mut headers: Vec<(&str, &str)> = own.to_vec();
        headers.retain(|(other, _)| *other != name);
        headers.push((name, value));
        headers
    };
    let status =
        |request: &str, headers: &[(&str, &str)]| server.send(request, headers, "").unwrap().0;
    let progress = "GET /api/progress";
    assert_eq!(status(progress, &own), 200);
    let (same, other_scheme) = (format!("http://{host}"), format!("https://{host}"));
    assert_eq!(status(progress, &with("Origin", &same)), 200);
    for headers in [
        vec![("Host", host.as_str())],
        with("X-Mizan-Token", ""),
        with("X-Mizan-Token", &token[1..]),
        with("Host", "evil.example"),
        with("Host", "evil.example:80"),
        with("Host", "127.0.0.1"),
        with("Origin", "http://evil.example"),
        with("Origin", "null"),
        with("Origin", "http://127.0.0.1:1"),
        with("Origin", &other_scheme),
    ] {
        assert_eq!(status(progress, &headers), 403, "{headers:?}");
        assert_eq!(status("POST /api/undo", &headers), 403, "{headers:?}");
    }
    // What changes something takes POST, with JSON, and not too much of it.
    for path in ["answer", "settle", "skip", "undo"] {
        assert_eq!(status(&format!("GET /api/{path}"), &own), 405, "{path}");
    }
    let text = with("Content-Type", "text/plain");
    assert_eq!(server.send("POST /api/skip", &text, "{\"article\": 0}").unwrap().0, 415);
    let long = json!({ "article": 0, "order": "x".repeat(1 << 19) });
    assert!(server.try_ask("POST /api/skip", &long).is_none_or(|(status, _)| status == 413));
    assert_eq!(server.post("/api/skip", &json!({ "article": 99, "order": null })).0, 422);
    assert_eq!(status("OPTIONS /api/answer", &own), 405, "no other origin is let in");

    // The page holds no article and no token, and may load nothing from elsewhere.
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(!page.contains(&token) && !page.contains("ترهونة فجر"));
    for says in ["default-src 'none'", "require-trusted-types-for 'script'", "nosniff", "no-store"]
    {
        assert!(page.contains(says), "{says} is not in\n{page}");
    }
}

#[test]
fn a_hostile_article_is_text_and_its_id_no_path() {
    let workspace = Workspace::new();
    let text = format!("<script>alert(1)</script> {PARTISAN} <img src=x onerror=alert(2)>");
    let line =
        json!({ "id": "../../x/<b>.html", "title": "<i>عنوان</i> & \u{202E}خبر", "text": text });
    workspace.write("a.jsonl", line.to_string());
    let server = Server::new(&workspace, &["set", "a.jsonl", "--text-field", "text"]);
    let article = server.next();
    let files: Vec<_> = fs::read_dir(workspace.path("set/pool")).unwrap().collect();
    assert_eq!(files.len(), 1);
    assert!(!article["id"].as_str().unwrap().contains(['/', '<']), "{article}");
    assert!(!article.to_string().contains('\u{202E}'));
    let (status, body) = server.post("/api/answer", &answer(&article, ["neutral", "neutral"]));
    assert_eq!(status, 200, "{body}");
}

#[test]
fn what_was_confirmed_outlives_a_kill() {
    let workspace = with_articles(200);
    let mut confirmed = Vec::new();
    let mut arguments = vec!["set", "articles.jsonl", "--annotator", "منى"];
    for round in 0..6_u64 {
        let mut server = Server::new(&workspace, &arguments);
        arguments = vec!["set", "--annotator", "منى"];
        let begun = Instant::now();
        let is_last = round == 5;
        let (port, token) = (server.port.clone(), server.token.clone());
        let asking = thread::spawn(move || {
            let asked = Server { program: Command::new("true").spawn().unwrap(), port, token };
            let mut confirmed = Vec::new();
            for _ in 0..40 {
                let Some((200, next)) = asked.try_ask("GET /api/next?order=random", &Value::Null)
                else {
                    break;
                };
                let article = serde_json::from_str::<Value>(&next).unwrap()["article"].take();
                if article.is_null() {
                    break;
                }
                let stances = [["favor", "neutral"], ["neutral", "against"]][confirmed.len() % 2];
                let given = answer(&article, stances);
                let Some((200, _)) = asked.try_ask("POST /api/answer", &given) else { break };
                confirmed.push(format!(
                    "{},منى,{},{},",
                    article["id"].as_str().unwrap(),
                    stances[0],
                    stances[1]
                ));
            }
            confirmed
        });
        while !is_last && begun.elapsed() < Duration::from_millis(150 + 130 * round) {
            thread::sleep(Duration::from_millis(3));
        }
        if !is_last {
            server.kill();
        }
        confirmed.extend(asking.join().unwrap());
    }
    let stored = rows(&workspace, "set/labels.csv");
    assert!(confirmed.len() > 20, "{} answers", confirmed.len());
    for row in &confirmed {
        assert_eq!(stored.iter().filter(|other| *other == row).count(), 1, "{row} in {stored:?}");
    }
    // At most the one that each kill left unanswered is there besides.
    assert!(stored.len() <= confirmed.len() + 5, "{} of {}", confirmed.len(), stored.len());
}

#[test]
fn two_annotators_at_once_lose_nothing() {
    let workspace = with_articles(250);
    let first = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let second = Server::new(&workspace, &["set", "--annotator", "b"]);
    thread::scope(|scope| {
        for (server, stances) in [(&first, ["favor", "neutral"]), (&second, ["neutral", "favor"])] {
            scope.spawn(move || {
                for number in 0..250 {
                    let article = server.get(&format!("/api/article?number={number}"));
                    let (status, body) = server.post("/api/answer", &answer(&article, stances));
                    assert_eq!(status, 200, "{body}");
                }
            });
        }
    });
    let stored = rows(&workspace, "set/labels.csv");
    for (annotator, stances) in [("a", "favor,neutral"), ("b", "neutral,favor")] {
        for number in 0..250 {
            let row = format!("a{number},{annotator},{stances},");
            assert!(stored.contains(&row), "{row}");
        }
    }
    assert_eq!(stored.len(), 500);
    let progress = &first.get("/api/progress")["progress"];
    assert_eq!((&progress["labelled_twice"], &progress["disputed"]), (&json!(250), &json!(250)));
    assert_eq!(progress["agreement"][0]["measure"], "κ");
}

#[test]
fn a_second_reading_is_blind_and_a_difference_is_settled_with_a_reason() {
    let workspace = with_articles(3);
    let first = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let article = first.next();
    assert_eq!(first.post("/api/answer", &answer(&article, ["favor", "neutral"])).0, 200);

    let second = Server::new(&workspace, &["set", "--annotator", "b"]);
    let next = second.get("/api/next?order=second");
    assert_eq!((&next["n_left"], &next["article"]["id"]), (&json!(1), &article["id"]));
    assert_eq!(next["article"]["own"], Value::Null);
    assert!(!next.to_string().contains("favor"), "{next}");
    let given = answer(&next["article"], ["against", "neutral"]);
    assert_eq!(second.post("/api/answer", &given).0, 200);

    let differ = &second.get("/api/disagreements")["disagreements"];
    assert_eq!(differ[0]["labels"][0]["label"]["stances"], json!(["favor", "neutral"]));
    let mut settle = answer(&next["article"], ["favor", "neutral"]);
    let (status, body) = second.post("/api/settle", &settle);
    assert!(status == 422 && body.contains("reason"), "{body}");
    settle["note"] = json!("عبارة صريحة");
    assert_eq!(second.post("/api/settle", &settle).0, 200);
    let stored = rows(&workspace, "set/labels.csv");
    let id = article["id"].as_str().unwrap();
    assert_eq!(stored[2], format!("{id},adjudicator,favor,neutral,b: عبارة صريحة"));
    let progress = &second.get("/api/progress")["progress"];
    assert_eq!((&progress["disputed"], &progress["labelled_twice"]), (&json!(0), &json!(1)));
}

#[test]
fn what_others_change_meanwhile_is_noticed_and_kept() {
    let workspace = with_articles(3);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let article = server.next();
    let given = answer(&article, ["favor", "neutral"]);
    assert_eq!(server.post("/api/answer", &given).0, 200);
    // Another page that was open answers the same article.
    let (status, body) = server.post("/api/answer", &answer(&article, ["neutral", "neutral"]));
    assert!(status == 409 && body.contains("labelled elsewhere"), "{body}");

    // A hand adds a row, and leaves out the end of the line.
    let labels = fs::read_to_string(workspace.path("set/labels.csv")).unwrap();
    let other = server.next();
    let id = other["id"].as_str().unwrap();
    workspace.write("set/labels.csv", format!("{labels}{id}, hand ,neutral,neutral,,"));
    assert_eq!(server.get("/api/progress")["progress"]["labelled"], 2);
    assert_eq!(server.post("/api/answer", &answer(&other, ["favor", "neutral"])).0, 200);
    assert_eq!(rows(&workspace, "set/labels.csv").len(), 3);
    let labels = fs::read_to_string(workspace.path("set/labels.csv")).unwrap();
    assert!(labels.contains(&format!("\n{id}, hand ,neutral,neutral,,\n")), "{labels}");

    // A text is changed while it is read.
    let last = server.next();
    let file = format!("set/pool/{}.txt", last["id"].as_str().unwrap());
    workspace.replace(&file, "هادئ", "متوتر");
    let (status, body) = server.post("/api/answer", &answer(&last, ["favor", "neutral"]));
    assert!(status == 409 && body.contains("was changed"), "{body}");

    // A table that is broken is told, and left as it is.
    let broken = labels + "a,b,favor\n";
    workspace.write("set/labels.csv", &broken);
    let problems = server.get("/api/progress")["progress"]["problems"].to_string();
    assert!(problems.contains("labels.csv:5"), "{problems}");
    let now = server.get(&format!("/api/article?number={}", last["number"]));
    let (status, body) = server.post("/api/answer", &answer(&now, ["favor", "neutral"]));
    assert!(status == 423 && body.contains("mended"), "{body}");
    assert_eq!(fs::read_to_string(workspace.path("set/labels.csv")).unwrap(), broken);
}

#[test]
fn a_label_that_does_not_fit_together_is_refused() {
    let workspace = with_articles(1);
    let server = Server::new(&workspace, &["set", "articles.jsonl"]);
    let article = server.next();
    let mut wrong = answer(&article, ["favor", "unrelated"]);
    assert_eq!(server.post("/api/answer", &wrong).0, 422);
    wrong["stances"] = json!(["neutral", "neutral"]);
    wrong["marks"] = json!([{ "camp": 0, "sentence": 0, "expressions": [] }]);
    assert_eq!(server.post("/api/answer", &wrong).0, 422);
    wrong["stances"] = json!(["favor", "neutral"]);
    for marks in [
        json!([{ "camp": 2, "sentence": 0, "expressions": [] }]),
        json!([{ "camp": 0, "sentence": 99, "expressions": [] }]),
        json!([{ "camp": 0, "sentence": 0, "expressions": [[0, 99]] }]),
    ] {
        wrong["marks"] = marks;
        assert_eq!(server.post("/api/answer", &wrong).0, 422, "{wrong}");
    }
    assert_eq!(rows(&workspace, "set/labels.csv"), [""; 0]);
}

#[test]
fn the_order_is_the_same_again_and_articles_come_once() {
    let workspace = with_articles(6);
    let draw = |server: &Server| server.next()["id"].as_str().unwrap().to_owned();
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let (first, article) = (draw(&server), server.next());
    let skip = json!({ "article": article["number"], "order": "random" });
    assert_eq!(server.post("/api/skip", &skip).0, 200);
    let second = draw(&server);
    assert_ne!(first, second);
    drop(server);
    // The same articles once more are not taken in twice.
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    assert_eq!(draw(&server), second);
    assert_eq!(server.get("/api/next?order=random")["n_left"], 6);
    for order in ["uncertain", "unlike"] {
        let next = server.get(&format!("/api/next?order={order}&by_outlet=true"));
        assert!(!next.to_string().contains("مثال"), "the outlet is not told before: {next}");
        assert_eq!(next["n_left"], 6, "{order}");
    }
    let (code, _, stderr) = workspace.run(&["label", "articles.jsonl", "set"]);
    assert!(code == 2 && stderr.contains("no labelling set"), "{stderr}");
    let (code, _, stderr) = workspace.run(&["label", "other"]);
    assert!(code == 2 && stderr.contains("does not exist"), "{stderr}");
}

#[test]
fn articles_without_a_label_are_left_out_of_training_and_told() {
    let workspace = Workspace::with_labels();
    workspace.write("labeled/pool/p1.txt", format!("id: p1\n\n{PARTISAN}\n"));
    let train = ["train", "--quick", "--output", "m.safetensors"];
    let (code, stdout, stderr) = workspace.run(&train);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stderr.contains("1 of pool/ have no label yet and are left out"), "{stderr}");
    let labels = fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    workspace.write("labeled/labels.csv", labels + "p1,tester,favor,neutral,,\n");
    let (code, _, stderr) = workspace.run(&train);
    assert!(code == 0 && !stderr.contains("have no label"), "{stderr}");
}

#[test]
fn what_cannot_be_saved_is_told_as_not_saved() {
    let workspace = with_articles(2);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let given = answer(&server.next(), ["favor", "neutral"]);
    fs::remove_dir_all(workspace.path("set")).unwrap();
    let (status, said) = server.post("/api/answer", &given);
    assert_eq!(status, 500);
    assert!(said.contains("nothing was saved: the folder of the set is gone: set"), "{said}");
}

#[test]
fn labels_of_a_table_that_stay_behind_are_told() {
    let workspace = Workspace::new();
    workspace.write("mine.csv", format!("text,LNA,gna\n{PARTISAN},favor,\n"));
    let mut program = Command::new(assert_cmd::cargo::cargo_bin("mizan"))
        .current_dir(workspace.path("."))
        .args(["label", "set", "mine.csv", "--no-open"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(program.stderr.take().unwrap()).lines();
    let said: Vec<String> = lines.map_while(Result::ok).take(3).collect();
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(said[1].contains("1 of them have labels in fields of their own"), "{said:?}");
    assert!(said[1].ends_with("mizan labels --labeled set --import FILE"), "{said:?}");
}

#[test]
fn a_set_that_was_labelled_here_is_checked() {
    let workspace = with_articles(2);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    assert_eq!(server.post("/api/answer", &answer(&server.next(), ["favor", "neutral"])).0, 200);
    let (code, stdout, _) = workspace.run(&["labels", "--labeled", "set"]);
    assert_eq!(code, 0, "{stdout}");
    for says in ["1 articles have a label, 1 of pool/ have none yet", "lna: favor 1, neutral 0"] {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
}

#[test]
fn a_training_can_be_cancelled_and_one_that_cannot_be_is_told() {
    let workspace = with_articles(2);
    let server = Server::new(&workspace, &["set", "articles.jsonl", "--annotator", "a"]);
    let ask = |request: &str| -> Value {
        let (status, body) = server.post("/api/training", &json!({ "request": request }));
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    };
    assert_eq!(server.get("/api/training")["state"], "none");
    assert_eq!(ask("start")["state"], "running");
    assert_eq!(ask("start")["state"], "running", "one at a time");
    assert_eq!(ask("cancel")["state"], "none");
    assert_eq!(ask("keep")["state"], "none", "there is nothing to keep");
    assert!(!workspace.path("set/model.safetensors").exists());

    workspace.write("set/events.toml", "[a\n");
    ask("start");
    let end = Instant::now() + Duration::from_mins(1);
    let mut state = server.get("/api/training");
    while state["state"] == "running" && Instant::now() < end {
        thread::sleep(Duration::from_millis(100));
        state = server.get("/api/training");
    }
    assert_eq!(state["state"], "failed");
    assert!(state["message"].as_str().unwrap().contains("events.toml"), "{state}");
    assert_eq!(ask("drop")["state"], "none");
    let left: Vec<_> = fs::read_dir(workspace.path("set"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("train"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_model_is_trained_from_the_page_and_kept() {
    // Camps that the shipped set does not have, so that the small set is trained on alone.
    let workspace = Workspace::with_labels();
    workspace.replace("labeled/camps.toml", "id = \"lna\"", "id = \"east\"");
    workspace.replace("labeled/camps.toml", "referent = \"lna", "referent = \"east");
    workspace.replace("labeled/labels.csv", "annotator,lna,", "annotator,east,");
    let server = Server::new(&workspace, &["labeled", "--annotator", "b"]);
    let second = server.get("/api/next?order=second");
    let given = answer(&second["article"], ["neutral", "neutral"]);
    let said = server.post("/api/answer", &given).1;
    assert!(said.contains("the model is of other camps"), "{said}");
    let ask = |request: &str| server.post("/api/training", &json!({ "request": request }));
    ask("start");
    let end = Instant::now() + Duration::from_mins(2);
    let mut state = server.get("/api/training");
    while state["state"] == "running" && Instant::now() < end {
        thread::sleep(Duration::from_millis(200));
        state = server.get("/api/training");
    }
    assert_eq!(state["state"], "done", "{state}");
    assert!(state["report"].as_str().unwrap().contains("macro-F1"), "{state}");
    assert!(!workspace.path("labeled/model.safetensors").exists(), "it is not kept yet");
    // It waits, also if the page is closed meanwhile.
    drop(server);
    let server = Server::new(&workspace, &["labeled", "--annotator", "b"]);
    let state = server.get("/api/training");
    let report = state["report"].as_str().unwrap();
    assert!(state["state"] == "done" && report.contains("macro-F1"), "{state}");
    assert!(report.contains("Keep it") && !report.contains("mizan-train"), "{report}");
    let ask = |request: &str| server.post("/api/training", &json!({ "request": request }));
    let (status, body) = ask("keep");
    assert!(!workspace.path("labeled/new-model").exists());
    assert!(status == 200 && body.contains("model.safetensors"), "{body}");
    assert!(workspace.path("labeled/model.md").exists());
    let next = server.get("/api/next?order=disagreed");
    let said = server.post("/api/answer", &answer(&next["article"], ["neutral", "neutral"])).1;
    assert!(said.contains("\"probability\""), "{said}");
    // It is used when the set is opened again.
    drop(server);
    let again = Server::new(&workspace, &["labeled", "--annotator", "c"]);
    let next = again.get("/api/next?order=second");
    let said = again.post("/api/answer", &answer(&next["article"], ["neutral", "neutral"])).1;
    assert!(said.contains("\"probability\""), "{said}");
}

#[test]
fn words_of_the_set_are_accepted_and_refused_in_the_page() {
    let workspace = Workspace::new();
    super::words::archive(&workspace);
    // Equal texts are taken in once.
    let archive = fs::read_to_string(workspace.path("archive.jsonl")).unwrap();
    let numbered = archive.lines().enumerate();
    let lines = numbered.map(|(at, line)| line.replace("\"}", &format!(" خبر رقم {at}.\"}}\n")));
    workspace.write("archive.jsonl", lines.collect::<String>());
    let mut server = Server::new(&workspace, &["set", "archive.jsonl"]);
    let mut found = server.get("/api/words");
    assert!(found["warning"].as_str().unwrap().starts_with("fewer than 50"), "{found}");
    let found = found["words"].take();
    let words: Vec<&str> =
        found.as_array().unwrap().iter().map(|one| one["word"].as_str().unwrap()).collect();
    let pirates = *words.iter().find(|word| word.starts_with("قراصنه")).unwrap();
    let other = *words.iter().find(|word| **word != pirates).unwrap();
    let lexicon = || fs::read_to_string(workspace.path("set/lexicon.toml")).unwrap();
    let decide = |word: &str, decision: &str| {
        server.post("/api/words", &json!({ "word": word, "decision": decision }))
    };
    assert_eq!(
        decide(pirates, "criminal"),
        (200, json!({"accepted": 1, "refused": 0}).to_string())
    );
    assert!(lexicon().contains("[criminal]") && lexicon().contains(pirates), "{}", lexicon());
    assert_eq!(decide(other, "refuse").0, 200);
    assert!(lexicon().contains("refused = ["), "{}", lexicon());
    // What was decided is not shown again, unless it is taken back.
    let left = server.get("/api/words")["words"].to_string();
    assert!(!left.contains(&format!("\"word\":\"{other}\",\"decision\"")), "{left}");
    assert_eq!(decide(other, ""), (200, json!({"accepted": 1, "refused": 0}).to_string()));
    // Nothing that is no word and no decision is written.
    let before = lexicon();
    for (word, decision) in [(pirates, "pirates"), ("abc", "refuse"), ("", "refuse")] {
        let (status, says) = decide(word, decision);
        assert!(status == 422, "{word} {decision}: {says}");
    }
    let by_get = server.try_ask("GET /api/words?word=x&decision=refuse", &Value::Null).unwrap();
    assert_eq!((by_get.0, lexicon()), (200, before.clone()));
    // A file that cannot be read is told, and kept.
    workspace.write("set/lexicon.toml", "refused = 3\n");
    let (status, says) = decide(other, "refuse");
    assert!(status == 423 && says.contains("lexicon.toml"), "{says}");
    assert_eq!(lexicon(), "refused = 3\n");
    server.kill();
}

#[test]
fn a_set_that_lost_its_camps_is_told_and_mended_and_never_taken_for_articles() {
    let workspace = with_articles(3);
    let mut server = Server::new(&workspace, &["set", "articles.jsonl"]);
    let article = server.next();
    assert_eq!(server.post("/api/answer", &answer(&article, ["favor", "neutral"])).0, 200);
    server.kill();
    let labels = fs::read(workspace.path("set/labels.csv")).unwrap();
    // A set is no folder of articles, with its camps and without.
    for _ in 0..2 {
        let (code, _, stderr) = workspace.run(&["label", "new", "set"]);
        assert!(code == 2 && stderr.contains("set is a labelled set"), "{stderr}");
        assert!(stderr.contains("name set/pool"), "{stderr}");
        assert!(!workspace.path("new").exists());
        let _ = fs::remove_file(workspace.path("set/camps.toml"));
    }
    let (code, _, stderr) = workspace.run(&["train", "--labeled", "set", "-o", "m.safetensors"]);
    assert!(code == 2 && stderr.contains("it has labels.csv, "), "{stderr}");
    assert!(stderr.contains("journal.jsonl") && stderr.contains("`mizan label set`"), "{stderr}");
    // Labels toward other camps are not those of this program.
    let text = String::from_utf8(labels.clone()).unwrap();
    workspace.write("set/labels.csv", text.replace("lna,gna", "north,south"));
    let (code, _, stderr) = workspace.run(&["label", "set"]);
    assert!(code == 2 && stderr.contains("not toward the camps of this program"), "{stderr}");
    workspace.write("set/labels.csv", &labels);
    drop(Server::new(&workspace, &["set"]));
    assert!(workspace.path("set/camps.toml").exists());
    assert_eq!(fs::read(workspace.path("set/labels.csv")).unwrap(), labels);
}
