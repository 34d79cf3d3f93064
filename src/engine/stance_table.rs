//! Loading stances toward the two camps from tables and dumps: a column for each camp, or one of
//! stances and one of their targets. What does not fit is told, row by row, and left out.

use std::collections::BTreeMap;

use super::data_set::{DataSetError, each_record, note_row};
use super::diagnostic::{Diagnostic, row};
use super::row_ids::RowIds;
use super::source::Source;
use crate::article::Article;
use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};
use crate::intake::IntakeOptions;
use crate::labels::LabelledSet;
use crate::labels::spelling::{self, CellLabel};
use crate::labels::stance_words::{self, ACCEPTED, CampWords};

/// The fields that hold stances.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StanceFields {
    /// A field for each camp, in the camps' order.
    ByCamp([String; 2]),
    /// A field of the stance and one of the camp that it is about; an article has a row for each.
    ByTarget {
        /// The stance.
        stance: String,
        /// The camp: its id, or a name of it.
        target: String,
    },
}

/// What was read of one article.
#[derive(Debug)]
struct Row {
    article: Article,
    /// Its file and line.
    place: String,
    stances: [Option<Stance>; 2],
    is_left_out: bool,
}

/// Reads texts with a stance toward each camp, as a labelled set without rationales. Rows that
/// cannot be read or understood, and articles whose labels contradict each other or that lack one,
/// are reported to `diagnose` and left out.
///
/// # Errors
/// When a source cannot be read.
pub fn read_stances(
    sources: &[Source],
    fields: &StanceFields,
    camps: &Camps,
    mut intake: IntakeOptions,
    mut diagnose: impl FnMut(Diagnostic),
) -> Result<LabelledSet, DataSetError> {
    intake.fields.kept = match fields {
        StanceFields::ByCamp(names) => names.to_vec(),
        StanceFields::ByTarget { stance, target } => vec![stance.clone(), target.clone()],
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut by_text: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    let words = CampWords::new(camps);
    each_record(sources, &intake, &mut diagnose, |article, kept, place| {
        let stances = match stances(&kept, fields, (camps, &words)) {
            Ok(stances) => stances,
            Err(reason) => {
                return Some(Diagnostic::LabelLeftOut { id: article.id, place, reason });
            }
        };
        let hash = *blake3::hash(article.full_text().as_bytes()).as_bytes();
        if let Some(&at) = by_text.get(&hash) {
            let reason = match rows[at].join(stances, camps) {
                Err(reason) => reason,
                // A text has one row for each camp there.
                Ok(()) if matches!(fields, StanceFields::ByTarget { .. }) => return None,
                Ok(()) => format!("the text and the labels of {}, again", rows[at].called()),
            };
            return Some(Diagnostic::LabelLeftOut { id: article.id, place, reason });
        }
        by_text.insert(hash, rows.len());
        rows.push(Row { article, place, stances, is_left_out: false });
        None
    })?;
    let mut labelled = Vec::new();
    let mut ids = RowIds::default();
    let mut named = BTreeMap::new();
    for Row { mut article, place, stances, is_left_out } in rows {
        let [Some(first), Some(second)] = stances else {
            let lacks = camps.ids()[usize::from(stances[0].is_some())];
            let reason = format!("it has no stance toward {lacks}");
            diagnose(Diagnostic::LabelLeftOut { id: article.id, place, reason });
            continue;
        };
        if is_left_out {
            let reason = "another row gives the same text another stance".to_owned();
            diagnose(Diagnostic::LabelLeftOut { id: article.id, place, reason });
            continue;
        }
        let reason = "one camp is unrelated and the other is not".to_owned();
        if (first == Stance::Unrelated) != (second == Stance::Unrelated) {
            diagnose(Diagnostic::LabelLeftOut { id: article.id, place, reason });
            continue;
        }
        article.id = ids.distinct(&article.id);
        note_row(&mut named, &article.id, place);
        labelled.push((article, [first, second]));
    }
    ids.told().into_iter().for_each(&mut diagnose);
    Ok(LabelledSet { rows: named, ..LabelledSet::from_stances(camps.clone(), labelled) })
}

impl Row {
    /// Its id and its place.
    fn called(&self) -> String {
        row(&self.article.id, &self.place)
    }

    /// Adds what another row says of the same text.
    fn join(&mut self, stances: [Option<Stance>; 2], camps: &Camps) -> Result<(), String> {
        for (camp, id) in camps.ids().into_iter().enumerate() {
            match (self.stances[camp], stances[camp]) {
                (Some(one), Some(other)) if one != other => {
                    self.is_left_out = true;
                    return Err(format!(
                        "the same text is {one} toward {id} as {}, and {other} here: both are left \
                         out; keep one",
                        self.called()
                    ));
                }
                (one, other) => self.stances[camp] = one.or(other),
            }
        }
        Ok(())
    }
}

/// The stances that a row gives.
fn stances(
    kept: &[Option<String>],
    fields: &StanceFields,
    (camps, words): (&Camps, &CampWords),
) -> Result<[Option<Stance>; 2], String> {
    let cell = |at: usize, field: &str| match spelling::label(
        kept.get(at).and_then(Option::as_deref).unwrap_or_default(),
    ) {
        CellLabel::None => Ok(None),
        CellLabel::One(label) => Ok(Some(label)),
        CellLabel::Several(labels) => {
            Err(format!("several labels in field {} ({})", quoted(field), labels.join(", ")))
        }
    };
    let stance = |at: usize, field: &str| {
        let Some(label) = cell(at, field)? else { return Ok(None) };
        let known = stance_words::stance(&label);
        known.map(Some).ok_or_else(|| {
            let meant = stance_words::nearest(&label).map_or_else(String::new, |nearest| {
                format!(" (did you mean {}?)", quoted(nearest))
            });
            format!(
                "field {}: unknown label {}{meant}; write the stance alone: {ACCEPTED}",
                quoted(field),
                quoted(&label)
            )
        })
    };
    match fields {
        StanceFields::ByCamp([first, second]) => {
            let stances = [stance(0, first)?, stance(1, second)?];
            match stances {
                [None, None] => {
                    Err(format!("no label in fields {} and {}", quoted(first), quoted(second)))
                }
                // What is about neither camp is said once as well as twice.
                [Some(Stance::Unrelated), None] | [None, Some(Stance::Unrelated)] => {
                    Ok([Some(Stance::Unrelated); 2])
                }
                stances => Ok(stances),
            }
        }
        StanceFields::ByTarget { stance: field, target } => {
            let Some(label) = stance(0, field)? else {
                return Err(format!("no label in field {}", quoted(field)));
            };
            if label == Stance::Unrelated {
                return Ok([Some(label); 2]);
            }
            let named = cell(1, target)?.unwrap_or_default();
            let camp = words.camp(&named).ok_or_else(|| {
                let [first, second] = camps.ids();
                format!(
                    "field {}: {} is neither {first} nor {second}, nor a name of only one of them \
                     in camps.toml",
                    quoted(target),
                    quoted(&named)
                )
            })?;
            let mut stances = [None; 2];
            stances[camp] = Some(label);
            Ok(stances)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMPS: &str = include_str!("../../labeled/camps.toml");

    fn read(table: &str, fields: &StanceFields) -> (Vec<String>, Vec<String>) {
        let camps = Camps::from_toml(CAMPS).unwrap();
        let sources = [Source::from_reader("t.csv", std::io::Cursor::new(table.to_owned()))];
        let mut told = Vec::new();
        let options = IntakeOptions::default();
        let set = read_stances(&sources, fields, &camps, options, |diagnostic| {
            told.push(diagnostic.to_string());
        })
        .unwrap();
        let of = |one: &crate::labels::LabelledArticle| {
            format!("{} {} {}", one.article.id, one.stances[0], one.stances[1])
        };
        (set.articles.iter().map(of).collect(), told)
    }

    #[test]
    fn stances_are_read_however_they_are_written_and_the_rest_is_told() {
        let table = "ID,text,LNA,GNA\n1,نص أول, Favor ,محايد\n2,نص ثان,معارضة,NEUTRAL\n\
            3,نص ثالث,unrelated,\n4,نص رابع,maybe,favor\n5,نص خامس,favor,\n6,نص أول,against,محايد\n\
            7,نص ثان,against,neutral\n2,نص سابع,مع,ضد\n";
        let fields = StanceFields::ByCamp(["LNA".to_owned(), "GNA".to_owned()]);
        let (rows, told) = read(table, &fields);
        let expected =
            ["2 against neutral", "2#2 favor against", "3 unrelated unrelated"].map(str::to_owned);
        assert_eq!(rows, expected);
        assert_eq!(told.len(), 6, "{told:?}");
        for (told, says) in told.iter().zip([
            "4 in t.csv:5: field \"LNA\": unknown label \"maybe\"",
            "6 in t.csv:7: the same text is favor toward lna as 1 in t.csv:2, and against here",
            "7 in t.csv:8: the text and the labels of 2 in t.csv:3, again",
            "1 in t.csv:2: another row gives the same text another stance",
            "5 in t.csv:6: it has no stance toward gna",
            "1 row has an id that another text has, too, and a number was added to it (2#2)",
        ]) {
            assert!(told.contains(says), "{told}");
        }
    }

    #[test]
    fn one_column_of_stances_and_one_of_targets_are_joined_by_text() {
        let table = "id,text,stance,target\na,نص أول,pro,LNA\na,نص أول,Against,حكومة الوفاق\n\
            b,نص ثان,unrelated,\nc,نص ثالث,favor,NATO\n";
        let stance = "stance".to_owned();
        let (rows, told) =
            read(table, &StanceFields::ByTarget { stance, target: "target".to_owned() });
        assert_eq!(rows, ["a favor against", "b unrelated unrelated"]);
        assert!(told[0].contains("\"NATO\" is neither lna nor gna"), "{told:?}");
    }
}
