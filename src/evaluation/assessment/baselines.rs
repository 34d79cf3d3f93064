//! What needs no model, on the same articles.
//!
//! - *commonest*: always the label that is commonest among these very articles, which flatters it.
//! - *keywords*: what an analyst with a list of words would count. The list is the framing lexicon as it stands: words of praise are those
//!   whose class has the sense `praising`, words of blame those of `hostile`; the others do not count, nor does a word that is part of a
//!   camp's name. Every occurrence in headline and text counts once, quoted or not, for the camp whose name stands nearest in the same
//!   sentence (of two as near, the one that follows); in a sentence that names neither camp it counts for none. More praise than blame is
//!   favor, more blame than praise against, as much of both neutral. An article that names neither camp anywhere is unrelated.
//! - *names*: the camp that is named more often is favored and the other opposed; named equally often, neutral toward both; an article that
//!   names neither is unrelated.
//!
//! No number in them was tuned. Some of the lexicon's words were added after errors on the labelled set had been read
//! (`src/text/lexicon.toml`), so the keywords are flattered there.

use super::tested::{Drawn, Tested, class};
use super::{AVERAGED, CAMPS, CLASSES};
use crate::camp::Stance;
use crate::evaluation::metrics::Confusion;
use crate::evaluation::paired::{Difference, Paired};
use crate::features::framing;
use crate::text::Findings;
use crate::text::lexicon::{LEXICON, Sense};

/// What the baselines that read say of an article, in the camps' order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// By counts of words of praise and blame.
    pub keywords: [Stance; CAMPS],
    /// By counts of names.
    pub names: [Stance; CAMPS],
}

impl Said {
    /// What they say, given what is found in headline and text.
    pub fn of(findings: &Findings) -> Self {
        let mut named = [0_usize; CAMPS];
        for mention in findings.mentions.iter().filter(|mention| mention.strong) {
            named[mention.camp] += 1;
        }
        if named == [0; CAMPS] {
            return Self { keywords: [Stance::Unrelated; CAMPS], names: [Stance::Unrelated; CAMPS] };
        }
        let (mut praise, mut blame) = ([0_usize; CAMPS], [0_usize; CAMPS]);
        framing::each_hit(findings, |hit, mentions| {
            if let Some(camp) = framing::nearest_camp(hit, mentions) {
                match LEXICON.classes[hit.class].sense {
                    Sense::Praising => praise[camp] += 1,
                    Sense::Hostile => blame[camp] += 1,
                    Sense::None => {}
                }
            }
        });
        Self {
            keywords: [0, 1].map(|camp: usize| side(praise[camp], blame[camp])),
            names: [side(named[0], named[1]), side(named[1], named[0])],
        }
    }
}

fn side(pro: usize, contra: usize) -> Stance {
    match pro.cmp(&contra) {
        std::cmp::Ordering::Greater => Stance::Favor,
        std::cmp::Ordering::Equal => Stance::Neutral,
        std::cmp::Ordering::Less => Stance::Against,
    }
}

/// A baseline and how much better the model is: `before` is the baseline, `after` the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Its name.
    pub name: &'static str,
    /// Macro-F1 toward each camp.
    pub camps: [Difference; CAMPS],
    /// The mean over the camps.
    pub mean: Difference,
}

impl Baseline {
    /// Every baseline on these articles.
    pub(super) fn all(tested: &[&Tested], drawn: Drawn) -> Vec<Self> {
        let commonest = [0, 1].map(|camp| {
            let confusion = Confusion::of(CLASSES, tested.iter().map(|article| article.pair(camp)));
            (0..CLASSES).rev().max_by_key(|&label| confusion.labelled(label)).unwrap_or_default()
        });
        let of = |name, says: &dyn Fn(&Tested) -> [usize; CAMPS]| {
            let (camps, mean) = differences(tested, drawn, &|_, article| says(article));
            Self { name, camps, mean }
        };
        vec![
            of("commonest", &|_| commonest),
            of("keywords", &|article| article.said.keywords.map(class)),
            of("names", &|article| article.said.names.map(class)),
        ]
    }
}

/// Macro-F1 of what `before` says of each article, given its position too, and of the model's answers: toward each camp, and on average.
pub(super) fn differences(
    tested: &[&Tested],
    drawn: Drawn,
    before: &dyn Fn(usize, &Tested) -> [usize; CAMPS],
) -> ([Difference; CAMPS], Difference) {
    let pairs = |position: usize, article: &Tested| {
        let before = before(position, article);
        [0, 1].map(|camp: usize| {
            let (label, after) = article.pair(camp);
            Paired { output: camp, label, before: before[camp], after }
        })
    };
    let clusters: Vec<Vec<Paired>> = drawn.clusters(tested, pairs).into_iter().map(|cluster| cluster.concat()).collect();
    let outputs = [0, 1].map(|camp| (camp, CLASSES, AVERAGED));
    let camps = [0, 1].map(|camp: usize| Difference::of(&clusters, &outputs[camp..=camp]));
    (camps, Difference::of(&clusters, &outputs))
}

#[cfg(test)]
mod tests {
    use super::super::tested::tests::tested;
    use super::*;
    use crate::camp::Camps;
    use crate::text::Reader;
    use Stance::{Against, Favor, Neutral, Unrelated};

    fn said(text: &str) -> Said {
        let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
        Said::of(&Reader::of_camps(&camps).read_text(text.to_owned()).findings)
    }

    #[test]
    fn keywords_count_for_the_camp_that_stands_nearest_in_the_sentence() {
        assert_eq!(said("تقدمت ميليشيات السراج نحو المدينة").keywords, [Neutral, Against]);
        assert_eq!(said("وقال إن «ميليشيات السراج» انسحبت").keywords, [Neutral, Against], "a list of words knows no quotation");
        assert_eq!(said("تقدمت ميليشيات السراج. ووصل حفتر").keywords, [Neutral, Against]);
        assert_eq!(said("تقدمت الميليشيات نحو المدينة. ووصل حفتر").keywords, [Neutral, Neutral], "in a sentence that names neither");
        assert_eq!(said("دحر حفتر الباسل العصابات، ووصل السراج").keywords[0], Favor, "two words of praise, one of blame");
    }

    #[test]
    fn names_are_counted_and_an_article_without_any_is_unrelated() {
        assert_eq!(said("التقى حفتر السراج ثم غادر حفتر").names, [Favor, Against]);
        assert_eq!(said("التقى حفتر السراج").names, [Neutral, Neutral]);
        let none = said("ميليشيات في مدينة بعيدة");
        assert_eq!((none.keywords, none.names), ([Unrelated; 2], [Unrelated; 2]));
    }

    #[test]
    fn the_commonest_label_is_of_the_same_articles_and_the_difference_is_the_model_s_gain() {
        let labels = [Favor, Neutral, Neutral, Neutral];
        let articles: Vec<Tested> =
            labels.iter().enumerate().map(|(at, &label)| tested(&at.to_string(), [label; 2], Some([label; 2]))).collect();
        let all: Vec<&Tested> = articles.iter().collect();
        let found = Baseline::all(&all, Drawn::of(&all));
        assert_eq!(found.iter().map(|baseline| baseline.name).collect::<Vec<_>>(), ["commonest", "keywords", "names"]);
        // Always neutral: F1 2 · 3 / 7, the others 0. The model is always right where two classes occur: 2/3.
        let mean = found[0].mean;
        assert!((mean.before.value - 2.0 / 7.0).abs() < 1e-12 && (mean.after.value - 2.0 / 3.0).abs() < 1e-12);
        assert!((mean.difference.value - (2.0 / 3.0 - 2.0 / 7.0)).abs() < 1e-12 && mean.difference.interval.0 >= 0.0);
    }
}
