//! How well texts are read: zones, referents, and targets of framing expressions against the gold
//! set for reading.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::labels::readings::MarkedText;
use crate::text::{AnalyzedText, TextReader, Zone};

/// Counts of right and wrong decisions of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Found and right.
    pub right: usize,
    /// Found by the program.
    pub found: usize,
    /// Marked in the gold set.
    pub marked: usize,
}

impl Hits {
    /// Share of what is found that is right; 0 if nothing is found.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of what is marked that is found; 0 if nothing is marked.
    pub fn recall(self) -> f64 {
        share(self.right, self.marked)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.marked)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.marked += other.marked;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The figures of some texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingFigures {
    /// Number of texts.
    pub texts: usize,
    /// Number of words.
    pub words: usize,
    /// Words of each zone, in the order of [`Zone::ALL`].
    pub zones: [Hits; 4],
    /// Mentions: right if the referent is exactly the marked one (a camp, who helps it, a kind of
    /// third party); found if the program resolves a mention there.
    pub referents: Hits,
    /// The same, as far as scores go: which camp is meant, or neither. A mention that the program
    /// does not resolve is charged to neither camp.
    pub camps: Hits,
    /// Framing expressions: right if target and role are the marked ones; found if the lexicon has
    /// an expression there.
    pub framing: Hits,
    /// The same, the target alone: which camp, or neither.
    pub targets: Hits,
}

impl ReadingFigures {
    fn add(&mut self, other: &Self) {
        self.texts += other.texts;
        self.words += other.words;
        for (sum, more) in self.zones.iter_mut().zip(other.zones) {
            sum.add(more);
        }
        self.referents.add(other.referents);
        self.camps.add(other.camps);
        self.framing.add(other.framing);
        self.targets.add(other.targets);
    }
}

/// Figures of a gold set: of all texts, and by the pattern that texts were written for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingEvaluation {
    /// Of all texts.
    pub all: ReadingFigures,
    /// By pattern.
    pub patterns: BTreeMap<String, ReadingFigures>,
}

/// Reads every text of a gold set and compares.
pub fn evaluate(reader: &TextReader, gold: &[MarkedText]) -> ReadingEvaluation {
    let mut evaluation = ReadingEvaluation::default();
    for marked in gold {
        let figures = compare(reader, marked);
        evaluation.all.add(&figures);
        evaluation.patterns.entry(marked.pattern.clone()).or_default().add(&figures);
    }
    evaluation
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The marked zone of each word.
fn marked_zones(marked: &MarkedText, spans: &[Range<usize>]) -> Vec<Zone> {
    let zone = |span: &Range<usize>| {
        let found = marked.zones.iter().rfind(|(bytes, _)| overlap(bytes, span));
        found.and_then(|(_, name)| Zone::ALL.into_iter().find(|zone| zone.name() == name))
    };
    spans.iter().map(|span| zone(span).unwrap_or_default()).collect()
}

fn compare(reader: &TextReader, marked: &MarkedText) -> ReadingFigures {
    let day = marked.date.as_deref().and_then(|date| date.parse().ok());
    let read = reader.read_dated(marked.text.clone(), day);
    let spans: Vec<Range<usize>> = read.tokens.iter().map(|token| token.span.clone()).collect();
    let mut figures = ReadingFigures { texts: 1, words: spans.len(), ..ReadingFigures::default() };
    for (gold, found) in marked_zones(marked, &spans).into_iter().zip(&read.findings.voices.zones) {
        figures.zones[gold as usize].marked += 1;
        figures.zones[*found as usize].found += 1;
        figures.zones[gold as usize].right += usize::from(gold == *found);
    }
    compare_mentions(&read, marked, &mut figures);
    compare_framing(&read, marked, &mut figures);
    figures
}

/// The camp that a referent of the gold set is or helps; none for third parties.
fn camp_of<'a>(referent: &'a str, camps: &[String]) -> Option<&'a str> {
    let camp = referent.strip_suffix("-ally").unwrap_or(referent);
    camps.iter().any(|id| id == camp).then_some(camp)
}

fn bytes(read: &AnalyzedText, tokens: &Range<usize>) -> Range<usize> {
    read.tokens[tokens.start].span.start..read.tokens[tokens.end - 1].span.end
}

fn compare_mentions(read: &AnalyzedText, marked: &MarkedText, figures: &mut ReadingFigures) {
    for (gold, referent) in &marked.mentions {
        // Nobody can say whom these mean.
        if referent == "unclear" || referent == "both" {
            continue;
        }
        let found =
            read.findings.mentions.iter().filter(|m| overlap(&bytes(read, &m.tokens), gold));
        // The first word of a phrase is its head.
        let named = found.min_by_key(|m| m.tokens.start).map(|m| m.party.name(&read.camps));
        figures.referents.marked += 1;
        figures.referents.found += usize::from(named.is_some());
        figures.referents.right += usize::from(named.as_ref() == Some(referent));
        figures.camps.marked += 1;
        figures.camps.found += 1;
        let camp = named.as_deref().and_then(|name| camp_of(name, &read.camps));
        figures.camps.right += usize::from(camp == camp_of(referent, &read.camps));
    }
}

fn compare_framing(read: &AnalyzedText, marked: &MarkedText, figures: &mut ReadingFigures) {
    let mut expressions: Vec<&Range<usize>> =
        marked.framing.iter().map(|mark| &mark.bytes).collect();
    expressions.sort_by_key(|bytes| (bytes.start, bytes.end));
    expressions.dedup();
    for expression in expressions {
        let gold: Vec<_> = marked
            .framing
            .iter()
            .filter(|mark| {
                mark.bytes == *expression && !matches!(mark.target.as_str(), "unclear" | "both")
            })
            .collect();
        if gold.is_empty() {
            continue;
        }
        figures.framing.marked += 1;
        figures.targets.marked += 1;
        let hits =
            read.findings.hits.iter().filter(|hit| overlap(&bytes(read, &hit.tokens), expression));
        let hits: Vec<_> = hits.collect();
        if hits.is_empty() {
            continue;
        }
        figures.framing.found += 1;
        figures.targets.found += 1;
        let targets: Vec<(String, &str)> = hits
            .iter()
            .flat_map(|hit| hit.targets.into_iter().flatten())
            .map(|target| {
                let party = read.findings.mentions[target.mention].party;
                (party.name(&read.camps), target.role.name())
            })
            .collect();
        let is_right = gold.iter().any(|mark| {
            // About nobody: right if the program finds nobody.
            (mark.target == "none" && targets.is_empty())
                || targets.iter().any(|(name, role)| *name == mark.target && *role == mark.role)
        });
        figures.framing.right += usize::from(is_right);
        let camps = |names: &mut dyn Iterator<Item = &str>| -> Vec<Option<String>> {
            names.map(|name| camp_of(name, &read.camps).map(str::to_owned)).collect()
        };
        let marked_camps = camps(&mut gold.iter().map(|mark| mark.target.as_str()));
        let mut found_camps = camps(&mut targets.iter().map(|(name, _)| name.as_str()));
        if found_camps.is_empty() {
            found_camps.push(None);
        }
        figures.targets.right +=
            usize::from(found_camps.iter().any(|camp| marked_camps.contains(camp)));
    }
}
