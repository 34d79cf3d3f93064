//! Tests of scoring runs.

use std::io::{self, Cursor};

use super::super::sink::LineSink;
use super::*;
use crate::model::Model;

const TEXT: &str = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس";

fn sources() -> Vec<Source> {
    let line = |id: usize| format!("{{\"id\": \"{id}\", \"body\": \"{TEXT}\"}}\n");
    let lines: String = (0..300).map(line).collect();
    vec![
        Source::new("gone.txt", || Err(io::Error::other("it is gone"))),
        Source::from_reader("d.jsonl", Cursor::new(lines)),
        Source::from_reader("empty.txt", io::empty()),
    ]
}

fn lines(scorer: &Scorer, n_threads: usize) -> (String, RunSummary, Vec<Diagnostic>) {
    let (mut out, mut diagnostics) = (Vec::new(), Vec::new());
    let mut sink = LineSink::new(&mut out, LineFormat::JsonLines, scorer.camps(), &[]).unwrap();
    let run = ScoringRun::new(scorer).with_threads(n_threads);
    let mut observer = |diagnostic: Diagnostic| diagnostics.push(diagnostic);
    let summary = run.run(sources(), &mut sink, &mut observer).unwrap();
    drop(sink);
    (String::from_utf8(out).unwrap(), summary, diagnostics)
}

#[test]
fn records_come_in_order_from_any_number_of_threads_with_what_is_wrong_as_values() {
    let scorer = Scorer::new(Model::embedded().unwrap()).unwrap();
    let (text, summary, diagnostics) = lines(&scorer, 1);
    assert_eq!((summary.articles, summary.failed), (302, 2));
    let ids: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect();
    let expected: Vec<String> = iter::once("gone.txt".to_owned())
        .chain((0..300).map(|id| id.to_string()))
        .chain(["empty.txt".to_owned()])
        .collect();
    assert_eq!(ids, expected);
    assert!(
        matches!(
            &diagnostics[..],
            [
                Diagnostic::SourceFailed { .. },
                Diagnostic::Fields { .. },
                Diagnostic::ArticleFailed { .. }
            ]
        ),
        "{diagnostics:?}"
    );
    let together = lines(&scorer, 3);
    assert_eq!((together.0, together.1.stances), (text, summary.stances));
}

#[test]
fn an_observer_may_stop_a_run_and_a_callback_takes_records() {
    struct Stopped;
    impl RunObserver for Stopped {
        fn diagnose(&mut self, _: Diagnostic) {}
        fn is_stop_requested(&mut self) -> bool {
            true
        }
    }
    let scorer = Scorer::new(Model::embedded().unwrap()).unwrap();
    let mut n_records = 0;
    let mut count = |_: &ScoreRecord| {
        n_records += 1;
        Ok(())
    };
    let run = ScoringRun::new(&scorer);
    run.run(sources(), &mut count, &mut Stopped).unwrap();
    run.run(sources(), &mut count, &mut |_: Diagnostic| {}).unwrap();
    assert_eq!(n_records, 302);
}
