//! Candidates one by one, with a question each.

use std::io::{BufRead, Write};

use super::decided::LexiconFile;
use super::listing::in_line;
use crate::labelling::words::{FramingCandidate, decision};
use crate::labels::lexicon::WordDecision;
use crate::text::isolate::isolated;
use crate::text::lexicon::LEXICON;

/// What can be answered.
const KEYS: &str = "y accept into that class, or the name of another (? lists them) · n refuse · \
                    Enter skip · u undo · q quit";

/// Asks about each candidate and writes every answer at once; says what the lexicon has then.
pub(super) fn ask(
    candidates: &[FramingCandidate],
    set: &LexiconFile,
    mut input: impl BufRead,
    out: &mut impl Write,
) -> anyhow::Result<String> {
    if candidates.is_empty() {
        writeln!(out, "no candidate is left: give more articles, or a smaller --min-count")?;
    } else {
        writeln!(out, "{KEYS}")?;
    }
    let (mut at, mut decided) = (0, Vec::new());
    while let Some(candidate) = candidates.get(at) {
        show(candidate, (at + 1, candidates.len()), out)?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(out)?;
            break;
        }
        match line.trim() {
            "q" | "quit" => break,
            "?" | "h" | "help" => {
                for class in &LEXICON.classes {
                    writeln!(out, "  {:<12} {}", class.name, class.reason)?;
                }
                writeln!(out, "{KEYS}")?;
            }
            "u" | "undo" => match decided.pop() {
                Some(earlier) => {
                    at = earlier;
                    set.decide(&[(candidates[at].word.clone(), None)])?;
                }
                None => writeln!(out, "nothing was decided yet")?,
            },
            "" | "s" | "skip" => at += 1,
            said => match decision(said, candidate.class) {
                Ok(answer) => {
                    set.decide(&[(candidate.word.clone(), answer.clone())])?;
                    match answer {
                        Some(WordDecision::Accepted(class)) => writeln!(out, "  → {class}")?,
                        _ => writeln!(out, "  → refused")?,
                    }
                    decided.push(at);
                    at += 1;
                }
                Err(message) => writeln!(out, "{message}")?,
            },
        }
    }
    set.decide(&[])
}

/// Shows a candidate with its places, and the question.
fn show(
    candidate: &FramingCandidate,
    (number, of): (usize, usize),
    out: &mut impl Write,
) -> std::io::Result<()> {
    writeln!(out, "\n{number} of {of}  {}", isolated(&candidate.word))?;
    writeln!(
        out,
        "  {} times in {} articles, {} in plain news (z {:.1}); in {} of {} sentences beside \
         judging words (G² {:.1})",
        candidate.count,
        candidate.articles,
        candidate.plain,
        candidate.keyness.z,
        candidate.framed,
        candidate.sentences,
        candidate.association
    )?;
    for place in &candidate.contexts {
        writeln!(out, "    {}", isolated(&in_line(place)))?;
    }
    match candidate.class {
        Some(class) => write!(out, "  beside most: {class}  [y/CLASS/n/Enter/u/q/?] ")?,
        None => write!(out, "  [CLASS/n/Enter/u/q/?] ")?,
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::labelling::assets::CAMPS;
    use crate::outlets::log_odds::LogOdds;

    fn candidate(word: &str) -> FramingCandidate {
        FramingCandidate {
            word: word.to_owned(),
            class: Some("criminal"),
            count: 9,
            articles: 8,
            framed: 4,
            sentences: 7,
            plain: 0,
            association: 12.3,
            keyness: LogOdds { log_odds: 1.5, z: 2.5 },
            contexts: Vec::new(),
        }
    }

    fn asked(answers: &str) -> (String, String) {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("camps.toml"), CAMPS).unwrap();
        let set = LexiconFile::new(folder.path()).unwrap();
        let candidates = ["قراصنه", "درع الوطن", "مصدر"].map(candidate);
        let mut out = Vec::new();
        ask(&candidates, &set, answers.as_bytes(), &mut out).unwrap();
        let file = std::fs::read_to_string(folder.path().join("lexicon.toml")).unwrap_or_default();
        (String::from_utf8(out).unwrap(), file)
    }

    #[test]
    fn each_answer_is_written_and_undo_takes_the_last_one_back() {
        let (out, file) = asked("y\nhero\nn\n");
        assert!(out.contains("1 of 3") && out.contains("→ hero") && out.contains("→ refused"));
        assert!(file.contains("[criminal]") && file.contains("[hero]"), "{file}");
        assert!(file.contains("refused = [\n  \"مصدر\",\n]"), "{file}");
        let (out, file) = asked("y\n\nu\nn\nu\nu\nq\n");
        assert!(!file.contains("قراصنه") && !file.contains("refused"), "{file}");
        assert!(out.ends_with("[y/CLASS/n/Enter/u/q/?] "), "{out}");
        // What ended before the last question keeps what was answered.
        assert!(asked("n\n").1.contains("قراصنه"));
    }

    #[test]
    fn an_answer_that_is_none_is_told_and_asked_again() {
        let (out, file) = asked("pirates\n?\nu\nq\n");
        assert!(out.contains("\"pirates\" is no decision"), "{out}");
        assert!(out.contains("nothing was decided yet") && out.matches("1 of 3").count() == 4);
        assert!(out.contains("hostile word for an armed group"), "{out}");
        assert_eq!(file, "");
    }
}
