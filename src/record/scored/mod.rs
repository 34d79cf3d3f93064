//! Scored articles, read back from what `mizan score` wrote: JSON lines, or the same as CSV.
//!
//! Numbers are kept as whole millionths, as the lines write them. So sums of them are exact, and do
//! not hang on the order of addition.

mod columns;

use std::io::{self, BufRead, Cursor, Read};

use serde_json::{Map, Value};

use super::date::Day;
use crate::camp::Stance;
use crate::intake::Format;
use crate::intake::records::limited_line;
use crate::scoring::UNCERTAIN;
use columns::Columns;

/// A number in whole millionths: 0.25 is 250,000.
pub type Millionths = i64;

/// One, in millionths.
pub const ONE: Millionths = 1_000_000;

/// How far `lean` may be off (score − score) / 2, all three being rounded: two millionths.
const ROUNDING: Millionths = 2;

/// An article as a line of scores tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredArticle {
    /// Its id.
    pub id: String,
    /// Its outlet, if the line names one.
    pub outlet: Option<String>,
    /// Its date, as it is written, if the line has one.
    pub date: Option<String>,
    /// The event that it tells, if the line names one.
    pub event: Option<String>,
    /// Its scores, or why it has none.
    pub scores: Result<Scores, String>,
}

impl ScoredArticle {
    /// The day of publication, where it can be read.
    pub fn day(&self) -> Option<Day> {
        Day::read(self.date.as_deref()?)
    }
}

/// The scores of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// What is said of each camp, in the order of the line.
    pub camps: [CampScore; 2],
    /// The lean, positive toward the first camp.
    pub lean: Millionths,
    /// P(the article is not about the conflict).
    pub unrelated: Millionths,
}

impl Scores {
    /// Whether the article is about the conflict, as far as can be told: whether P(unrelated) is
    /// below one half.
    pub fn is_related(&self) -> bool {
        2 * self.unrelated < ONE
    }

    /// Whether the stance toward some camp was not told.
    pub fn is_uncertain(&self) -> bool {
        self.camps.iter().any(|camp| camp.stance.is_none())
    }
}

/// What is said of one camp.
#[derive(Clone, Debug, PartialEq)]
pub struct CampScore {
    /// Id of the camp.
    pub camp: String,
    /// The stance; `None` for `uncertain`.
    pub stance: Option<Stance>,
    /// P(favor) − P(against).
    pub score: Millionths,
    /// The words that spoke most for the stance, strongest first, each with its weight where the
    /// line has it.
    pub words: Vec<(String, Option<Millionths>)>,
}

/// A line that is no scored article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadLine {
    /// File and line, as `scores.jsonl:7`.
    pub place: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// The scored articles of one file, one at a time. A line that is none is told in its place, and
/// the next is read.
#[derive(Debug)]
pub struct ScoredLines<R> {
    name: String,
    rows: Rows<R>,
}

#[derive(Debug)]
enum Rows<R> {
    Json { reader: R, line: u64 },
    Table { csv: csv::Reader<R>, columns: Columns },
    End,
}

impl<R: BufRead> ScoredLines<io::Chain<Cursor<Vec<u8>>, R>> {
    /// Reads what `reader` gives; `name` stands in messages. Whether it is JSON lines or CSV is
    /// told by the first character, or the name.
    ///
    /// # Errors
    /// Those of the reader; and when it is a table that `mizan score --format csv` did not write.
    pub fn new(name: &str, mut reader: R) -> Result<Self, BadLine> {
        let bad = |message: String| BadLine { place: format!("{name}:1"), message };
        let mut start = Vec::new();
        reader.by_ref().take(3).read_to_end(&mut start).map_err(|error| bad(error.to_string()))?;
        if start == b"\xEF\xBB\xBF" {
            start.clear();
        }
        let mut first =
            start.iter().chain(reader.fill_buf().map_err(|error| bad(error.to_string()))?);
        // A table begins with its first column, `id`; what begins otherwise is the one or the other
        // by its name.
        let is_json = match first.find(|byte| !byte.is_ascii_whitespace()) {
            None | Some(b'{') => true,
            Some(b'i') => false,
            Some(_) => Format::from_name(name) == Some(Format::Jsonl),
        };
        let reader = Cursor::new(start).chain(reader);
        let rows = if is_json {
            Rows::Json { reader, line: 0 }
        } else {
            let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
            let header = csv.headers().map_err(|error| bad(error.to_string()))?;
            let columns = Columns::of(header).ok_or_else(|| bad(NO_SCORES.to_owned()))?;
            Rows::Table { csv, columns }
        };
        Ok(Self { name: name.to_owned(), rows })
    }
}

/// What is said of a line that has no scores.
const NO_SCORES: &str =
    "it is no line of scores: give what `mizan score --format jsonl` (or csv) wrote";

impl<R: BufRead> Iterator for ScoredLines<R> {
    type Item = Result<ScoredArticle, BadLine>;

    fn next(&mut self) -> Option<Self::Item> {
        let (number, found) = match &mut self.rows {
            Rows::End => return None,
            Rows::Json { reader, line } => loop {
                *line += 1;
                match limited_line(&mut *reader) {
                    Ok(None) => return None,
                    Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                    Ok(Some(Ok(bytes))) => break (*line, Ok(of_json(&bytes))),
                    Ok(Some(Err(()))) => {
                        break (*line, Ok(Err("it is longer than 16 MB".to_owned())));
                    }
                    Err(error) => break (*line, Err(error.to_string())),
                }
            },
            Rows::Table { csv, columns } => {
                let mut row = csv::StringRecord::new();
                let line = csv.position().line();
                match csv.read_record(&mut row) {
                    Ok(false) => return None,
                    Ok(true) => (
                        row.position().map_or(line, csv::Position::line),
                        Ok(columns.article(&row)),
                    ),
                    Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                        (line, Ok(Err("it is not UTF-8".to_owned())))
                    }
                    Err(error) => (line, Err(error.to_string())),
                }
            }
        };
        let place = format!("{}:{number}", self.name);
        Some(match found {
            Ok(article) => article.map_err(|message| BadLine { place, message }),
            Err(message) => {
                self.rows = Rows::End;
                Err(BadLine { place, message })
            }
        })
    }
}

/// The article of a JSON line.
fn of_json(line: &[u8]) -> Result<ScoredArticle, String> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("it is no JSON object: {error}"))?;
    let text = |field: &str| object.get(field).and_then(Value::as_str).map(str::to_owned);
    let id = text("id").ok_or(NO_SCORES)?;
    let scores = match object.get("error") {
        Some(message) => Err(message.as_str().unwrap_or("an error without a message").to_owned()),
        None => Ok(scores_of(&object)?),
    };
    let named = |field: &str| text(field).filter(|value| !value.trim().is_empty());
    Ok(ScoredArticle {
        id,
        outlet: named("outlet"),
        date: named("date"),
        event: named("event"),
        scores,
    })
}

fn scores_of(object: &Map<String, Value>) -> Result<Scores, String> {
    let camps = object.iter().filter_map(|(name, value)| {
        Some((name, value.as_object().filter(|camp| camp.contains_key("score"))?))
    });
    let camps: Vec<CampScore> =
        camps.map(|(name, camp)| camp_of(name, camp)).collect::<Result<_, _>>()?;
    let number = |field: &str| object.get(field).and_then(Value::as_f64);
    checked(camps, number("lean"), number("unrelated"))
}

fn camp_of(name: &str, camp: &Map<String, Value>) -> Result<CampScore, String> {
    let words = camp.get("words").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let weighed = |word: &Value| {
        let weight = word.get("weight").and_then(Value::as_f64).filter(|weight| weight.abs() < 1e6);
        Some((word.get("word")?.as_str()?.to_owned(), weight.map(millionths)))
    };
    Ok(CampScore {
        camp: name.to_owned(),
        stance: stance(name, camp.get("stance").and_then(Value::as_str).unwrap_or_default())?,
        score: within(&format!("{name}.score"), camp.get("score").and_then(Value::as_f64), -ONE)?,
        words: words.iter().filter_map(weighed).collect(),
    })
}

fn checked(
    camps: Vec<CampScore>,
    lean: Option<f64>,
    unrelated: Option<f64>,
) -> Result<Scores, String> {
    let camps: [CampScore; 2] = camps.try_into().map_err(|camps: Vec<_>| {
        format!("{NO_SCORES}; it has scores of {} camps, not of two", camps.len())
    })?;
    for CampScore { camp, .. } in &camps {
        if camp.is_empty()
            || !camp
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return Err(format!("{camp:?} is no id of a camp: those are made of a-z, 0-9 and _"));
        }
    }
    let (lean, unrelated) = (within("lean", lean, -ONE)?, within("unrelated", unrelated, 0)?);
    if (2 * lean - (camps[0].score - camps[1].score)).abs() > 2 * ROUNDING {
        let decimal = |number: Millionths| number as f64 / 1e6;
        let [first, second] = &camps;
        return Err(format!(
            "its lean {} is not half of the difference of its scores, {} and {}",
            decimal(lean),
            decimal(first.score),
            decimal(second.score)
        ));
    }
    Ok(Scores { camps, lean, unrelated })
}

fn stance(camp: &str, word: &str) -> Result<Option<Stance>, String> {
    if word == UNCERTAIN {
        return Ok(None);
    }
    let known = Stance::ALL.map(Stance::as_str).join(", ");
    Stance::from_word(word).map(Some).ok_or_else(|| {
        format!("{camp}.stance is {word:?}; the stances are {known} and {UNCERTAIN}")
    })
}

/// The number in millionths, if it is from `least` to one.
fn within(field: &str, number: Option<f64>, least: Millionths) -> Result<Millionths, String> {
    let number = number.ok_or_else(|| format!("{NO_SCORES}; it has no number called {field}"))?;
    let whole = millionths(number);
    if number.is_finite() && (least..=ONE).contains(&whole) {
        Ok(whole)
    } else {
        Err(format!("{field} is {number}; it goes from {} to 1", least / ONE))
    }
}

#[allow(clippy::cast_possible_truncation)] // Out of range, it becomes the end of the range, which every check refuses.
fn millionths(number: f64) -> Millionths {
    (number * 1e6).round() as Millionths
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"a","outlet":"x","date":"2019-04-06","event":"e","lna":{"stance":"favor","score":0.7,"favor":0.8,"neutral":0.1,"against":0.1,"words":[{"word":"الباسلة","weight":1.25}]},"gna":{"stance":"uncertain","score":-0.100001,"words":[],"guess":"neutral","doubt":"d"},"lean":0.400001,"unrelated":0.02,"known":0.9,"reading":{"format":"text"}}"#;

    fn read(text: &str) -> Vec<Result<ScoredArticle, BadLine>> {
        ScoredLines::new("s.jsonl", text.as_bytes()).unwrap().collect()
    }

    #[test]
    fn a_line_comes_back_with_everything_that_a_report_needs() {
        let [Ok(article)] = &read(LINE)[..] else { panic!() };
        assert_eq!(
            (article.id.as_str(), article.outlet.as_deref(), article.event.as_deref()),
            ("a", Some("x"), Some("e"))
        );
        assert_eq!(article.day().unwrap().month(), "2019-04");
        let scores = article.scores.as_ref().unwrap();
        assert_eq!(
            (scores.lean, scores.unrelated, scores.is_related(), scores.is_uncertain()),
            (400_001, 20_000, true, true)
        );
        let [lna, gna] = &scores.camps;
        assert_eq!(
            (lna.camp.as_str(), lna.stance, lna.score),
            ("lna", Some(Stance::Favor), 700_000)
        );
        assert_eq!(lna.words, [("الباسلة".to_owned(), Some(1_250_000))]);
        assert_eq!((gna.camp.as_str(), gna.stance, gna.score), ("gna", None, -100_001));
    }

    #[test]
    fn what_is_no_line_of_scores_is_told_with_its_place_and_the_rest_is_read() {
        for (bad, says) in [
            ("not json".to_owned(), "it is no JSON object"),
            ("[1]".to_owned(), "it is no JSON object"),
            (r#"{"id":"a","text":"نص"}"#.to_owned(), "scores of 0 camps"),
            (r#"{"text":"نص"}"#.to_owned(), "what `mizan score --format jsonl` (or csv) wrote"),
            (LINE.replace("0.7", "7"), "lna.score is 7; it goes from -1 to 1"),
            (
                LINE.replace("\"favor\",\"score\"", "\"for\",\"score\""),
                "the stances are favor, neutral, against, unrelated and uncertain",
            ),
            (LINE.replace("0.400001", "-0.4"), "its lean -0.4 is not half"),
            (LINE.replace("0.400001", "1e300"), "lean is"),
            (
                LINE.replace("\"unrelated\":0.02", "\"unrelated\":null"),
                "no number called unrelated",
            ),
            (LINE.replace("\"gna\"", "\"<b>\""), "no id of a camp"),
        ] {
            let found = read(&format!("{LINE}\n\n{bad}\n{LINE}"));
            let [Ok(_), Err(line), Ok(_)] = &found[..] else { panic!("{bad}: {found:?}") };
            assert!(line.place == "s.jsonl:3" && line.message.contains(says), "{line:?}");
        }
    }

    #[test]
    fn an_article_without_scores_is_kept_with_its_message() {
        let [Ok(article)] = &read(r#"{"id":"a","outlet":"x","error":"it is empty"}"#)[..] else {
            panic!()
        };
        assert_eq!(
            (article.outlet.as_deref(), article.scores.as_ref().unwrap_err().as_str()),
            (Some("x"), "it is empty")
        );
    }

    #[test]
    fn a_table_of_scores_says_the_same() {
        let header = "id,lean,unrelated,lna_stance,lna_score,lna_favor,lna_neutral,lna_against,lna_words,lna_doubt,gna_stance,gna_score,gna_favor,gna_neutral,gna_against,gna_words,gna_doubt,error,outlet,date,event";
        let row = "'=a,0.400001,0.02,favor,0.7,0.8,0.1,0.1,الباسلة؛ فلول,,uncertain,-0.100001,,,,,d,,x,2019-04-06,e";
        let failed = "b,,,,,,,,,,,,,,,,,it is empty,x,,";
        let found = read(&format!("\u{FEFF}{header}\n{row}\nshort\n{failed}\n"));
        let [Ok(article), Err(short), Ok(failed)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(
            (article.id.as_str(), article.outlet.as_deref(), short.place.as_str()),
            ("=a", Some("x"), "s.jsonl:3")
        );
        let scores = article.scores.as_ref().unwrap();
        assert_eq!(
            (scores.lean, scores.camps[0].words.len(), scores.camps[1].stance),
            (400_001, 2, None)
        );
        assert_eq!(failed.scores.as_ref().unwrap_err(), "it is empty");
        assert!(
            ScoredLines::new("t.csv", &b"id,text\n1,x\n"[..])
                .unwrap_err()
                .message
                .contains("mizan score")
        );
    }
}
