//! Who is meant by hostile words in a fight: whoever attacks a camp is not that camp.
//!
//! "The militias attacked the forces of the government in Tripoli" does not speak of that
//! government's militias, whatever the word usually means. So where a hostile description and one
//! camp's name are the two sides of a word of fighting (`fight` in `parties.toml`), it is the other
//! camp. Who attacks the camp that usually has the militias may also be its own quarrelling
//! brigades, so there the text must name the other camp somewhere; else it is a gang.

use std::ops::Range;

use super::{Head, Party, Pattern, Resolver, SpeechWord, ThirdParty};

/// Most words from a description to the word of fighting or the name.
const CLAUSE: usize = 12;

/// Most patterns that are looked at on either side of a description.
const PATTERNS: usize = 8;

/// What begins another clause, unless it is a word of fighting itself.
const BREAKS: SpeechWord = SpeechWord::VERB
    .or(SpeechWord::DEED)
    .or(SpeechWord::THAT)
    .or(SpeechWord::NEW_CLAUSE)
    .or(SpeechWord::NEGATION);

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    /// The camp that a hostile description with this number fights in its clause: that of the
    /// next name on either side, if a word of fighting ties both.
    pub(super) fn fought(&self, number: usize, sentence: &Range<usize>) -> Option<usize> {
        let at = &self.found[number].0;
        let zones = &self.voices.zones;
        let inside = |(tokens, _): &&(Range<usize>, Pattern)| {
            tokens.start >= sentence.start.max(at.start.saturating_sub(CLAUSE))
                && tokens.end <= sentence.end.min(at.end + CLAUSE)
                && zones[tokens.start] == zones[at.start]
        };
        let before = || self.found[..number].iter().rev().take(PATTERNS).take_while(inside);
        let behind = || self.found[number + 1..].iter().take(PATTERNS).take_while(inside);
        let named = |(tokens, pattern): &(Range<usize>, Pattern)| match *pattern {
            Pattern::Name(Party::Camp(camp), _) => Some((tokens.clone(), camp)),
            _ => None,
        };
        let fights: Vec<&Range<usize>> = before()
            .chain(behind())
            .filter(|(_, pattern)| *pattern == Pattern::Fight)
            .map(|(tokens, _)| tokens)
            .collect();
        let fought = |(name, camp): (Range<usize>, usize)| {
            self.is_fight_between(at, &name, &fights).then_some(camp)
        };
        let first = before().find_map(named).and_then(fought);
        let second = behind().find_map(named).and_then(fought);
        if first.is_some() && second.is_some() && first != second {
            return None;
        }
        first.or(second)
    }

    /// Whether a word of fighting stands between two phrases or before both, the first being its
    /// subject, and no other clause begins meanwhile.
    fn is_fight_between(
        &self,
        one: &Range<usize>,
        other: &Range<usize>,
        fights: &[&Range<usize>],
    ) -> bool {
        let (start, end) = (one.start.min(other.start), one.end.max(other.end));
        // "The enemy, and the army calls for …": what "and" joins has no word of fighting between.
        if (self.speech)(one.start.max(other.start)).is(SpeechWord::AND) {
            return false;
        }
        let mut parts: Vec<&Range<usize>> = fights.to_vec();
        let ties = |fight: &&&Range<usize>| {
            let is_between = fight.start >= start && fight.start < end;
            let is_before = fight.end <= start && !self.breaks(fight.end..start, fights);
            is_between || is_before
        };
        let is_fight = fights.iter().any(|fight| ties(&fight));
        parts.extend([one, other]);
        is_fight && !self.breaks(start..end, &parts)
    }

    /// Whether the words of a range, without these parts, begin another clause.
    fn breaks(&self, range: Range<usize>, parts: &[&Range<usize>]) -> bool {
        range.into_iter().any(|at| {
            !parts.iter().any(|part| part.contains(&at))
                && ((self.speech)(at).is(BREAKS) || (self.speech)(at).is(SpeechWord::AND))
        })
    }

    /// Whom a hostile description means by the fight in which it stands.
    pub(super) fn by_fight(&self, head: Head, number: usize) -> Option<Party> {
        if !matches!(head, Head::Militias | Head::Enemy) {
            return None;
        }
        let sentence = self.voices.sentences.get(self.sentence)?;
        let camp = 1 - self.fought(number, sentence)?;
        let is_sure = head == Head::Enemy
            || self.usual.camp_of(Head::Militias) == Some(camp)
            || self.sides.names(camp);
        Some(if is_sure { Party::Camp(camp) } else { Party::Third(ThirdParty::Gang) })
    }
}
