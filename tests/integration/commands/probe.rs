//! `mizan probe`.

use serde_json::Value;

use crate::common::Workspace;

/// Reports without a side, a partisan one, and one that has its partisan words in quotation marks.
const ARTICLES: [&str; 4] = [
    "التقى حفتر وفدا من الأمم المتحدة في مدينة بنغازي، ثم عاد الوفد إلى تونس مساء اليوم نفسه",
    "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس اعتبارا من منتصف الليل",
    "دخلت القوات المسلحة الباسلة أحياء المدينة بعد أن طهرتها من فلول الإرهابيين وميليشيات السراج",
    "قال المتحدث باسم الجيش الوطني الليبي إن «ميليشيات السراج الإرهابية» انسحبت من محيط المطار أمس",
];

fn with_articles() -> Workspace {
    let workspace = Workspace::new();
    for (number, text) in ARTICLES.iter().enumerate() {
        workspace.write(&format!("a/{number}.txt"), text);
    }
    workspace
}

#[test]
fn probes_measure_given_articles_and_explain_the_result() {
    let workspace = with_articles();
    let (code, stdout, stderr) = workspace.run(&["probe", "a"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    for says in [
        "4 articles",
        "name-swap share",
        "framing that follows its target",
        "The outlet's name in the header moves nothing",
    ] {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
    assert!(
        stdout.contains("The articles that moved most") && stdout.contains("a/1.txt"),
        "{stdout}"
    );
    assert_eq!(workspace.run(&["probe", "a"]).1, stdout, "the same articles give the same bytes");
}

#[test]
fn json_holds_every_measure() {
    let workspace = with_articles();
    let (code, stdout, _) = workspace.run(&["probe", "--json", "--top", "1", "a"]);
    assert_eq!(code, 0);
    let found: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((found["texts"].as_u64(), found["trained_on"].as_u64()), (Some(4), Some(0)));
    let names: Vec<&str> = found["probes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|probe| probe["probe"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["names", "quotations", "outlets"]);
    for probe in found["probes"].as_array().unwrap() {
        assert!(probe["moved_most"].as_array().unwrap().len() <= 1);
        for measure in probe["measures"].as_array().unwrap() {
            let (low, high) = (measure["interval"][0].as_f64(), measure["interval"][1].as_f64());
            assert!(low.is_none() || low <= high, "{measure}");
        }
    }
    let header = found["probes"][2]["measures"]
        .as_array()
        .unwrap()
        .iter()
        .find(|measure| measure["measure"] == "header")
        .unwrap();
    assert_eq!(
        (header["value"].as_f64(), header["texts"].as_u64()),
        (Some(0.0), Some(4)),
        "nothing reads the header"
    );
    // Only the last has words of somebody else.
    assert_eq!(found["probes"][1]["measures"][0]["texts"], 1);
}

#[test]
fn without_paths_the_labelled_set_is_probed() {
    let workspace = Workspace::with_labels();
    let (code, stdout, stderr) = workspace.run(&["probe", "--top", "0"]);
    assert!(
        code == 0 && stdout.contains("12 articles") && !stdout.contains("moved most"),
        "{stdout}{stderr}"
    );
    let workspace = Workspace::new();
    let (code, _, stderr) = workspace.run(&["probe"]);
    assert!(code == 2 && stderr.contains("name files or folders of articles"), "{stderr}");
    workspace.write("a.txt", "خبر عاجل");
    let (code, _, stderr) = workspace.run(&["probe", "a.txt"]);
    assert!(
        code == 2 && stderr.contains("of 1 articles, 0 can be scored; at least 2 are needed"),
        "{stderr}"
    );
}
