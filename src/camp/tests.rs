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
