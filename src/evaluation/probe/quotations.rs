//! The quotations probe: quoted and attributed speech is removed, together with the names and the
//! words of praise and blame in it. The stance is that of the article's own voice, so no score
//! should move. Scores do move if quoted names tell the model which camp an article is about, or
//! quoted words whether it is about the conflict.

use super::metric::{mean, mean_share, p95_share};
use super::{
    MAX_SHARE, Probe, ProbeMetric, ProbeMetricKind as Kind, ProbeResult, ProbeSet, StanceScores,
    distances, shifts,
};
use crate::camp::Stance;
use crate::model::Model;
use crate::scoring::MIN_WORDS;
use crate::text::{
    AnalyzedText, LexiconHit, Mention, Target, TextFindings, TokenKind, Voices, Zone,
};

/// Runs the quotations probe. Articles with too few words left to be scored are skipped.
pub(super) fn run(set: &ProbeSet) -> ProbeResult {
    let after: Vec<Option<StanceScores>> =
        set.map(|at| score(set.model(at), &own_voice(set.text(at))?));
    let shift = |at: usize| Some(distances(set.scores(at), after[at]?));
    let changed = |at: usize| {
        let (before, after) = (set.scores(at).stances, after[at]?.stances);
        Some(std::array::from_fn(|camp| f64::from(u8::from(before[camp] != after[camp]))))
    };
    let metrics = vec![
        ProbeMetric::of_shifts(Kind::QuotationShare, set, shift, mean_share),
        ProbeMetric::of_shifts(Kind::QuotationShareP95, set, shift, p95_share),
        ProbeMetric::of_shifts(Kind::StancesChanged, set, changed, mean),
    ];
    ProbeResult {
        probe: Probe::Quotations,
        // Most scores may stay while a few stances flip, so both are limited.
        holds: metrics[0].value <= MAX_SHARE && metrics[2].value <= MAX_SHARE,
        metrics,
        shifts: shifts(set, |at| after[at], shift),
    }
}

/// The text without the words of others; `None` if it has none. Sentence boundaries stay.
fn own_voice(read: &AnalyzedText) -> Option<AnalyzedText> {
    let own = &read.findings.voices.own;
    if own.iter().all(|own| *own) {
        return None;
    }
    // For each token, the number of own-voice tokens before it.
    let mut before = Vec::with_capacity(own.len() + 1);
    before.push(0);
    for own in own {
        before.push(before[before.len() - 1] + usize::from(*own));
    }
    let place = |tokens: &std::ops::Range<usize>| before[tokens.start]..before[tokens.end];
    let whole = |tokens: &std::ops::Range<usize>| own[tokens.clone()].iter().all(|own| *own);
    let findings = &read.findings;
    let sentences = findings
        .voices
        .sentences
        .iter()
        .map(place)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let is_kept: Vec<bool> =
        findings.mentions.iter().map(|mention| whole(&mention.tokens)).collect();
    let mentions = findings.mentions.iter().zip(&is_kept).filter(|(_, kept)| **kept);
    // The number that a mention has among those that are kept.
    let renumbered = |target: Target| {
        is_kept[target.mention].then(|| Target {
            mention: is_kept[..target.mention].iter().filter(|kept| **kept).count(),
            ..target
        })
    };
    let hits = findings.hits.iter().filter(|hit| whole(&hit.tokens));
    Some(AnalyzedText {
        text: read.text.clone(),
        tokens: read
            .tokens
            .iter()
            .zip(own)
            .filter(|(_, own)| **own)
            .map(|(token, _)| token.clone())
            .collect(),
        findings: TextFindings {
            voices: Voices {
                sentences,
                zones: vec![Zone::Own; before[own.len()]],
                own: vec![true; before[own.len()]],
            },
            mentions: mentions
                .map(|(mention, _)| Mention { tokens: place(&mention.tokens), ..mention.clone() })
                .collect(),
            hits: hits
                .map(|hit| LexiconHit {
                    tokens: place(&hit.tokens),
                    class: hit.class,
                    targets: hit.targets.map(|target| target.and_then(renumbered)),
                })
                .collect(),
            on_topic: findings.on_topic,
        },
        camps: read.camps.clone(),
    })
}

/// Scores an analyzed text the way [`crate::scoring::Scorer`] scores an article.
fn score(model: &Model, read: &AnalyzedText) -> Option<StanceScores> {
    let arabic = read.tokens.iter().filter(|token| token.kind == TokenKind::Arabic).count();
    let row = model.extractor().row(read);
    if arabic < MIN_WORDS || row.is_empty() {
        return None;
    }
    let probabilities = model.row_probabilities(&row, read.findings.on_topic);
    let decided = model.task().decide(model.decisions(), &probabilities);
    let of =
        |camp: usize| (probabilities[camp][0] - probabilities[camp][2], Stance::ALL[decided[camp]]);
    let [(first, one), (second, other)] = [of(0), of(1)];
    Some(StanceScores { scores: [first, second], stances: [one, other] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::camp::Camps;
    use crate::scoring::Scorer;
    use crate::text::TextReader;

    fn read(text: &str) -> AnalyzedText {
        let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
        TextReader::with_camps(&camps).read_text(text.to_owned())
    }

    #[test]
    fn what_others_say_goes_with_the_names_and_the_blame_in_it() {
        let before =
            read("التقى حفتر وفدا أمس. وقال السراج إن ميليشيات حفتر هربت. وعاد الوفد مساء");
        let after = own_voice(&before).unwrap();
        let words = |read: &AnalyzedText| {
            read.tokens
                .iter()
                .map(|token| &read.text[token.span.clone()])
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(words(&after), "التقى حفتر وفدا أمس وقال السراج إن وعاد الوفد مساء");
        assert_eq!(after.findings.voices.sentences, [0..4, 4..7, 7..10]);
        let camps = |read: &AnalyzedText| {
            read.findings
                .mentions
                .iter()
                .map(|mention| (mention.party.camp(), mention.tokens.start))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (camps(&before), camps(&after)),
            (vec![(Some(0), 1), (Some(1), 5), (Some(0), 7)], vec![(Some(0), 1), (Some(1), 5)])
        );
        assert_eq!((before.findings.hits.len(), after.findings.hits.len()), (1, 0));
        assert_eq!(own_voice(&after), None);
    }

    #[test]
    fn a_text_is_scored_as_the_scorer_does() {
        let model = Model::embedded().unwrap();
        let text = "دخلت القوات المسلحة الباسلة أحياء المدينة فجر اليوم بعد أن طهرتها من فلول الإرهابيين وميليشيات السراج";
        let verdict = Scorer::new(model.clone())
            .unwrap()
            .score(&Article { text: text.to_owned(), ..Article::default() })
            .unwrap();
        assert_eq!(score(&model, &read(text)), Some(StanceScores::from(&verdict)));
        assert_eq!(score(&model, &read("خبر عاجل من طرابلس")), None);
    }
}
