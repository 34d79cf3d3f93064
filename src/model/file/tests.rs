//! Tests of model files that were changed.

use super::*;
use crate::model::Reference;

/// `bytes` with the card changed and the checksum corrected.
fn forged(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes
        .windows(from.len())
        .position(|window| window == from.as_bytes())
        .expect("the card contains it");
    let mut forged = bytes.to_vec();
    forged[at..at + from.len()].copy_from_slice(to.as_bytes());
    let (old, new) = (Model::checksum_of(bytes).unwrap(), Model::checksum_of(&forged).unwrap());
    let at = forged.windows(64).position(|window| window == old.as_bytes()).unwrap();
    forged[at..at + 64].copy_from_slice(new.as_bytes());
    forged
}

#[test]
fn a_file_of_the_version_before_is_read_and_has_no_reference() {
    let model = Model::embedded().unwrap().with_reference(None).unwrap();
    let of_format = |format: char| {
        forged(&model.to_bytes().unwrap(), r#"\"format\":6"#, &format!(r#"\"format\":{format}"#))
    };
    assert_eq!(Model::from_bytes(&of_format('2')).unwrap(), model);
    let later = Model::from_bytes(&of_format('7')).unwrap_err().to_string();
    assert!(later.contains("its format is 7 and this program reads formats 2 to 6"), "{later}");
}

#[test]
fn a_reference_is_small_and_must_hold_every_article() {
    let model = Model::embedded().unwrap();
    let reference = model.reference().unwrap().clone();
    assert!(serde_json::to_string(&reference).unwrap().len() < 4096);
    let wrong = Reference { articles: reference.articles + 1, ..reference };
    let error = model.clone().with_reference(Some(wrong.clone())).unwrap_err().to_string();
    assert!(error.contains("reference: a histogram of"), "{error}");
    // A file is held to the same.
    let bytes = Model { reference: Some(wrong), ..model }.to_bytes().unwrap();
    let error = Model::from_bytes(&bytes).unwrap_err().to_string();
    assert!(error.contains("reference: a histogram of"), "{error}");
}

#[test]
fn the_unit_is_written_only_where_it_is_not_the_article() {
    let model = Model::embedded().unwrap();
    let says_unit = |bytes: &[u8]| bytes.windows(8).any(|window| window == br#"\"unit\""#);
    assert!(!says_unit(&model.to_bytes().unwrap()));
    let sentences = Model { unit: Unit::Sentence, ..model };
    let bytes = sentences.to_bytes().unwrap();
    assert!(says_unit(&bytes));
    assert_eq!(Model::from_bytes(&bytes).unwrap(), sentences);
}
