//! What `train` trains on: a labelled set, stances in a table, or labels of any kind.

use std::path::Path;

use anyhow::bail;

use super::topic::{CampsOf, check_on_topic};
use super::{Settling, TrainArgs};
use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::commands::outputs::Outputs;
use crate::commands::{labelled, shipped, terminal};
use crate::labelling::assets::CAMPS;
use crate::labels::agreement;
use crate::labels::lexicon::LEXICON_FILE;
use crate::labels::{LabelAggregation, LabelledSet};
use crate::output::table;
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;
use crate::text::{TextReader, TokenKind};
use crate::training::TrainingSet;

/// Tells which kinds of label are missing: the model never gives them.
pub fn tell_missing(set: &TrainingSet) {
    for (class, output) in set.missing() {
        let but = if class == Stance::Unrelated.as_str() {
            ", unless an article names nothing that only the country has"
        } else {
            ""
        };
        terminal::tell(&format!(
            "no text is labelled {class} toward {output}: the model never says so{but}"
        ));
    }
}

/// Tells what is trained on besides the user's own articles, and what is measured.
pub fn tell_own(set: &TrainingSet, options: &TrainArgs) {
    if let (Some(own), Some(with)) = (&set.own, &options.with) {
        let n_own = own.is_own.iter().filter(|is_own| **is_own).count();
        terminal::tell(&format!(
            "{n_own} articles of yours, each {} times, and {} of {}; held-out figures are \
             those of yours alone",
            own.weight,
            set.n_articles() - n_own,
            with.display()
        ));
    }
}

/// Tells how many words the set's `lexicon.toml` adds to the lexicon.
pub fn tell_words(set: &TrainingSet) {
    let n_words = set.text.own_words.len();
    if n_words > 0 {
        let words = counted(n_words, "word");
        terminal::tell(&format!("{words} of {LEXICON_FILE} added to the lexicon"));
    }
}

/// What to train on.
pub struct Given {
    /// The articles.
    pub set: TrainingSet,
    /// The articles of the set, in its order; empty if the labels are not stances.
    pub articles: Vec<Article>,
    /// How many rows of a table are left out.
    pub n_left_out: usize,
    /// Lines on the agreement of the annotators; none if one person labelled.
    pub agreement: Vec<String>,
}

/// Reads what the options name.
pub fn given(options: &TrainArgs) -> anyhow::Result<Given> {
    if options.any.from.is_empty() {
        let aggregation = match options.annotators {
            Settling::Majority => LabelAggregation::Majority,
            Settling::Latest => LabelAggregation::Latest,
        };
        let labelled = labelled::read(&options.labeled, aggregation)?;
        check_on_topic(&labelled, CampsOf::Set)?;
        let agreement = agreement::overall(&labelled)
            .map_or_else(Vec::new, |overall| table::agreement_lines(&overall));
        return with_companion(labelled, agreement, options);
    }
    if options.output.is_none() {
        bail!("say where the model goes: --output m.safetensors");
    }
    if let Some(fields) = options.stances.fields(options.any.target_field.as_ref()) {
        let camps = Camps::from_toml(CAMPS)?;
        let outputs = Outputs::new(options.output.as_deref());
        let (paths, intake) = (&options.any.from, options.intake.options());
        let read = labelled::read_stances(paths, &fields, &camps, intake, &outputs)?;
        let (labelled, n_foreign) = in_arabic(read.labelled);
        check_on_topic(&labelled, CampsOf::Program)?;
        let given = with_companion(labelled, Vec::new(), options)?;
        return Ok(Given { n_left_out: read.n_left_out + n_foreign, ..given });
    }
    if options.with.is_some() {
        bail!("--with adds stances toward two camps: say which fields have them (--lna-field …)");
    }
    let table = labelled::read_table(
        &options.any,
        options.intake.options(),
        &Outputs::new(options.output.as_deref()),
    )?;
    Ok(Given {
        set: TrainingSet::from_table(&table.labelled),
        articles: Vec::new(),
        n_left_out: table.n_left_out,
        agreement: Vec::new(),
    })
}

/// Most articles that are named.
const MAX_NAMED: usize = 5;

/// The articles of a table that are in Arabic, as a model scores no others, and how many are not,
/// which is told.
fn in_arabic(mut set: LabelledSet) -> (LabelledSet, usize) {
    let reader = TextReader::plain();
    let is_arabic = |article: &Article| {
        let words = reader.read(&article.full_text()).into_iter().map(|token| token.kind);
        let words: Vec<TokenKind> = words.filter(|kind| *kind != TokenKind::Number).collect();
        2 * words.iter().filter(|kind| **kind == TokenKind::Arabic).count() >= words.len()
    };
    let articles = std::mem::take(&mut set.articles).into_iter();
    let (arabic, foreign): (Vec<_>, Vec<_>) = articles.partition(|one| is_arabic(&one.article));
    if foreign.is_empty() {
        return (LabelledSet { articles: arabic, ..set }, 0);
    }
    let called = |id: &String| plain(set.rows.get(id).unwrap_or(id));
    let named = foreign.iter().take(MAX_NAMED).map(|one| called(&one.article.id));
    let mut named: Vec<String> = named.collect();
    if foreign.len() > named.len() {
        named.push(format!("{} more", foreign.len() - named.len()));
    }
    terminal::tell(&format!(
        "{} not in Arabic, which is what mizan reads, left out: {}",
        counted(foreign.len(), "article"),
        listed(&named)
    ));
    let stances = arabic.into_iter().map(|one| (one.article, one.stances)).collect();
    let kept = LabelledSet::from_stances(set.camps, stances);
    (LabelledSet { rows: set.rows, ..kept }, foreign.len())
}

/// Stances, together with those of another set where one is asked for.
fn with_companion(
    labelled: LabelledSet,
    agreement: Vec<String>,
    options: &TrainArgs,
) -> anyhow::Result<Given> {
    let (set, labelled) = match &options.with {
        None => (TrainingSet::from_labelled_set(&labelled), labelled),
        Some(with) => {
            let other = if with == Path::new("default") {
                shipped::read()?
            } else {
                labelled::read(with, LabelAggregation::Majority)?
            };
            if other.camps.ids() != labelled.camps.ids() {
                bail!("--with {}: its camps are not those of your set", with.display());
            }
            TrainingSet::with_companion(&labelled, &other, options.weight.fixed())
        }
    };
    Ok(Given {
        set,
        n_left_out: 0,
        agreement,
        articles: labelled.articles.into_iter().map(|labelled| labelled.article).collect(),
    })
}
