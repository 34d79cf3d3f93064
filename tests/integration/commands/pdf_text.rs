//! Text from PDF files: letters in the wrong order.

use crate::common::{Workspace, json_lines};

const TEXT: &str = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر \
    على الأحياء الجنوبية خلال أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من الإرهابيين، وأعادت \
    الأمن إلى الأهالي في البلاد.";

fn swapped(text: &str) -> String {
    ["لا", "لأ", "لإ", "لآ"].iter().fold(text.to_owned(), |text, pair| {
        let other: String = pair.chars().rev().collect();
        text.replace(pair, &format!("\0{other}")).replace('\0', "")
    })
}

#[test]
fn letters_in_the_wrong_order_are_mended_and_told() {
    let workspace = Workspace::new();
    let (whole, damaged) = (TEXT.to_owned(), swapped(TEXT));
    assert!(damaged.contains("اإلرهابية") && damaged.contains("خالل"));
    let lines = |text: &str| text.chars().rev().collect::<String>();
    // The shapes of letters and not the letters, as old programs put them down.
    let shapes = TEXT.replace("لإ", "\u{FEF9}").replace("لأ", "\u{FEF7}").replace("لا", "\u{FEFB}");
    for (name, text) in [
        ("whole.txt", &whole),
        ("swapped.txt", &damaged),
        ("visual.txt", &lines(TEXT)),
        ("shapes.txt", &shapes),
        ("visual-shapes.txt", &lines(&shapes)),
    ] {
        workspace.write(name, text);
    }
    let names = ["whole.txt", "swapped.txt", "visual.txt", "shapes.txt", "visual-shapes.txt"];
    let (code, stdout, stderr) = workspace.run(&[&["score"], &names[..]].concat());
    let records = json_lines(&stdout);
    assert_eq!(code, 0, "{stderr}");
    for record in &records[1..] {
        assert_eq!(record["lean"], records[0]["lean"], "{}", record["id"]);
    }
    let mended: Vec<_> =
        records.iter().map(|record| record["reading"]["mended"].as_str()).collect();
    assert_eq!(mended, [None, Some("lam-alef"), Some("visual-order"), None, Some("visual-order")]);
    assert!(stderr.contains("swapped.txt: ل and ا stood in the wrong order"), "{stderr}");
    assert!(stderr.contains("visual.txt: lines were reversed"), "{stderr}");
    assert!(!stderr.contains("whole.txt"), "{stderr}");
}

#[test]
fn records_are_mended_too() {
    let workspace = Workspace::new();
    let line = |id: u8, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    workspace.write("d.jsonl", line(1, TEXT) + &line(2, &swapped(TEXT)));
    let (_, stdout, _) = workspace.run(&["score", "d.jsonl"]);
    let records = json_lines(&stdout);
    assert_eq!(records[0]["lean"], records[1]["lean"]);
}
