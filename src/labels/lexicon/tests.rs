use super::*;

fn read(text: &str) -> (SetLexicon, Vec<String>) {
    let (lexicon, problems) = SetLexicon::from_file(&SourceText::new("lexicon.toml", text));
    (lexicon, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn what_was_decided_is_written_and_read_back_and_can_be_taken_back() {
    let mut lexicon = SetLexicon::default();
    lexicon.decide("قراصنه", Some(WordDecision::Accepted("criminal".to_owned())));
    lexicon.decide("درع الوطن", Some(WordDecision::Accepted("hero".to_owned())));
    lexicon.decide("مصدر", Some(WordDecision::Refused));
    let text = lexicon.to_toml();
    let (again, problems) = read(&text);
    assert_eq!(problems, [""; 0], "{text}");
    assert_eq!(again.to_toml(), text);
    assert_eq!(again.decision("قراصنة"), Some(WordDecision::Accepted("criminal".to_owned())));
    assert_eq!(again.decision("مصدر"), Some(WordDecision::Refused));
    lexicon.decide("مصدر", None);
    lexicon.decide("قراصنة", Some(WordDecision::Refused));
    assert_eq!(lexicon.decision("مصدر"), None);
    assert_eq!(lexicon.decision("قراصنه"), Some(WordDecision::Refused));
    assert!(!lexicon.to_toml().contains("[criminal]"));
}

#[test]
fn head_reasons_and_relations_of_a_hand_written_file_stay() {
    let text = "# Ours.\n\n[criminal]\nreason = \"a \\\"quoted\\\" reason\"\nwords = [\"قراصنه\"]\n\
                [[criminal.others]]\nrelation = \"agent\"\nwords = [\"قرصنه\"]\n";
    let (lexicon, problems) = read(text);
    assert_eq!(problems, [""; 0]);
    assert_eq!(lexicon.accepted[1].relation, Some(Relation::Agent));
    let written = lexicon.to_toml();
    assert!(written.starts_with("# Ours.\n\n[criminal]\n"), "{written}");
    assert!(written.contains("a \"quoted\" reason") || written.contains(r#"\"quoted\""#));
    assert_eq!(read(&written).0.accepted, lexicon.accepted);
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let text = "refused = [\"مصدر\"]\n[pirates]\nwords = []\n[criminal]\nsense = \"praising\"\n\
                words = [\"قراصنه\", \"q\", 3, \"مصدر\"]\ncolour = \"red\"\n[hero]\nwords = \"x\"\n\
                others = [{ relation = \"none\", words = [] }]\n";
    let (_, problems) = read(text);
    let begins = [
        "lexicon.toml:2: \"pirates\" is no class",
        "lexicon.toml:7: unknown `colour`",
        "lexicon.toml:5: `sense` of [criminal] is \"hostile\"",
        "lexicon.toml:6: \"q\": \"q\" is no Arabic word",
        "lexicon.toml:6: `words` must be a list",
        "lexicon.toml:6: \"مصدر\" stands here and further up",
        "lexicon.toml:10: `others` must be tables",
        "lexicon.toml:9: `words` must be a list",
    ];
    for begin in begins {
        assert!(problems.iter().any(|told| told.starts_with(begin)), "{begin}\n{problems:#?}");
    }
    assert_eq!(problems.len(), begins.len(), "{problems:#?}");
    assert!(read("words =").1[0].contains("lexicon.toml"));
}
