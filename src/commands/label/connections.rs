//! Connections to the page: how many there are, and how long each request may take.
//!
//! Whoever is on this machine may connect, also who never sends a request. So a connection lasts no
//! longer than it is used, and where there are many, the oldest makes room for the next: those that
//! do nothing keep no page from being answered.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

/// Most connections at once; each is an open file, and systems often allow 1,024 or 256 of them.
const MAX_CONNECTIONS: usize = 128;

/// Longest time for the headers of a request to come, and for its body; that of one that is idle.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Most bytes of the headers of a request.
const MAX_HEADERS: usize = 16 << 10;

/// How long to wait where no connection can be taken, as when too many files are open.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers requests until the program is ended.
pub async fn serve(listener: TcpListener, router: Router) -> Infallible {
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let accepted = listener.accept().await;
        open.retain(|connection| !connection.is_finished());
        if (accepted.is_err() || open.len() >= MAX_CONNECTIONS)
            && let Some(oldest) = open.pop_front()
        {
            // It ends where it waits: an answer that is being written to the disk is written whole.
            oldest.abort();
        }
        match accepted {
            Ok((stream, _)) => {
                open.push_back(tokio::spawn(answer(stream, router.clone())).abort_handle());
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Answers the requests of one connection. Its failure is that of the other side.
async fn answer(stream: TcpStream, router: Router) {
    let pages = TowerToHyperService::new(router);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let answer = pages.call(request);
        async move {
            match timeout(MAX_WAIT, answer).await {
                Ok(answer) => answer,
                Err(_) => Ok(StatusCode::REQUEST_TIMEOUT.into_response()),
            }
        }
    });
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_WAIT)
        .max_buf_size(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
