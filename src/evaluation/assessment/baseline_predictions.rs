//! Baselines that predict the stances of an article without learning.
//!
//! - *keywords* counts words the way an analyst with a word list would. The list is the framing
//!   lexicon: classes with the sense `praising` count as praise, those with `hostile` as blame; all
//!   others, and words that are part of a camp's name, do not count. Every occurrence in headline
//!   and text, quoted or not, counts for the camp whose name is nearest in the same sentence (of
//!   two equally near, the following one); without a name in the sentence it does not count. More
//!   praise than blame is favor, more blame than praise against, otherwise neutral. An article that
//!   names neither camp is unrelated.
//! - *names*: the camp that is named more often is favored and the other opposed; named equally
//!   often, neutral toward both; an article that names neither is unrelated.
//!
//! Neither has a tuned parameter. Some words of the lexicon were added after reading errors on the
//! labelled set (`src/text/lexicon.toml`), so *keywords* is optimistic there.

use super::N_CAMPS;
use crate::camp::Stance;
use crate::features::framing;
use crate::text::lexicon::{LEXICON, Sense};
use crate::text::{Mention, TextFindings};

/// The predictions of the baselines for an article, in the camps' order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaselinePredictions {
    /// By counts of words of praise and blame.
    pub keywords: [Stance; N_CAMPS],
    /// By counts of names.
    pub names: [Stance; N_CAMPS],
}

impl BaselinePredictions {
    /// Predicts from the findings in headline and text.
    pub fn from_findings(findings: &TextFindings) -> Self {
        let mut named = [0_usize; N_CAMPS];
        for camp in findings.mentions.iter().filter_map(Mention::camp) {
            named[camp] += 1;
        }
        if named == [0; N_CAMPS] {
            return Self {
                keywords: [Stance::Unrelated; N_CAMPS],
                names: [Stance::Unrelated; N_CAMPS],
            };
        }
        let (mut praise, mut blame) = ([0_usize; N_CAMPS], [0_usize; N_CAMPS]);
        framing::each_hit(findings, |hit, _| {
            let about = hit.targets[0].and_then(|target| findings.mentions[target.mention].camp());
            if let Some(camp) = about {
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

    fn predict(text: &str) -> BaselinePredictions {
        let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
        BaselinePredictions::from_findings(
            &TextReader::with_camps(&camps).read_text(text.to_owned()).findings,
        )
    }

    #[test]
    fn keywords_count_for_the_camp_that_they_are_about() {
        assert_eq!(predict("تقدمت ميليشيات السراج نحو المدينة").keywords, [Neutral, Against]);
        assert_eq!(
            predict("وقال إن «ميليشيات السراج» انسحبت").keywords,
            [Neutral, Against],
            "a word list ignores quotation marks"
        );
        assert_eq!(predict("تقدمت ميليشيات السراج. ووصل حفتر").keywords, [Neutral, Against]);
        assert_eq!(
            predict("تقدمت الميليشيات نحو المدينة. ووصل حفتر").keywords,
            [Neutral, Against],
            "the militias are those that the only camp named fights"
        );
        assert_eq!(
            predict("دحر حفتر الباسل العصابات، ووصل السراج").keywords[0],
            Favor,
            "two words of praise, one of blame"
        );
    }

    #[test]
    fn names_are_counted_and_an_article_without_any_is_unrelated() {
        assert_eq!(predict("التقى حفتر السراج ثم غادر حفتر").names, [Favor, Against]);
        assert_eq!(predict("التقى حفتر السراج").names, [Neutral, Neutral]);
        let none = predict("ميليشيات في مدينة بعيدة");
        assert_eq!((none.keywords, none.names), ([Unrelated; 2], [Unrelated; 2]));
    }
}
