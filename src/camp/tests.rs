use super::*;

#[test]
fn lean_is_positive_toward_the_first_camp() {
    let praised = StanceProbabilities { favor: 0.7, neutral: 0.2, against: 0.1 };
    let blamed = StanceProbabilities { favor: 0.1, neutral: 0.1, against: 0.8 };
    assert!((praised.score() - 0.6).abs() < 1e-12);
    assert!((blamed.score() + 0.7).abs() < 1e-12);
    assert!((lean([praised.score(), blamed.score()]) - 0.65).abs() < 1e-12);
    assert!((lean([1.0, -1.0]) - 1.0).abs() < f64::EPSILON);
}

#[test]
fn the_shipped_camps_file_reads() {
    let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
    assert_eq!(camps.ids(), ["lna", "gna"]);
    assert!(camps.camps.iter().all(|camp| camp.aliases.len() > 5));
}

#[test]
fn a_camp_may_not_take_the_name_of_an_output_field() {
    let text = include_str!("../../labeled/camps.toml").replace("id = \"lna\"", "id = \"lean\"");
    assert!(Camps::from_toml(&text).unwrap_err().to_string().contains("\"lean\""));
    let twice = include_str!("../../labeled/camps.toml").replace("id = \"lna\"", "id = \"gna\"");
    assert!(Camps::from_toml(&twice).unwrap_err().to_string().contains("give each its own"));
}

#[test]
fn a_conflict_is_called_by_a_name_that_leads_nowhere() {
    for wrong in ["../README", "a/b", "", ".", "a\\\\b", "a\\nb"] {
        let text = include_str!("../../labeled/camps.toml")
            .replace("conflict = \"libya\"", &format!("conflict = \"{wrong}\""));
        assert!(Camps::from_toml(&text).unwrap_err().to_string().contains("conflict"), "{wrong}");
    }
    let arabic = include_str!("../../labeled/camps.toml")
        .replace("conflict = \"libya\"", "conflict = \"السودان-2\"");
    assert_eq!(Camps::from_toml(&arabic).unwrap().conflict, "السودان-2");
}

#[test]
fn a_name_that_no_text_can_have_and_an_era_without_days_are_told() {
    let shipped = include_str!("../../labeled/camps.toml");
    let with = |from: &str, to: &str| {
        assert!(shipped.contains(from), "{from}");
        Camps::from_toml(&shipped.replacen(from, to, 1)).unwrap_err().to_string()
    };
    for wrong in ["", " ", "*", "قوات *", "—"] {
        let told = with("likely = [", &format!("likely = [\"{wrong}\", "));
        assert!(told.starts_with(&format!("likely: {wrong:?} is no name")), "{told}");
        let told = with("aliases = [", &format!("aliases = [\"{wrong}\", "));
        assert!(told.starts_with("aliases: "), "{told}");
    }
    let first = &Camps::from_toml(shipped).unwrap().eras[0];
    let told = with(&format!("from = \"{}\"", first.from), "from = \"2014-13-01\"");
    assert!(told.contains("[[era]] number 1: \"2014-13-01\" is no day"), "{told}");
    let told = with(&format!("until = \"{}\"", first.until), "until = \"1999-01-01\"");
    assert!(told.contains("before it begins"), "{told}");
    let told = with(&format!("referent = \"{}\"", first.referent), "referent = \"nobody\"");
    assert!(told.contains("referent \"nobody\": give lna, gna"), "{told}");
}

#[test]
fn a_file_has_two_camps_and_each_name_is_of_one() {
    let camp = |id: &str, name: &str| {
        format!("[[camp]]\nid = '{id}'\nname_en = ''\nname_ar = ''\naliases = ['{name}']\n")
    };
    let told = |camps: &[String]| {
        let text = format!("conflict = 'x'\n{}", camps.concat());
        Camps::from_toml(&text).map_or_else(|error| error.to_string(), |_| String::new())
    };
    let (a, b, c) = (camp("a", "الشمال"), camp("b", "الجنوب"), camp("c", "الشرق"));
    assert_eq!(told(&[a.clone(), b.clone()]), "");
    for (camps, says) in [
        (vec![], "there is none"),
        (vec![a.clone()], "two camps are needed, there is one (\"a\")"),
        (vec![a.clone(), b, c], "there are 3 (\"a\", \"b\", \"c\")"),
        (vec![a, camp("b", " الشمال")], "الشمال\" is a name of both camps"),
    ] {
        let told = told(&camps);
        assert!(told.contains(says), "{told}");
    }
}
