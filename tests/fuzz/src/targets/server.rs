//! Requests to the labelling server, one after the other, as a page or anybody else sends them.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mizan::internals::engine::data_set::{DataSetFiles, read_files};
use mizan::internals::labelling::guard::{Guard, TOKEN};
use mizan::internals::labelling::store::Stamp;
use mizan::internals::labelling::training::{Request as Asked, Trainer, Training};
use mizan::internals::labelling::{Session, SetStore, web};
use mizan::parts::LabelAggregation;
use mizan::{LabelledSet, Model, Scorer};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::{choice, parts};

/// Most requests of an input, and most bytes of an answer.
const MAX_REQUESTS: usize = 16;
const MAX_ANSWER: usize = 1 << 22;

const FILES: [(&str, &str); 6] = [
    ("camps.toml", include_str!("../../../../labeled/camps.toml")),
    ("events.toml", "[fasher]\ndate = \"2024-05\"\nabout = \"x\"\n"),
    ("outlets.toml", "[wire]\nname = \"x\"\nstyle = \"x\"\n"),
    ("labels.csv", "article,annotator,lna,gna,date,note\npool-2,b,favor,against,2026-01-02,\n"),
    (
        "pool/pool-1.txt",
        "id: pool-1\ntitle: خبر\ndate: 2024-05-01\nevent: fasher\noutlet: wire\n\nوطهرت القوات المسلحة الباسلة \
         مدينة بنغازي من الإرهابيين. وقالت حكومة الوفاق إنها تنفي ذلك.\n",
    ),
    (
        "pool/pool-2.txt",
        "id: pool-2\ntitle: خبر آخر\ndate: 2024-05-02\nevent: fasher\noutlet: wire\n\nشنت مليشيات حفتر هجوما \
         على العاصمة طرابلس فجر اليوم.\n",
    ),
];

/// Files by name: their bytes, and how often each was written.
type Files = BTreeMap<String, (Vec<u8>, u64)>;

/// Files in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Files>>);

impl Memory {
    fn files(&self) -> MutexGuard<'_, Files> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut files = self.files();
        let (bytes, version) = files.entry(name.to_owned()).or_default();
        change(bytes);
        *version += 1;
    }

    /// Puts the files back that requests change.
    fn reset(&self) {
        self.change("labels.csv", |bytes| FILES[3].1.as_bytes().clone_into(bytes));
        self.change("rationales.csv", |bytes| {
            b"article,annotator,camp,stance,sentence,expressions\n"[..].clone_into(bytes);
        });
        self.change("journal.jsonl", Vec::clear);
        self.change("lexicon.toml", Vec::clear);
    }
}

impl DataSetFiles for Memory {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let files = self.files();
        let file = files.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(file.0.clone())
    }

    fn list(&self, folder: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
        let files = self.files();
        let within = |name: &&String| {
            name.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).is_some_and(is_wanted)
        };
        files.keys().filter(within).cloned().collect()
    }

    fn full_name(&self, name: &str) -> String {
        name.to_owned()
    }
}

impl SetStore for Memory {
    fn stamp(&self, name: &str) -> Stamp {
        let files = self.files();
        let (bytes, version) = files.get(name)?;
        Some((UNIX_EPOCH + Duration::from_secs(*version), bytes.len() as u64))
    }

    fn lock(&self) -> io::Result<Box<dyn Any>> {
        Ok(Box::new(()))
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(name, |file| file.extend(bytes));
        Ok(())
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(name, |file| bytes.clone_into(file));
        Ok(())
    }

    fn now(&self) -> (u64, String) {
        (1_800_000_000, "2027-01-15".to_owned())
    }
}

/// Nothing is trained.
struct Idle;

impl Trainer for Idle {
    fn state(&self) -> Training {
        Training::None
    }

    fn ask(&self, _: Asked) -> io::Result<Option<Scorer>> {
        Ok(None)
    }
}

/// A server, its files, and the hashes of its articles.
struct Server {
    router: Router,
    memory: Memory,
    runtime: Runtime,
    hashes: Vec<String>,
}

impl Server {
    fn new() -> Self {
        let memory = Memory::default();
        for (name, text) in FILES {
            memory.change(name, |bytes| text.as_bytes().clone_into(bytes));
        }
        memory.reset();
        let model = Model::embedded().expect("the embedded model");
        let scorer = Scorer::new(model).expect("a model of stances");
        let session = Session::new(Box::new(memory.clone()), "a".to_owned(), scorer, 7);
        let session = session.expect("a sound set");
        let hashes = [0, 1].map(|number| session.view(number).expect("an article").hash).into();
        let guard = Guard::new(80, "token");
        let router = web::router(session, Box::new(Idle), Vec::new, "page".to_owned(), guard);
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Self { router, memory, runtime: runtime.expect("a runtime"), hashes }
    }

    /// Sends a request: its method, its path, and its body on the next lines.
    fn send(&self, request: &[u8]) {
        let (choice, request) = choice(request);
        let end = request.iter().position(|&byte| byte == b'\n').unwrap_or(request.len());
        let path = format!("/{}", String::from_utf8_lossy(&request[..end]));
        let mut body = request.get(end + 1..).unwrap_or_default().to_vec();
        for (number, hash) in self.hashes.iter().enumerate() {
            let text = String::from_utf8_lossy(&body);
            let name = format!("#{number}");
            if text.contains(&name) {
                body = text.replace(&name, hash).into_bytes();
            }
        }
        let method = ["GET", "POST", "PUT", "OPTIONS"][choice % 4];
        let is_known = choice / 4 % 8 != 7;
        let sent = Request::builder()
            .method(method)
            .uri(path)
            .header("host", if is_known { "127.0.0.1:80" } else { "example.org" })
            .header("content-type", "application/json")
            .header(TOKEN, "token")
            .body(Body::from(body));
        let Ok(sent) = sent else { return };
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(sent).await.expect("it never fails");
            let status = answer.status();
            assert!(status < StatusCode::INTERNAL_SERVER_ERROR, "{status}");
            assert!(is_known || status == StatusCode::FORBIDDEN, "a stranger had {status}");
            to_bytes(answer.into_body(), MAX_ANSWER).await.expect("a bounded answer");
        });
    }
}

/// Whatever is asked, nothing fails inside, and the set is as sound as before.
pub fn requests(data: &[u8]) {
    thread_local! {
        static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
    }
    SERVER.with_borrow_mut(|server| {
        let server = server.get_or_insert_with(Server::new);
        server.memory.reset();
        let before = server.memory.read("labels.csv").ok();
        for request in parts(data).into_iter().take(MAX_REQUESTS) {
            server.send(request);
        }
        if server.memory.read("labels.csv").ok() != before {
            let files = read_files(&server.memory, LabelAggregation::default());
            let set = LabelledSet::from_files(&files.expect("files in UTF-8"));
            if let Err(error) = set {
                panic!("the set is no longer sound: {error}");
            }
        }
    });
}
