//! What a newcomer does first: asks for help, tries the demo, chooses a model, sets up a shell.

use std::fs;

use crate::common::{Workspace, json_lines};

const ARTICLE: &str = "قالت حكومة الوفاق الوطني إن الاجتماع المقرر في العاصمة تأجل إلى غد";

#[test]
fn alone_it_shows_three_commands() {
    let workspace = Workspace::new();
    let (code, stdout, stderr) = workspace.run(&[]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    for command in ["mizan demo", "mizan score", "mizan explain"] {
        assert!(stdout.contains(command), "{stdout}");
    }
    assert!(stdout.lines().count() < 12 && stdout.lines().all(|line| line.len() <= 100));
}

#[test]
fn help_lists_commands_by_task_and_the_exit_codes() {
    let workspace = Workspace::new();
    let (code, stdout, _) = workspace.run(&["--help"]);
    assert_eq!(code, 0);
    let at = |part: &str| stdout.find(part).unwrap_or_else(|| panic!("{part}: {stdout}"));
    assert!(at("Weigh articles:") < at("  score ") && at("  score ") < at("Label and train:"));
    assert!(at("Label and train:") < at("  train ") && at("  130 ") > at("Exit codes"));
    assert!(stdout.lines().all(|line| line.chars().count() <= 100), "{stdout}");
}

#[test]
fn the_version_names_the_model() {
    let workspace = Workspace::new();
    let (code, stdout, _) = workspace.run(&["--version"]);
    assert_eq!((code, stdout.as_str()), (0, concat!("mizan ", env!("CARGO_PKG_VERSION"), "\n")));
    let (_, stdout, _) = workspace.run(&["--version", "--json"]);
    let [version] = &json_lines(&stdout)[..] else { panic!("{stdout}") };
    assert_eq!(version["mizan"], env!("CARGO_PKG_VERSION"));
    assert!(version["model"].as_str().unwrap().starts_with("libya@"), "{stdout}");
    workspace.write("a.txt", ARTICLE);
    let (_, stdout, _) = workspace.run(&["score", "a.txt"]);
    assert_eq!(json_lines(&stdout)[0]["model"], version["model"]);
}

#[test]
fn the_demo_does_what_it_says() {
    let workspace = Workspace::new();
    let (code, stdout, _) = workspace.run(&["demo"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("They are invented"), "{stdout}");
    let (code, lines, stderr) = workspace.run(&["score", "mizan-demo"]);
    assert_eq!(code, 0, "{stderr}");
    let lines = json_lines(&lines);
    assert_eq!(lines.len(), 15);
    for line in &lines {
        assert!(line["outlet"].as_str().unwrap().ends_with(".example"), "{line}");
        assert!(line["date"].is_string(), "{line}");
    }
    // Its commands, as they are printed.
    for command in stdout.lines().filter_map(|line| line.strip_prefix("  mizan ")) {
        for part in command.split(" && ") {
            let part = part.strip_prefix("mizan ").unwrap_or(part);
            let arguments: Vec<&str> = part.split(' ').collect();
            let (code, _, stderr) = workspace.run(&arguments);
            assert_eq!(code, 0, "{part}: {stderr}");
        }
    }
    assert!(workspace.path("why.html").exists() && workspace.path("report.html").exists());
    // What the pages say of themselves is no part of the articles.
    let (_, text, _) = workspace.run(&["inspect", "--text", "mizan-demo"]);
    assert!(!text.contains("مُتخيَّل كُتب"), "{text}");
    // Again, it is as it was; a folder of somebody else stays as it is.
    assert_eq!(workspace.run(&["demo"]).1, stdout);
    workspace.write("mine/note.txt", "مسودة");
    let (code, _, stderr) = workspace.run(&["demo", "mine"]);
    assert!(code == 2 && stderr.contains("is there already, and no demo"), "{stderr}");
}

#[test]
fn a_table_has_one_line_an_article_and_in_full_more() {
    let workspace = Workspace::new();
    workspace.run(&["demo", "d"]);
    let (_, stdout, _) = workspace.run(&["score", "--format", "table", "d/ba.example"]);
    assert_eq!(stdout.lines().count(), 2 + 5, "{stdout}");
    assert!(stdout.contains("against 0.99   favor 0.98"), "{stdout}");
    let (_, stdout, _) = workspace.run(&["score", "--format", "table", "--long", "d/ba.example"]);
    assert!(stdout.contains("words for it: ") && stdout.contains(" by itself: "), "{stdout}");
    let (code, _, stderr) = workspace.run(&["score", "--long", "d"]);
    assert!(code == 2 && stderr.contains("--long is for --format table"), "{stderr}");
}

#[test]
fn a_path_that_does_not_exist_ends_the_run_before_it_begins() {
    let workspace = Workspace::new();
    workspace.write("a.txt", ARTICLE);
    for command in ["score", "explain", "report", "aggregate", "inspect", "probe", "drift", "bench"]
    {
        let (code, stdout, stderr) = workspace.run(&[command, "a.txt", "no.txt", "nor.txt"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{command}: {stderr}");
        assert_eq!(stderr, "mizan: no such file or folder: no.txt, nor.txt\n", "{command}");
    }
    let (code, ..) = workspace.run(&["score", "no.txt", "-o", "out.jsonl"]);
    assert!(code == 2 && !workspace.path("out.jsonl").exists());
    let (code, ..) = workspace.run(&["label", "set", "no.txt", "--no-open"]);
    assert!(code == 2 && !workspace.path("set").exists());
}

#[test]
fn what_mizan_wrote_is_no_article() {
    let workspace = Workspace::new();
    workspace.write("in/a.txt", ARTICLE);
    for arguments in [
        &["score", "in", "-o", "in/s.jsonl"][..],
        &["score", "in", "-o", "in/s.csv", "--excel"],
        &["explain", "in", "-o", "in/why.html"],
        &["explain", "in", "-o", "in/why.txt"],
        &["explain", "in", "-o", "in/why.json"],
        &["report", "in/s.jsonl", "-o", "in/report.html"],
    ] {
        let (code, _, stderr) = workspace.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {stderr}");
    }
    let (code, stdout, stderr) = workspace.run(&["score", "in"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stdout}");
    for told in [
        "scores as JSON lines that mizan wrote (s.jsonl)",
        "a report as a page that mizan wrote",
        "explanations as a page that mizan wrote",
        "explanations as text that mizan wrote",
    ] {
        assert!(stderr.contains(told), "{stderr}");
    }
}

#[test]
fn the_model_is_chosen_by_option_variable_and_installation() {
    let workspace = super::score::trained();
    workspace.write("a.txt", ARTICLE);
    let home = workspace.path("home");
    fs::create_dir(&home).unwrap();
    let run = |variable: &str, arguments: &[&str]| {
        let mut command = workspace.mizan(arguments);
        command.env("HOME", &home).env_remove("XDG_DATA_HOME").env("MIZAN_MODEL", variable);
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let model = |variable: &str, arguments: &[&str]| {
        let (code, stdout, stderr) = run(variable, &[&["score", "a.txt"], arguments].concat());
        assert_eq!(code, 0, "{stderr}");
        (json_lines(&stdout)[0]["model"].as_str().unwrap().to_owned(), stderr)
    };
    let (inside, told) = model("", &[]);
    assert_eq!(told, "");
    let (named, told) = model("", &["--model", "m.safetensors"]);
    assert!(named != inside && told.is_empty());
    let (of_variable, told) = model("m.safetensors", &[]);
    assert_eq!(of_variable, named);
    assert_eq!(told, format!("mizan: model {named}, MIZAN_MODEL=m.safetensors\n"));

    let (code, stdout, stderr) = run("", &["model", "--install", "m.safetensors"]);
    assert!(code == 0 && stdout.contains(&named), "{stdout}{stderr}");
    let (installed, told) = model("", &[]);
    assert_eq!(installed, named);
    assert!(told.contains("installed as "), "{told}");
    let (code, _, stderr) = run("", &["model", "--uninstall"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(model("", &[]), (inside, String::new()));
    let (code, _, stderr) = run("", &["model", "--uninstall"]);
    assert!(code == 2 && stderr.contains("no model is installed"), "{stderr}");
    let (code, _, stderr) = run("no.safetensors", &["score", "a.txt"]);
    assert!(code == 2 && stderr.contains("the model of MIZAN_MODEL; unset it"), "{stderr}");
}

#[test]
fn shells_and_manuals_know_every_command() {
    let workspace = Workspace::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, stdout, _) = workspace.run(&["completions", shell]);
        assert!(code == 0 && stdout.contains("explain") && stdout.contains("max-error"), "{shell}");
    }
    let (code, ..) = workspace.run(&["man", "--all", "man1"]);
    assert_eq!(code, 0);
    let page = fs::read_to_string(workspace.path("man1/mizan-score.1")).unwrap();
    assert!(page.contains("\\-\\-max\\-error") && page.contains("mizan score article.txt"));
    let (_, stdout, _) = workspace.run(&["man", "score"]);
    assert_eq!(stdout, page);
    let (code, _, stderr) = workspace.run(&["man", "weigh"]);
    assert!(code == 2 && stderr.contains("no such command"), "{stderr}");
}
