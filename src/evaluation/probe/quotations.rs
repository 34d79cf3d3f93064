//! The quotations probe: what is quoted or told as somebody else's is left out, and with it the
//! names and the words of praise and blame that stand in it. A stance is that of the article's own
//! voice, so nothing should move; what moves a score is that quoted names tell which camp an
//! article speaks of, and quoted words whether it is about the conflict.

use super::{
    Finding, Subjects, TOLERATED, Weighed, distances, mean, mean_share, measure, movers, percent,
    share_of_most,
};
use crate::camp::Stance;
use crate::model::Model;
use crate::scoring::MIN_WORDS;
use crate::text::{AnalyzedText, LexiconHit, Mention, TextFindings, TokenKind, Voices};

/// The quotations probe. A text of which fewer words are left than are weighed is left out.
pub fn probe(subjects: &Subjects) -> Finding {
    let after: Vec<Option<Weighed>> =
        subjects.each(|at| weigh(subjects.model(at), &own_voice(subjects.read(at))?));
    let moved = |at: usize| Some(distances(subjects.weighed(at), after[at]?));
    let changed = |at: usize| {
        let (before, after) = (subjects.weighed(at).stances, after[at]?.stances);
        Some(std::array::from_fn(|camp| f64::from(u8::from(before[camp] != after[camp]))))
    };
    let measures = vec![
        measure(("mean", "mean movement"), subjects, moved, mean_share),
        measure(("p95", "95th percentile"), subjects, moved, share_of_most),
        measure(("stances_changed", "stances that change"), subjects, changed, mean),
    ];
    // Many scores may stay while a few stances tip over, so neither may be more.
    let holds = measures[0].value <= TOLERATED && measures[2].value <= TOLERATED;
    let means = if holds {
        "it judges the own voice"
    } else {
        "that is more than a fifth: it judges what others say"
    };
    let says = format!(
        "Without quoted and attributed speech, scores move by {} of their spread and {} of the stances change: {means}.",
        percent(measures[0].value),
        percent(measures[2].value)
    );
    Finding {
        probe: "quotations",
        measures,
        holds,
        says,
        movers: movers(subjects, |at| after[at], moved),
    }
}

/// What is left of a text without the words of others; `None` where there are none of these.
/// Sentences stay apart as they were.
fn own_voice(read: &AnalyzedText) -> Option<AnalyzedText> {
    let own = &read.findings.voices.own;
    if own.iter().all(|own| *own) {
        return None;
    }
    // Of each token: how many own ones stand before it.
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
    let mentions = findings.mentions.iter().filter(|mention| whole(&mention.tokens));
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
            voices: Voices { sentences, own: vec![true; before[own.len()]] },
            mentions: mentions
                .map(|mention| Mention { tokens: place(&mention.tokens), ..mention.clone() })
                .collect(),
            hits: hits
                .map(|hit| LexiconHit { tokens: place(&hit.tokens), class: hit.class })
                .collect(),
        },
        camps: read.camps.clone(),
    })
}

/// What a model says of a read text, as [`crate::scoring::Scorer`] would.
fn weigh(model: &Model, read: &AnalyzedText) -> Option<Weighed> {
    let arabic = read.tokens.iter().filter(|token| token.kind == TokenKind::Arabic).count();
    let row = model.extractor().row(read);
    if arabic < MIN_WORDS || row.is_empty() {
        return None;
    }
    let probabilities = model.row_probabilities(&row);
    let decided = model.task().decide(model.decisions(), &probabilities);
    let of =
        |camp: usize| (probabilities[camp][0] - probabilities[camp][2], Stance::ALL[decided[camp]]);
    let [(first, one), (second, other)] = [of(0), of(1)];
    Some(Weighed { scores: [first, second], stances: [one, other] })
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
        assert_eq!(words(&after), "التقى حفتر وفدا أمس وقال السراج وعاد الوفد مساء");
        assert_eq!(after.findings.voices.sentences, [0..4, 4..6, 6..9]);
        let camps = |read: &AnalyzedText| {
            read.findings
                .mentions
                .iter()
                .map(|mention| (mention.camp, mention.tokens.start))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (camps(&before), camps(&after)),
            (vec![(0, 1), (1, 5), (0, 8)], vec![(0, 1), (1, 5)])
        );
        assert_eq!((before.findings.hits.len(), after.findings.hits.len()), (1, 0));
        assert_eq!(own_voice(&after), None);
    }

    #[test]
    fn a_text_is_weighed_as_the_scorer_does() {
        let model = Model::embedded().unwrap();
        let text = "دخلت القوات المسلحة الباسلة أحياء المدينة فجر اليوم بعد أن طهرتها من فلول الإرهابيين وميليشيات السراج";
        let verdict = Scorer::new(model.clone())
            .unwrap()
            .score(&Article { text: text.to_owned(), ..Article::default() })
            .unwrap();
        assert_eq!(weigh(&model, &read(text)), Some(Weighed::from(verdict)));
        assert_eq!(weigh(&model, &read("خبر عاجل من طرابلس")), None);
    }
}
