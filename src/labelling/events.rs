//! What happens without being asked for, as Server-Sent Events: how a training stands, and what
//! another page, annotator or program did to the set.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use tokio::time::sleep;

/// Most pages that listen at once; a page that is not seen does not.
pub const MAX_LISTENERS: usize = 16;

/// How often it is looked what has happened.
pub const INTERVAL: Duration = Duration::from_millis(500);

/// How often a page hears that the server is there, when nothing happens.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// How many pages listen.
#[derive(Debug, Default)]
pub struct Listeners(AtomicUsize);

/// A page that listens, until it is dropped.
#[derive(Debug)]
pub struct Listener(Arc<Listeners>);

impl Listener {
    /// One more; `None` if there are [`MAX_LISTENERS`].
    pub fn new(all: &Arc<Listeners>) -> Option<Self> {
        let more = |n| (n < MAX_LISTENERS).then_some(n + 1);
        all.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(Self(Arc::clone(all)))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The name of an event and its data, a line of JSON.
pub type Happening = (&'static str, String);

/// What a stream has told.
struct Told {
    last: BTreeMap<&'static str, String>,
    next: VecDeque<Event>,
    is_new: bool,
    _listener: Listener,
}

/// A stream of what `now` gives: all of it at first, and later what has changed. It ends when the
/// page goes, or the server.
pub fn stream(
    listener: Listener,
    now: impl Fn() -> Vec<Happening> + Send + Sync + 'static,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let told =
        Told { last: BTreeMap::new(), next: VecDeque::new(), is_new: true, _listener: listener };
    let events = unfold((told, now), |(mut told, now)| async move {
        loop {
            if let Some(event) = told.next.pop_front() {
                return Some((Ok(event), (told, now)));
            }
            if !std::mem::take(&mut told.is_new) {
                sleep(INTERVAL).await;
            }
            for (name, data) in now() {
                if told.last.get(name) != Some(&data) {
                    told.next.push_back(Event::default().event(name).data(&data));
                    told.last.insert(name, data);
                }
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_listeners_is_bounded_and_one_that_goes_makes_room() {
        let all = Arc::default();
        let mut listeners: Vec<Listener> =
            (0..MAX_LISTENERS).map(|_| Listener::new(&all).unwrap()).collect();
        assert!(Listener::new(&all).is_none());
        listeners.pop();
        assert!(Listener::new(&all).is_some());
    }
}
