//! What of a mail is not its own text: the mail that it answers, and the signature below it.

use super::boilerplate::Removal;
use crate::article::Article;
use crate::text::script::is_invisible;

/// Ends of the line above what a mail answers: `On …, A wrote:`.
const ATTRIBUTIONS: [&str; 8] =
    ["wrote", "كتب", "كتبت", "كتبوا", "كتابة ما يلي", "كتب ما يلي", "a écrit", "schrieb"];

/// Words with which such a line begins, where mail programs broke it in two or three.
const BEGINNINGS: [&str; 6] = ["On ", "في ", "بتاريخ ", "يوم ", "Le ", "Am "];
const MAX_BROKEN: usize = 3;

/// Words of the line above a mail that is answered whole, without marks before its lines.
const ANSWERED: [&str; 4] = ["original message", "الرسالة الأصلية", "الرسالة الاصلية", "رسالة أصلية"];

/// Most lines of a signature.
const MAX_SIGNATURE: usize = 15;

/// Fewest words that a mail says itself, if what it answers is taken out.
const MIN_OWN: usize = 5;

const SIGNATURE: (&str, &str) = ("mail-signature", "signature of the mail");
const ANSWER: (&str, &str) = ("mail-answered", "mail that this one answers");

/// Takes what is not a mail's own out of it.
pub(super) fn take(mail: &mut Article) -> Vec<Removal> {
    own(&mail.text).map_or_else(Vec::new, |(text, removals)| {
        mail.text = text;
        removals
    })
}

/// The mail's own text, whose lines stay where they are, and what was taken out. A mail that says
/// hardly anything itself stays as it is.
fn own(text: &str) -> Option<(String, Vec<Removal>)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut rules: Vec<Option<(&str, &str)>> = vec![None; lines.len()];
    mark_answered(&lines, &mut rules);
    mark_signature(&lines, &mut rules);
    let own = lines.iter().zip(&rules).filter(|(_, rule)| rule.is_none());
    let n_own: usize = own.clone().map(|(line, _)| words(line)).sum();
    if n_own < MIN_OWN || rules.iter().all(Option::is_none) {
        return None;
    }
    let kept: Vec<&str> = lines
        .iter()
        .zip(&rules)
        .map(|(line, rule)| if rule.is_none() { line } else { "" })
        .collect();
    let taken = lines.iter().zip(rules).enumerate().filter_map(|(at, (line, rule))| {
        let ((rule, reason), text) = (rule?, line.trim().to_owned());
        (!text.is_empty()).then_some(Removal { line: at + 1, text, rule, reason })
    });
    Some((kept.join("\n"), taken.collect()))
}

/// Words of letters.
fn words(line: &str) -> usize {
    line.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
}

/// A line without invisible marks, which programs put around names and addresses.
fn seen(line: &str) -> String {
    line.chars().filter(|&c| !is_invisible(c)).collect::<String>().trim().to_owned()
}

/// Marks the line above a quoted mail and all lines with the mark of a quotation below it.
fn mark_answered(lines: &[&str], rules: &mut [Option<(&str, &str)>]) {
    let is_quoted = |line: &str| line.trim_start().starts_with('>');
    let mut is_answered = false;
    for at in 0..lines.len() {
        if is_quoted(lines[at]) {
            if !is_answered {
                let Some(above) = attribution(&lines[..at]) else { continue };
                rules[above..at].fill(Some(ANSWER));
                is_answered = true;
            }
            rules[at] = Some(ANSWER);
        } else if is_of_whole(lines[at]) {
            rules[at..].fill(Some(ANSWER));
            return;
        }
    }
}

/// Where the line begins that says whose text follows, if one does right above it.
fn attribution(above: &[&str]) -> Option<usize> {
    let last = above.iter().rposition(|line| !line.trim().is_empty())?;
    let line = seen(above[last]);
    let bare = line.strip_suffix(':').or_else(|| line.strip_suffix('：'))?;
    let is_one = ATTRIBUTIONS.iter().any(|end| match bare.trim_end().strip_suffix(end) {
        Some(rest) => rest.is_empty() || rest.ends_with(char::is_whitespace),
        // «تمت كتابة ما يلي بواسطة X <x@a.example>:», «كتب X <x@a.example>:»
        None => bare.contains('@') && bare.split(' ').any(|word| end.starts_with(word)),
    });
    if !is_one {
        return None;
    }
    let is_beginning = |line: &str| BEGINNINGS.iter().any(|begins| seen(line).starts_with(begins));
    let first = above[..=last].iter().rev().take(MAX_BROKEN).take_while(|line| !line.is_empty());
    let first = first.enumerate().find(|(_, line)| is_beginning(line)).map_or(0, |(back, _)| back);
    Some(last - first)
}

/// Whether all that follows a line is the mail that is answered.
fn is_of_whole(line: &str) -> bool {
    let line = seen(line);
    let bare = line.trim_matches('-').trim().to_lowercase();
    line.starts_with("--") && line.ends_with("--") && ANSWERED.contains(&bare.as_str())
}

/// Marks what stands below the last line `-- `, up to what is answered.
fn mark_signature(lines: &[&str], rules: &mut [Option<(&str, &str)>]) {
    let is_mark = |line: &&str| ["-- ", "--"].contains(&line.trim_end_matches('\r'));
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| is_mark(line)) {
        let n_own = rules[at..].iter().take_while(|rule| rule.is_none()).count();
        let filled = lines[at..at + n_own].iter().filter(|line| !line.trim().is_empty());
        // Below it is nothing else of the mail.
        if filled.count() <= MAX_SIGNATURE && rules[at + n_own..].iter().all(Option::is_some) {
            rules[at..at + n_own].fill(Some(SIGNATURE));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "أعلنت البلدية فتح الطريق الساحلي يوم الخميس المقبل.";

    #[test]
    fn what_a_mail_answers_and_its_signature_are_not_its_own() {
        for rest in [
            "On Mon, Apr 1, 2019 at 10:00 AM A <a@b.example> wrote:\n> نص الخصم\n>\n> سطر ثان",
            "On Mon, Apr 1, 2019 at 10:00 AM A Long Name\n<a@b.example>\nwrote:\n\n> نص الخصم",
            "في الاثنين، 1 أبريل 2019 في 10:00 ص تمت كتابة ما يلي بواسطة \
             \u{202A}سالم\u{202C}\u{200F} <\u{202A}a@b.example\u{202C}\u{200F}>:\n\n> نص الخصم",
            "كتب سالم <a@b.example>:\n> نص الخصم",
            "بتاريخ 1 أبريل كتب:\n>نص الخصم\n>> أقدم منه",
            "-----Original Message-----\nFrom: A\nSubject: x\n\nنص الخصم",
            "----- الرسالة الأصلية -----\nمن: سالم\n\nنص الخصم",
            "-- \nسالم العمامي\nنص الخصم",
            "--\nسالم العمامي نص الخصم",
            "-- \nسالم\n\nOn Monday A wrote:\n> نص الخصم",
        ] {
            let text = format!("{OWN}\n\n{rest}\n");
            let (kept, removals) = own(&text).unwrap_or_else(|| panic!("{rest}"));
            assert_eq!(kept.trim(), OWN, "{rest}");
            assert!(removals.iter().any(|removal| removal.text.contains("نص الخصم")), "{rest}");
            assert_eq!(removals[0].line, 3, "{rest}");
        }
        // An answer below the parts that it answers.
        let (kept, _) = own(&format!("On Monday A wrote:\n> سؤال\n\n{OWN}\n\n> سؤال\n")).unwrap();
        assert_eq!(kept.trim(), OWN);
    }

    #[test]
    fn what_a_mail_says_itself_stays() {
        for text in [
            // Nothing but a quotation, or a forward.
            "On Monday A wrote:\n> نص الخصم كله هنا".to_owned(),
            format!("للعلم\n\nOn Monday A wrote:\n> {OWN}"),
            format!("---------- Forwarded message ----------\nFrom: A\n\n{OWN}"),
            // Marks of a list, and lines that part.
            format!("{OWN}\n> بند أول\n> بند ثان"),
            format!("{OWN}\nوقال الكاتب:\n> بند أول"),
            format!("{OWN}\n--\n{}", format!("{OWN}\n").repeat(20)),
            OWN.to_owned(),
        ] {
            assert_eq!(own(&text), None, "{text}");
        }
    }
}
