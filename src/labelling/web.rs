//! The server: requests in, a session's answers out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::Answer;
use super::assets::{SCRIPT, STYLE};
use super::choice::Order;
use super::events::{self, Happening, INTERVAL, Listener, Listeners};
use super::guard::{Guard, guard};
use super::session::{Session, SessionError};
use super::training::{Request, Trainer, Training};
use super::view::ArticleView;
use super::words::{FramingCandidate, too_few};
use crate::article::Article;

/// Most bytes of a request.
const MAX_BODY: usize = 1 << 18;

/// Reads the articles that words are compared with.
pub type PlainNews = fn() -> Vec<Article>;

type Shared = State<Arc<Server>>;

/// What the handlers share.
struct Server {
    session: Mutex<Session>,
    trainer: Box<dyn Trainer>,
    plain_news: PlainNews,
    page: String,
    listeners: Arc<Listeners>,
    seen: Mutex<Seen>,
}

/// What was seen of the set, for all pages that listen.
#[derive(Default)]
struct Seen {
    /// When it is looked again.
    until: Option<Instant>,
    version: Option<u64>,
    progress: String,
    trouble: String,
}

/// How many times as long as a look at the set takes there is none.
const REST: u32 = 20;

impl Server {
    /// What a page hears of.
    fn happenings(&self) -> Vec<Happening> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.until.is_none_or(|until| Instant::now() >= until) {
            let begun = Instant::now();
            let mut session = self.session();
            let looked = session.look_again();
            if seen.version != Some(session.version) {
                seen.version = Some(session.version);
                seen.progress = json!(session.progress()).to_string();
            }
            seen.trouble = json!(looked.err().map(|error| error.to_string())).to_string();
            // A set of very many articles is not looked at all the time.
            let rest = (begun.elapsed() * REST).max(INTERVAL / 2);
            seen.until = Some(Instant::now() + rest);
        }
        vec![
            ("progress", seen.progress.clone()),
            ("trouble", seen.trouble.clone()),
            ("training", json!(self.trainer.state()).to_string()),
        ]
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        // Every answer is on the disk before it is in memory, so that a panic leaves nothing half.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The routes of the page and of what it asks.
pub fn router(
    session: Session,
    trainer: Box<dyn Trainer>,
    plain_news: PlainNews,
    page: String,
    guarded_by: Guard,
) -> Router {
    let asset = |content_type: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, content_type)], text) })
    };
    Router::new()
        .route("/", get(|State(server): Shared| async move { Html(server.page.clone()) }))
        .route("/label.js", asset("text/javascript; charset=utf-8", SCRIPT))
        .route("/label.css", asset("text/css; charset=utf-8", STYLE))
        .route("/api/progress", get(progress))
        .route("/api/next", get(next))
        .route("/api/article", get(article))
        .route("/api/disagreements", get(disagreements))
        .route("/api/answer", post(answer))
        .route("/api/settle", post(settle))
        .route("/api/skip", post(skip))
        .route("/api/undo", post(undo))
        .route("/api/training", get(training).post(train))
        .route("/api/words", get(words).post(decide_word))
        .route("/api/events", get(listen))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(guarded_by, guard))
        .with_state(Arc::new(Server {
            session: Mutex::new(session),
            trainer,
            plain_news,
            page,
            listeners: Arc::default(),
            seen: Mutex::default(),
        }))
}

impl IntoResponse for SessionError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Io { .. } | Self::NotLocked(_) | Self::Set(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::Broken(_) => StatusCode::LOCKED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

type Answered<T> = Result<Json<T>, SessionError>;

async fn progress(State(server): Shared) -> Answered<serde_json::Value> {
    let mut session = server.session();
    session.look_again()?;
    Ok(Json(json!({ "progress": session.progress() })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NextQuery {
    order: Order,
    #[serde(default)]
    by_outlet: bool,
}

/// What comes next.
#[derive(Debug, Serialize)]
struct NextArticle {
    article: Option<ArticleView>,
    n_left: usize,
}

async fn next(State(server): Shared, Query(query): Query<NextQuery>) -> Answered<NextArticle> {
    let mut session = server.session();
    session.look_again()?;
    let choice = session.next(query.order, query.by_outlet);
    let article = choice.next.map(|number| session.view(number)).transpose()?;
    Ok(Json(NextArticle { article, n_left: choice.n_left }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleQuery {
    number: usize,
}

async fn article(
    State(server): Shared,
    Query(query): Query<ArticleQuery>,
) -> Answered<ArticleView> {
    let mut session = server.session();
    session.look_again()?;
    session.view(query.number).map(Json)
}

async fn disagreements(State(server): Shared) -> Answered<serde_json::Value> {
    let mut session = server.session();
    session.look_again()?;
    Ok(Json(json!({ "disagreements": session.disagreements() })))
}

async fn answer(State(server): Shared, Json(given): Json<Answer>) -> Answered<serde_json::Value> {
    let mut session = server.session();
    let opinion = session.answer(&given)?;
    Ok(Json(json!({ "opinion": opinion, "progress": session.progress() })))
}

async fn settle(State(server): Shared, Json(given): Json<Answer>) -> Answered<serde_json::Value> {
    let mut session = server.session();
    session.settle(&given)?;
    Ok(Json(json!({ "progress": session.progress() })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Skip {
    article: usize,
    order: Option<Order>,
}

async fn skip(State(server): Shared, Json(skip): Json<Skip>) -> Answered<serde_json::Value> {
    let mut session = server.session();
    session.skip(skip.article, skip.order)?;
    Ok(Json(json!({ "progress": session.progress() })))
}

async fn undo(State(server): Shared) -> Answered<serde_json::Value> {
    let mut session = server.session();
    let taken_back = session.undo()?;
    let article = session.view(taken_back.article)?;
    let progress = session.progress();
    Ok(Json(json!({ "label": taken_back.label, "article": article, "progress": progress })))
}

async fn words(State(server): Shared) -> Answered<serde_json::Value> {
    let archive = {
        let mut session = server.session();
        session.look_again()?;
        session.archive()?
    };
    let plain_news = server.plain_news;
    let find = move || archive.candidates(&plain_news());
    let (found, n_framed) = tokio::task::spawn_blocking(find).await.map_err(|error| {
        SessionError::Io { name: "words".into(), source: std::io::Error::other(error) }
    })?;
    let found: Vec<_> = found.iter().map(FramingCandidate::json).collect();
    Ok(Json(json!({ "words": found, "warning": too_few(n_framed) })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecidedWord {
    word: String,
    decision: String,
}

async fn decide_word(
    State(server): Shared,
    Json(decided): Json<DecidedWord>,
) -> Answered<serde_json::Value> {
    let (accepted, refused) = server.session().decide_word(&decided.word, &decided.decision)?;
    Ok(Json(json!({ "accepted": accepted, "refused": refused })))
}

async fn listen(State(server): Shared) -> Response {
    if let Some(listener) = Listener::new(&server.listeners) {
        return events::stream(listener, move || server.happenings()).into_response();
    }
    let error = "too many pages of this server are open: close some";
    (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "error": error }))).into_response()
}

async fn training(State(server): Shared) -> Json<Training> {
    Json(server.trainer.state())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Train {
    request: Request,
}

async fn train(State(server): Shared, Json(train): Json<Train>) -> Answered<Training> {
    let asked = server.trainer.ask(train.request);
    let scorer = asked.map_err(|source| SessionError::Io { name: "training".into(), source })?;
    if let Some(scorer) = scorer {
        server.session().set_scorer(scorer);
    }
    Ok(Json(server.trainer.state()))
}
