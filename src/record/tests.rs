//! Records come back as they were written, and what is no record is told with its place.

use std::io;

use proptest::prelude::*;

use super::*;
use crate::camp::Camps;
use crate::intake::pdf_text::Mending;

const LINE: &str = r#"{"id":"a","outlet":"x","date":"2019-04-06","event":"e","lna":{"stance":"favor","score":0.7,"favor":0.8,"neutral":0.1,"against":0.1,"words":[{"word":"الباسلة","weight":1.25}]},"gna":{"stance":"uncertain","score":-0.100001,"words":[],"guess":"neutral","doubt":"d"},"lean":0.400001,"unrelated":0.02,"known":0.9,"reading":{"format":"text"}}"#;

fn read(text: &str) -> Vec<Result<ScoreRecord, RecordError>> {
    RecordReader::new("s.jsonl", text.as_bytes()).unwrap().collect()
}

fn camps() -> Camps {
    Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap()
}

#[test]
fn a_line_comes_back_with_everything_that_a_report_needs() {
    let [Ok(record)] = &read(LINE)[..] else { panic!() };
    assert_eq!(
        (record.id.as_str(), record.outlet.as_deref(), record.event.as_deref()),
        ("a", Some("x"), Some("e"))
    );
    assert_eq!(record.publication_date().unwrap().month(), "2019-04");
    assert_eq!((&record.model, &record.version), (&None, &None), "an older record");
    let scores = record.scores.as_ref().unwrap();
    assert_eq!((scores.lean, scores.unrelated, scores.known), (0.400_001, 0.02, Some(0.9)));
    assert!(scores.is_related() && scores.is_uncertain());
    let [lna, gna] = &scores.camps;
    assert_eq!((&*lna.camp, lna.stance, lna.score), ("lna", Some(Stance::Favor), 0.7));
    assert_eq!(lna.probabilities.map(|p| (p.favor * 10.0).to_bits()), Some(8.0_f64.to_bits()));
    assert_eq!(lna.words, [ScoredWord { word: "الباسلة".to_owned(), weight: Some(1.25) }]);
    assert_eq!((&*gna.camp, gna.stance, gna.score), ("gna", None, -0.100_001));
    assert_eq!((gna.guess, gna.abstention.as_deref()), (Some(Stance::Neutral), Some("d")));
}

#[test]
fn numbers_are_names_too() {
    let line = LINE.replace(r#""id":"a","outlet":"x""#, r#""id":17,"outlet":5"#);
    let [Ok(record)] = &read(&line)[..] else { panic!() };
    assert_eq!((record.id.as_str(), record.outlet.as_deref()), ("17", Some("5")));
}

#[test]
fn what_is_no_record_is_told_with_its_place_and_the_rest_is_read() {
    for (bad, says) in [
        ("not json".to_owned(), "it is no JSON object"),
        ("[1]".to_owned(), "it is no JSON object"),
        (r#"{"id":"a","text":"نص"}"#.to_owned(), "scores of 0 camps"),
        (r#"{"text":"نص"}"#.to_owned(), "what `mizan score` wrote as JSON lines"),
        (LINE.replace("0.7", "7"), "lna.score is 7; it goes from -1 to 1"),
        (LINE.replace("0.8", "1.8"), "lna.favor is 1.8; it goes from 0 to 1"),
        (
            LINE.replace("\"favor\",\"score\"", "\"for\",\"score\""),
            "the stances are favor, neutral",
        ),
        (LINE.replace("0.400001", "-0.4"), "its lean -0.4 is not half"),
        (LINE.replace("0.400001", "1e300"), "lean is"),
        (LINE.replace("\"unrelated\":0.02", "\"unrelated\":null"), "no number called unrelated"),
        (LINE.replace("\"gna\"", "\"<b>\""), "no id of a camp"),
    ] {
        let found = read(&format!("{LINE}\n\n{bad}\n{LINE}"));
        let [Ok(_), Err(error), Ok(_)] = &found[..] else { panic!("{bad}: {found:?}") };
        let message = error.problem.to_string();
        assert!(error.place == "s.jsonl:3" && message.contains(says), "{error:?}");
    }
}

#[test]
fn an_article_without_scores_is_kept_with_its_message() {
    let [Ok(record)] = &read(r#"{"id":"a","outlet":"x","error":"it is empty"}"#)[..] else {
        panic!()
    };
    assert_eq!(
        (record.outlet.as_deref(), record.scores.clone()),
        (Some("x"), Err("it is empty".to_owned()))
    );
}

#[test]
fn a_table_of_version_0_1_says_the_same() {
    let camp = |id: &str| {
        ["stance", "score", "favor", "neutral", "against", "words", "doubt"]
            .map(|column| format!("{id}_{column}"))
            .join(",")
    };
    let header =
        format!("id,lean,unrelated,{},{},error,outlet,date,event", camp("lna"), camp("gna"));
    let row = "'=a,0.400001,0.02,favor,0.7,0.8,0.1,0.1,الباسلة؛ فلول,,uncertain,-0.100001,,,,,d,,x,2019-04-06,e";
    let failed = "b,,,,,,,,,,,,,,,,,it is empty,x,,";
    let found = read(&format!("\u{FEFF}{header}\n{row}\nshort\n{failed}\n"));
    let [Ok(record), Err(short), Ok(failed)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(
        (record.id.as_str(), record.outlet.as_deref(), short.place.as_str()),
        ("=a", Some("x"), "s.jsonl:3")
    );
    let scores = record.scores.as_ref().unwrap();
    assert_eq!(
        (scores.lean, scores.camps[0].words.len(), scores.camps[1].stance),
        (0.400_001, 2, None)
    );
    assert_eq!(failed.scores, Err("it is empty".to_owned()));
    let error = RecordReader::new("t.csv", &b"id,text\n1,x\n"[..]).unwrap_err();
    assert!(error.to_string().contains("t.csv:1: it is no scored record"), "{error}");
}

#[test]
fn scores_are_told_from_articles_by_their_first_lines() {
    let detect = |text: &str| {
        let (are_scores, mut rest) = RecordReader::detect(text.as_bytes()).unwrap();
        let mut all = String::new();
        io::Read::read_to_string(&mut rest, &mut all).unwrap();
        assert_eq!(all, text, "nothing is lost");
        are_scores
    };
    let failed = r#"{"id":"b","error":"it is empty"}"#;
    assert!(detect(LINE) && detect(&format!("{failed}\n{LINE}\n{LINE}\n")));
    let row = "id,lean,unrelated,lna_score,gna_score\n";
    assert!(
        detect(row) && detect(&format!("\u{FEFF}{row}")) && detect(&format!("{failed}\n{LINE}"))
    );
    assert!(
        !detect("{\"id\":\"a\",\"text\":\"نص\"}\n") && !detect("") && !detect("id,text\n1,x\n")
    );
}

#[test]
fn a_kept_field_may_be_called_score() {
    let mut record = samples::record(
        "a",
        Ok(samples::scores([
            samples::camp("lna", Some(Stance::Favor), 0.5, &[]),
            samples::camp("gna", None, -0.1, &[]),
        ])),
    );
    record.kept = vec![("score".to_owned(), Some("7".to_owned()))];
    let (mut lines, mut table) = (Vec::new(), Vec::new());
    json_lines::write(&mut lines, &record).unwrap();
    csv::header(&mut table, &camps(), &["score".to_owned()]).unwrap();
    csv::write(&mut table, &record).unwrap();
    for bytes in [lines, table] {
        let read: Vec<_> = RecordReader::new("-", &bytes[..]).unwrap().collect();
        assert_eq!(read[0].as_ref().unwrap().kept, record.kept);
    }
}

prop_compose! {
    fn camp(camp: &'static str)(
        shares in (0..=1_000_000_u32, 0..=1_000_000_u32),
        stance in prop::option::of(0..4_usize),
        words in prop::collection::vec(("[ا-ي]{1,8}( [ا-ي]{1,8})?", -9_000_000..9_000_000_i32), 0..4),
        sentences in prop::collection::vec(("[ا-ي]{1,8}( [ا-ي]{1,8}){0,9}", 0..=1_000_000_u32), 0..3),
    ) -> CampScores {
        let million = |n: u32| f64::from(n) / 1e6;
        let (a, b) = (shares.0.min(shares.1), shares.0.max(shares.1));
        let (favor, against) = (million(a), million(1_000_000 - b));
        CampScores {
            camp: Arc::from(camp),
            stance: stance.map(|stance| Stance::ALL[stance]),
            score: six(favor - against),
            probabilities: Some(StanceProbabilities {
                favor,
                neutral: six(million(b) - million(a)),
                against,
            }),
            words: words
                .into_iter()
                .map(|(word, weight)| ScoredWord { word, weight: Some(f64::from(weight) / 1e6) })
                .collect(),
            evidence: sentences
                .into_iter()
                .map(|(text, share)| ScoredSentence {
                    span: Some([3, 3 + text.len()]),
                    text,
                    stance: Some(Stance::Favor),
                    probability: Some(million(share)),
                })
                .collect(),
            guess: stance.is_none().then_some(Stance::Favor),
            abstention: stance.is_none().then(|| "at this risk it may be anything".to_owned()),
        }
    }
}

prop_compose! {
    fn record()(
        // An id that begins with `'=` comes back without the `'`.
        id in "[a-z/=+@\u{202E}\",;؛ -]{1,12}[a-z]",
        outlet in prop::option::of("[ا-ي]{1,9}\r?\n?[a-z]"),
        camps in (camp("lna"), camp("gna")),
        unrelated in 0..=1_000_000_u32,
        kept in prop::collection::vec(("[a-z]{1,5}", prop::option::of("[a-z,\"]{1,5}")), 0..3),
        error in prop::option::of("[a-z ,\"]{1,20}[a-z]"),
        dated in any::<bool>(),
    ) -> ScoreRecord {
        let camps = [camps.0, camps.1];
        let lean = six((camps[0].score - camps[1].score) / 2.0);
        let unrelated = f64::from(unrelated) / 1e6;
        let scores = Scores { camps, lean, unrelated, known: Some(0.5), sentences: Vec::new() };
        let mut kept: Vec<(String, Option<String>)> = kept;
        kept.sort();
        kept.dedup_by(|a, b| a.0 == b.0);
        ScoreRecord {
            id,
            outlet,
            date: dated.then(|| "Sat, 06 Apr 2019 09:26:57 +0200".to_owned()),
            event: None,
            kept,
            model: Some(Arc::from("libya@1a2b3c4d")),
            version: Some(Arc::from("0.1.0")),
            reading: Some(RecordReading {
                format: "jsonl".to_owned(),
                encoding: "UTF-8".to_owned(),
                replaced: 0,
                removed: 3,
                mended: dated.then_some(Mending::LamAlef),
            }),
            scores: error.map_or(Ok(scores), Err),
        }
    }
}

/// What a table tells of a record: no weights, no `known`, no `guess`, no `reading`, and of the
/// sentences that decide the words of the first; text without
/// control characters and direction marks.
fn as_in_a_table(record: &ScoreRecord) -> ScoreRecord {
    let plain = |text: &String| crate::text::isolate::plain(text);
    let mut record = record.clone();
    record.id = plain(&record.id);
    record.outlet = record.outlet.as_ref().map(plain);
    record.reading = None;
    if let Ok(scores) = &mut record.scores {
        scores.known = None;
        for camp in &mut scores.camps {
            camp.guess = None;
            camp.words.iter_mut().for_each(|word| word.weight = None);
            camp.evidence.truncate(1);
            for sentence in &mut camp.evidence {
                (sentence.span, sentence.stance, sentence.probability) = (None, None, None);
            }
        }
    }
    record
}

proptest! {
    #[test]
    fn a_json_line_comes_back_as_it_was(record in record()) {
        let mut line = Vec::new();
        json_lines::write(&mut line, &record).unwrap();
        prop_assert_eq!(json_lines::is_failed(&line), record.scores.is_err());
        let read: Vec<_> = RecordReader::new("-", &line[..]).unwrap().collect();
        prop_assert_eq!(&read[..], &[Ok(record.clone())]);
        // By serde, too, as a user's own program may store it.
        let by_serde: ScoreRecord =
            serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
        prop_assert_eq!(by_serde, record);
    }

    #[test]
    fn a_row_of_a_table_comes_back_but_for_what_tables_do_not_tell(record in record()) {
        let names: Vec<String> = record.kept.iter().map(|(name, _)| name.clone()).collect();
        let (mut table, mut row) = (Vec::new(), Vec::new());
        csv::header(&mut table, &camps(), &names).unwrap();
        csv::write(&mut row, &record).unwrap();
        prop_assert_eq!(csv::is_failed(&row), record.scores.is_err());
        table.extend(row);
        let mut read: Vec<_> = RecordReader::new("-", &table[..]).unwrap().collect();
        prop_assert_eq!(read.swap_remove(0).unwrap(), as_in_a_table(&record));
    }
}
