//! Who may ask: the page that this server gave out, and nobody else.
//!
//! A server on 127.0.0.1 is reached by every page in the browser and by every user of the machine.
//! So a request must name this server as its host (else a name that an attacker's server gives out
//! for 127.0.0.1 would do), must not come from another origin, and must bring the token that only
//! the address printed on the terminal holds. It travels in the fragment of that address and in a
//! header: neither stands in a log, and a page of another origin cannot set the header.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The header that brings the token.
pub const TOKEN: &str = "x-mizan-token";

/// The headers of every answer. The policy allows this server's own script and style, and nothing
/// else; text becomes no markup, as the script cannot make any.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What a request must show.
#[derive(Clone, Debug)]
pub struct Guard {
    hosts: Arc<[String]>,
    token: blake3::Hash,
}

impl Guard {
    /// A guard of the server at a port of this machine.
    pub fn new(port: u16, token: &str) -> Self {
        let hosts = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{port}"));
        Self { hosts: hosts.into(), token: blake3::hash(token.as_bytes()) }
    }

    fn refusal(&self, path: &str, headers: &HeaderMap) -> Option<&'static str> {
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let is_own = |host: &str| self.hosts.iter().any(|own| own == host);
        if !text("host").is_some_and(is_own) {
            return Some("this server is reached by 127.0.0.1 only");
        }
        if let Some(origin) = text("origin")
            && !origin.strip_prefix("http://").is_some_and(is_own)
        {
            return Some("another origin has no access");
        }
        // The hashes are compared in constant time.
        let is_known = |token: &str| blake3::hash(token.as_bytes()) == self.token;
        if path.starts_with("/api/") && !text(TOKEN).is_some_and(is_known) {
            return Some("open the address that stands in the terminal: the token is missing");
        }
        None
    }
}

/// Refuses what may not be asked, and sets the headers of every answer.
pub async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let refusal = guard.refusal(request.uri().path(), request.headers());
    let mut response: Response<Body> = match refusal {
        Some(reason) => (StatusCode::FORBIDDEN, reason).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
