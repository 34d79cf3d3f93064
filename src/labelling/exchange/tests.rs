//! Files as other programs write them, and the way there and back.

use std::io::Cursor;

use super::form::{Form, ReadFile, read_json, read_table};
use super::{Exchanged, ExchangedMark, GivenLabel};
use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::engine::Source;
use crate::intake::IntakeOptions;
use crate::labelling::assets::CAMPS;
use Stance::{Against, Favor, Neutral, Unrelated};

const SENTENCE: &str = "دخلت القوات الباسلة مدينة ترهونة";

fn camps() -> Camps {
    Camps::from_toml(CAMPS).unwrap()
}

fn given(annotator: &str, stances: [Stance; 2], marks: &[(usize, &str, &str)]) -> GivenLabel {
    let mark = |&(camp, sentence, expression): &(usize, &str, &str)| ExchangedMark {
        camp,
        stance: stances[camp],
        sentence: sentence.to_owned(),
        expressions: if expression.is_empty() { vec![] } else { vec![expression.to_owned()] },
    };
    GivenLabel {
        annotator: Some(annotator.to_owned()),
        stances: stances.map(Some),
        date: "2026-11-28".to_owned(),
        note: "=ملاحظة; \"مقتبس\", +1".to_owned(),
        marks: marks.iter().map(mark).collect(),
    }
}

/// Articles with emoji before what is marked, with two annotators, and without a label.
fn articles() -> Vec<Exchanged> {
    let text = format!("🚨🚨 {SENTENCE} 🎉 فجر اليوم.\n\nوقال سكان إن الوضع هادئ.");
    let one = Article::new("one", text)
        .with_title("عاجل 🚨: القوات الباسلة")
        .with_date("2020-06-05")
        .with_outlet("مثال.ly");
    let two = Article::new("two.report", "- عقد مجلس النواب جلسة في سرت اليوم.");
    let three = Article::new("three", "أعلنت حكومة الوفاق أنها تتابع ما يجري.");
    let labels = vec![
        given("منى", [Favor, Neutral], &[(0, "القوات الباسلة", ""), (0, SENTENCE, "الباسلة")]),
        given("سالم, ب", [Favor, Against], &[(1, "وقال سكان إن الوضع هادئ.", "هادئ")]),
    ];
    let unrelated = vec![given("منى", [Unrelated; 2], &[])];
    [(one, labels), (two, unrelated), (three, vec![])]
        .map(|(article, labels)| Exchanged {
            place: String::new(),
            article,
            is_own_id: true,
            labels,
        })
        .to_vec()
}

/// What was read, with the labels of one article together.
fn joined(read: ReadFile) -> Vec<Exchanged> {
    assert_eq!(read.remarks, [], "nothing is left out");
    let mut joined: Vec<Exchanged> = Vec::new();
    for mut one in read.found {
        one.place = String::new();
        match joined.last_mut() {
            Some(last) if last.article == one.article => last.labels.append(&mut one.labels),
            _ => joined.push(one),
        }
    }
    joined
}

fn read(text: &str) -> ReadFile {
    read_json("f", text, &camps(), None).unwrap()
}

/// What was left out, as lines.
fn told(read: &ReadFile) -> Vec<String> {
    read.remarks.iter().map(|remark| format!("{}: {}", remark.place, remark.message)).collect()
}

#[test]
fn what_is_written_is_read_again_as_it_was() {
    for form in [Form::Doccano, Form::LabelStudio, Form::Prodigy] {
        let text = String::from_utf8(form.write(&camps(), &articles()).unwrap()).unwrap();
        assert_eq!(joined(read(&text)), articles(), "{form}: {text}");
    }
    for (form, name) in [(Form::Csv, "f.csv"), (Form::Xlsx, "f.xlsx")] {
        let bytes = form.write(&camps(), &articles()).unwrap();
        let source = Source::from_reader(name, Cursor::new(bytes));
        let read = read_table(&source, &camps(), IntakeOptions::default()).unwrap();
        assert_eq!(joined(read), articles(), "{form}");
    }
}

#[test]
fn a_text_that_a_cell_does_not_hold_is_refused_not_cut() {
    let mut articles = articles();
    articles[0].article.text = "ن".repeat(32_768);
    let error = Form::Xlsx.write(&camps(), &articles).unwrap_err().to_string();
    assert!(error.starts_with("one: it has a text of more than 32767"), "{error}");
    assert!(Form::Csv.write(&camps(), &articles).is_ok());
}

#[test]
fn exports_of_doccano_are_read() {
    // After two emoji, its page counts two more than there are characters.
    let text = "🚨🚨 دخلت القوات الباسلة المدينة";
    let read = read(&format!(
        r#"{{"id": 7, "text": "{text}", "cats": ["lna: favor", "GNA neutral"], "entities": [[10, 24, "lna: favor words"]], "Comments": ["واضح"]}}
{{"id": 8, "text": "نص ثان", "label": ["pro-LNA", "gna: against"], "Comments": []}}
{{"id": 9, "text": "نص ثالث", "label": [[0, 2, "gna: against"]]}}
{{"id": 10, "text": "نص رابع", "label": []}}
{{"id": 11, "text": "نص خامس", "label": ["lna: favor", "spam"]}}
{{"id": 12, "text": "نص سادس", "label": ["lna: favor", "lna: against"]}}
{{"id": 13, "text": "{text}", "cats": ["lna: favor"], "entities": [[8, 22, "lna: favor"], [900, 901, "lna: favor"], [5, 9, "Person"], [1]]}}
{{"id": 14, "label": ["lna: favor"]}}
{{"id": 15, "text": "نص سابع", "entities": [{{"id": 1, "label": "lna: against", "start_offset": 0, "end_offset": 2}}], "relations": []}}"#
    ));
    let labels: Vec<_> = read.found.iter().map(|one| one.labels.as_slice()).collect();
    let first = &labels[0][0];
    assert_eq!((first.stances, first.note.as_str()), ([Some(Favor), Some(Neutral)], "واضح"));
    assert_eq!(first.marks[0].expressions, ["القوات الباسلة"]);
    assert_eq!(first.marks[0].sentence, "دخلت القوات الباسلة المدينة");
    assert_eq!(labels[1][0].stances, [Some(Favor), Some(Against)]);
    assert_eq!(labels[2][0].marks[0].sentence, "نص");
    assert!(labels[3].is_empty() && labels[4].is_empty() && labels[5].is_empty());
    assert!(labels[6][0].marks.is_empty(), "{:?}", labels[6][0].marks);
    assert_eq!(labels[7][0].marks[0].stance, Against);
    assert_eq!((read.found[0].article.id.as_str(), read.found[0].is_own_id), ("7", false));
    for (told, says) in told(&read).iter().zip([
        "f:5: unknown label \"spam\"; the labels are lna: favor, ",
        "f:6: it is labelled favor and against at once: the label is left out",
        "f:7: the characters 8 to 22 begin or end within a word",
        "f:7: the text has no characters 900 to 901",
        "f:7: unknown label \"Person\"",
        "f:7: a span lacks its start, its end or its label",
        "f:8: it has no text",
    ]) {
        assert!(told.starts_with(says), "{told} is not {says}");
    }
    assert_eq!(read.remarks.len(), 7);
}

#[test]
fn exports_of_label_studio_are_read() {
    let text = "🚨🚨 دخلت القوات الباسلة المدينة";
    let json = r#"[
 {"id": 17, "data": {"text": "TEXT", "outlet": "مثال"}, "file_upload": "x.json", "drafts": [],
  "predictions": [], "total_annotations": 2, "cancelled_annotations": 1,
  "created_at": "2026-11-20T10:00:00.000000Z", "annotations": [
  {"id": 1, "completed_by": 3, "was_cancelled": false, "ground_truth": false, "lead_time": 4.2,
   "created_at": "2026-11-21T22:16:08.728353Z", "result": [
   {"value": {"choices": ["favor"]}, "id": "a", "from_name": "lna", "to_name": "text",
    "type": "choices", "origin": "manual"},
   {"value": {"choices": ["gna: against"]}, "id": "b", "from_name": "stance", "to_name": "text",
    "type": "choices", "origin": "manual"},
   {"value": {"start": 8, "end": 22, "text": "القوات الباسلة", "labels": ["lna: favor words"]},
    "id": "c", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"},
   {"value": {"start": 10, "end": 24, "text": "القوات الباسلة", "labels": ["lna: favor"]},
    "id": "d", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"},
   {"value": {"start": 8, "end": 22, "text": "المدينة", "labels": ["lna: favor"]},
    "id": "e", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"},
   {"value": {"text": ["سطر", "آخر"]}, "id": "f", "from_name": "note", "to_name": "text",
    "type": "textarea", "origin": "manual"}]},
  {"id": 2, "completed_by": {"id": 4, "email": "mona@example.ly", "first_name": "M"},
   "was_cancelled": true, "result": []}]},
 {"id": 18, "data": {"text": "نص ثان"}, "annotations": [
  {"id": 3, "completed_by": {"id": 4, "email": "mona@example.ly"}, "result": [
   {"value": {"choices": ["Not related"]}, "from_name": "topic", "type": "choices"}]}]},
 {"id": 19, "data": {"text": "نص ثالث"}, "annotations": [{"completed_by": 3, "result": []}]},
 {"id": 20, "data": {"text": "نص رابع"}, "annotations": [], "predictions": [{"result": []}]},
 {"id": 21, "data": {"image": "x.png"}, "annotations": []},
 {"id": 22, "text": "نص خامس"}
]"#;
    let read = read(&json.replace("TEXT", text));
    let label = &read.found[0].labels[0];
    assert_eq!(label.stances, [Some(Favor), Some(Against)]);
    assert_eq!(label.annotator.as_deref(), Some("user-3"));
    assert_eq!((label.date.as_str(), label.note.as_str()), ("2026-11-21", "سطر آخر"));
    // Both counts mean the same words, of which the second is the sentence of the first.
    assert_eq!(label.marks.len(), 1);
    assert_eq!(label.marks[0].sentence, "القوات الباسلة");
    assert_eq!(label.marks[0].expressions, ["القوات الباسلة"]);
    assert_eq!(read.found[0].article.outlet.as_deref(), Some("مثال"));
    let second = &read.found[1].labels[0];
    assert_eq!(second.stances, [Some(Unrelated); 2]);
    assert_eq!(second.annotator.as_deref(), Some("mona@example.ly"));
    let told = told(&read);
    for (told, says) in told.iter().zip([
        "f:2, annotation 1: the characters 8 to 22 of the text are not \"المدينة\"",
        "f:2, annotation 2: it was skipped: the label is left out",
        "f:24: an annotation that says nothing",
        "f:25: it has predictions only",
        "f:26: its data have no \"text\"",
        "f:27: it is no task",
    ]) {
        assert!(told.starts_with(says), "{told} is not {says}");
    }
    assert_eq!(told.len(), 6, "{told:?}");
}

#[test]
fn exports_of_prodigy_are_read() {
    let text = "🚨🚨 دخلت القوات الباسلة المدينة";
    let options = r#"[{"id": 1, "text": "LNA favor"}, {"id": "gna: neutral", "text": "gna"}]"#;
    let hashes = r#""_input_hash": -1530009927, "_task_hash": -340967702, "_view_id": "blocks""#;
    let read = read(&format!(
        r#"{{"text": "{text}", "meta": {{"id": "m1"}}, {hashes}, "options": {options}, "accept": [1, "gna: neutral"], "config": {{"choice_style": "multiple"}}, "spans": [{{"start": 8, "end": 22, "token_start": 2, "token_end": 3, "label": "lna: favor words"}}], "answer": "accept", "_timestamp": 1764201600, "_annotator_id": "2026-11-27_10-00-00", "_session_id": "2026-11-27_10-00-00"}}
{{"text": "نص ثان", {hashes}, "label": "GNA_AGAINST", "answer": "accept", "_annotator_id": "stance-mona"}}
{{"text": "نص ثالث", {hashes}, "label": "GNA_AGAINST", "answer": "reject"}}
{{"text": "نص رابع", {hashes}, "options": {options}, "accept": [1], "answer": "ignore"}}
{{"text": "نص خامس", {hashes}, "options": {options}, "accept": [], "answer": "accept"}}
{{"text": "نص سادس", {hashes}, "options": {options}, "accept": [1]}}
{{"text": "نص سابع", {hashes}, "options": {options}}}
{{"text": "نص ثامن", {hashes}, "accept": ["positive"], "answer": "accept"}}"#
    ));
    let label = &read.found[0].labels[0];
    assert_eq!(label.stances, [Some(Favor), Some(Neutral)]);
    assert_eq!((label.annotator.as_deref(), label.date.as_str()), (None, "2025-11-27"));
    assert_eq!(label.marks[0].expressions, ["القوات الباسلة"]);
    assert_eq!(read.found[0].article.id, "m1");
    let second = &read.found[1].labels[0];
    assert_eq!(second.stances, [None, Some(Against)]);
    assert_eq!(second.annotator.as_deref(), Some("stance-mona"));
    assert!(read.found[2..].iter().all(|one| one.labels.is_empty()));
    assert_eq!(read.found.len(), 8, "articles without a label wait for one");
    let told = told(&read);
    for (told, says) in told.iter().zip([
        "f:3: its answer is reject",
        "f:4: its answer is ignore",
        "f:5: nothing is accepted",
        "f:6: it has no answer",
        "f:8: unknown label \"positive\"",
    ]) {
        assert!(told.starts_with(says), "{told} is not {says}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
}

#[test]
fn label_studio_gets_an_interface_with_every_name_that_the_tasks_use() {
    let camps = camps();
    let companions = Form::LabelStudio.companions(&camps);
    let (_, interface, _) = &companions[0];
    let tasks = Form::LabelStudio.write(&camps, &articles()).unwrap();
    let tasks: serde_json::Value = serde_json::from_slice(&tasks).unwrap();
    let results = tasks[0]["annotations"][0]["result"].as_array().unwrap();
    for result in results {
        let name = result["from_name"].as_str().unwrap();
        assert!(interface.contains(&format!("name=\"{name}\" toName=\"text\"")), "{name}");
        for label in result["value"]["labels"].as_array().into_iter().flatten() {
            assert!(interface.contains(&format!("<Label value={label}/>")), "{label}");
        }
    }
}
