//! What can be said of an article without learning.
//!
//! - *keywords*: what an analyst with a list of words would count. The list is the framing lexicon
//!   as it stands: words of praise are those whose class has the sense `praising`, words of blame
//!   those of `hostile`; the others do not count, nor does a word that is part of a camp's name.
//!   Every occurrence in headline and text counts once, quoted or not, for the camp whose name
//!   stands nearest in the same sentence (of two as near, the one that follows); in a sentence that
//!   names neither camp it counts for none. More praise than blame is favor, more blame than praise
//!   against, as much of both neutral. An article that names neither camp anywhere is unrelated.
//! - *names*: the camp that is named more often is favored and the other opposed; named equally
//!   often, neutral toward both; an article that names neither is unrelated.
//!
//! No number in them was tuned. Some of the lexicon's words were added after errors on the labelled
//! set had been read (`src/text/lexicon.toml`), so the keywords are flattered there.

use super::CAMPS;
use crate::camp::Stance;
use crate::features::framing;
use crate::text::TextFindings;
use crate::text::lexicon::{LEXICON, Sense};

/// What the baselines that read say of an article, in the camps' order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaselinePredictions {
    /// By counts of words of praise and blame.
    pub keywords: [Stance; CAMPS],
    /// By counts of names.
    pub names: [Stance; CAMPS],
}

impl BaselinePredictions {
    /// What they say, given what is found in headline and text.
    pub fn of(findings: &TextFindings) -> Self {
        let mut named = [0_usize; CAMPS];
        for mention in findings.mentions.iter().filter(|mention| mention.strong) {
            named[mention.camp] += 1;
        }
        if named == [0; CAMPS] {
            return Self {
                keywords: [Stance::Unrelated; CAMPS],
                names: [Stance::Unrelated; CAMPS],
            };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::text::TextReader;
    use Stance::{Against, Favor, Neutral, Unrelated};

    fn said(text: &str) -> BaselinePredictions {
        let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
        BaselinePredictions::of(&TextReader::with_camps(&camps).read_text(text.to_owned()).findings)
    }

    #[test]
    fn keywords_count_for_the_camp_that_stands_nearest_in_the_sentence() {
        assert_eq!(said("تقدمت ميليشيات السراج نحو المدينة").keywords, [Neutral, Against]);
        assert_eq!(
            said("وقال إن «ميليشيات السراج» انسحبت").keywords,
            [Neutral, Against],
            "a list of words knows no quotation"
        );
        assert_eq!(said("تقدمت ميليشيات السراج. ووصل حفتر").keywords, [Neutral, Against]);
        assert_eq!(
            said("تقدمت الميليشيات نحو المدينة. ووصل حفتر").keywords,
            [Neutral, Neutral],
            "in a sentence that names neither"
        );
        assert_eq!(
            said("دحر حفتر الباسل العصابات، ووصل السراج").keywords[0],
            Favor,
            "two words of praise, one of blame"
        );
    }

    #[test]
    fn names_are_counted_and_an_article_without_any_is_unrelated() {
        assert_eq!(said("التقى حفتر السراج ثم غادر حفتر").names, [Favor, Against]);
        assert_eq!(said("التقى حفتر السراج").names, [Neutral, Neutral]);
        let none = said("ميليشيات في مدينة بعيدة");
        assert_eq!((none.keywords, none.names), ([Unrelated; 2], [Unrelated; 2]));
    }
}
