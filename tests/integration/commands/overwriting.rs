//! What is read is not written, and what is not mizan's own is not replaced.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use crate::common::{Workspace, json_lines};

const ARTICLE: &str = "أعلنت قوات حفتر الباسلة أنها دخلت ضواحي ترهونة صباح اليوم";

/// A folder with articles, and their scores in `s.jsonl`.
fn scored() -> Workspace {
    let workspace = Workspace::new();
    for name in ["in/a.txt", "in/b.txt"] {
        workspace.write(name, ARTICLE);
    }
    let (_, scores, _) = workspace.run(&["score", "in"]);
    workspace.write("s.jsonl", scores);
    workspace
}

#[test]
fn an_output_inside_the_folder_that_is_read_is_no_input() {
    let workspace = scored();
    let out = File::create(workspace.path("in/z.jsonl")).unwrap();
    let child = Command::new(assert_cmd::cargo::cargo_bin("mizan"))
        .current_dir(workspace.path("in"))
        .args(["score", "."])
        .stdout(Stdio::from(out))
        .output()
        .unwrap();
    let told = String::from_utf8(child.stderr).unwrap();
    assert!(told.contains("1 written by this run (z.jsonl)"), "{told}");
    let written = fs::read_to_string(workspace.path("in/z.jsonl")).unwrap();
    assert_eq!(json_lines(&written).len(), 2, "{written}");

    fs::remove_file(workspace.path("in/z.jsonl")).unwrap();
    for run in
        [&["score", "in", "-o", "in/y.jsonl"][..], &["score", "in", "-o", "in/y.jsonl", "--resume"]]
    {
        let (code, _, stderr) = workspace.run(run);
        assert_eq!(code, 0, "{stderr}");
        let written = fs::read_to_string(workspace.path("in/y.jsonl")).unwrap();
        assert_eq!(json_lines(&written).len(), 2, "{written}");
    }
}

#[test]
fn no_command_reads_and_writes_one_file() {
    let workspace = scored();
    fs::hard_link(workspace.path("s.jsonl"), workspace.path("same.html")).unwrap();
    let before = fs::read(workspace.path("s.jsonl")).unwrap();
    for run in [
        &["report", "s.jsonl", "--format", "csv", "-o", "s.jsonl"][..],
        &["report", "s.jsonl", "-o", "same.html"],
        &["aggregate", "s.jsonl", "-o", "./s.jsonl"],
        &["explain", "s.jsonl", "-o", "same.html"],
        &["inspect", "s.jsonl", "-o", "same.html"],
        &["score", "s.jsonl", "-o", "s.jsonl", "--resume"],
    ] {
        let (code, _, stderr) = workspace.run(run);
        assert_eq!(code, 2, "{run:?}: {stderr}");
        assert_eq!(fs::read(workspace.path("s.jsonl")).unwrap(), before, "{run:?}");
    }
    // Standard output, too: it is not emptied by the shell where it is appended to.
    let out = File::options().append(true).open(workspace.path("s.jsonl")).unwrap();
    let child = Command::new(assert_cmd::cargo::cargo_bin("mizan"))
        .current_dir(workspace.path("."))
        .args(["score", "s.jsonl"])
        .stdout(Stdio::from(out))
        .output()
        .unwrap();
    let told = String::from_utf8(child.stderr).unwrap();
    assert_eq!(child.status.code(), Some(2), "{told}");
    assert!(told.contains("read and written at once"), "{told}");
    assert_eq!(fs::read(workspace.path("s.jsonl")).unwrap(), before);
}

#[test]
fn an_output_replaces_its_own_kind_only() {
    let workspace = scored();
    for (output, run) in [
        ("r.html", &["report", "s.jsonl"][..]),
        ("r.json", &["report", "s.jsonl"]),
        ("r.csv", &["report", "s.jsonl"]),
        ("r.txt", &["report", "s.jsonl", "--format", "table"]),
        ("all.sums", &["aggregate", "s.jsonl"]),
        ("e.html", &["explain", "in"]),
        ("e.json", &["explain", "in"]),
        ("e.txt", &["explain", "in"]),
        ("i.html", &["inspect", "in"]),
    ] {
        let run = [run, &["-o", output]].concat();
        for time in ["first", "again"] {
            let (code, _, stderr) = workspace.run(&run);
            assert_eq!(code, 0, "{time} {run:?}: {stderr}");
        }
        for foreign in ["My notes\n", "{\"id\": \"1\"}\n", "<!DOCTYPE html><p>a</p>", "id,text\n"] {
            workspace.write(output, foreign);
            let (code, _, stderr) = workspace.run(&run);
            assert_eq!(code, 2, "{run:?}: {stderr}");
            assert!(stderr.contains("it is there already and is not"), "{stderr}");
            assert_eq!(fs::read_to_string(workspace.path(output)).unwrap(), foreign);
        }
    }
}

/// A command line without its output, and what that is called.
type Form = (&'static [&'static str], &'static str);

/// Outputs by the ending of their file.
const FORMS: [(&str, &[Form]); 3] = [
    (
        "out.html",
        &[
            (&["report", "s.jsonl"], "a report as a page"),
            (&["explain", "in"], "explanations as a page"),
            (&["inspect", "in"], "readings as a page"),
        ],
    ),
    (
        "out.txt",
        &[
            (&["report", "s.jsonl", "--format", "table"], "a report as text"),
            (&["explain", "in"], "explanations as text"),
        ],
    ),
    (
        "out.json",
        &[
            (&["report", "s.jsonl"], "a report as JSON"),
            (&["explain", "in"], "explanations as JSON"),
            (&["aggregate", "s.jsonl"], "sums"),
        ],
    ),
];

#[test]
fn no_command_replaces_the_output_of_another() {
    let workspace = scored();
    let (_, table, _) = workspace.run(&["score", "in", "--format", "table"]);
    let scores = fs::read_to_string(workspace.path("s.jsonl")).unwrap();
    for (output, forms) in FORMS {
        let write = |run: &[&str]| workspace.run(&[run, &["-o", output]].concat());
        // What `score` writes is of no other command, either.
        let mut there = vec![(String::new(), table.clone()), (String::new(), scores.clone())];
        for (run, name) in forms {
            let (code, _, stderr) = write(run);
            assert_eq!(code, 0, "{run:?}: {stderr}");
            let written = fs::read_to_string(workspace.path(output)).unwrap();
            there.push(((*name).to_owned(), written));
            fs::remove_file(workspace.path(output)).unwrap();
        }
        for (run, name) in forms {
            for (of, content) in there.iter().filter(|(of, _)| of != name) {
                workspace.write(output, content);
                let (code, _, stderr) = write(run);
                assert_eq!(code, 2, "{run:?} over {of}: {stderr}");
                let told = format!("{output}: it is there already and is not {name} that mizan");
                assert!(stderr.contains(&told), "{run:?} over {of}: {stderr}");
                assert_eq!(&fs::read_to_string(workspace.path(output)).unwrap(), content);
            }
        }
    }
}

#[test]
fn a_page_of_the_version_before_is_replaced_by_its_own_command_only() {
    let workspace = scored();
    let (output, forms) = FORMS[0];
    for (run, _) in forms {
        let (code, _, stderr) = workspace.run(&[run, &["-o", output][..]].concat());
        assert_eq!(code, 0, "{run:?}: {stderr}");
        // That version did not name the command.
        let named = format!("\"mizan {} {}\"", env!("CARGO_PKG_VERSION"), run[0]);
        workspace.replace(output, &named, "\"mizan 0.1.0\"");
        for (other, _) in forms.iter().filter(|(other, _)| other != run) {
            let (code, _, stderr) = workspace.run(&[other, &["-o", output][..]].concat());
            assert_eq!(code, 2, "{other:?} over {run:?}: {stderr}");
        }
        let (code, _, stderr) = workspace.run(&[run, &["-o", output][..]].concat());
        assert_eq!(code, 0, "{run:?}: {stderr}");
        fs::remove_file(workspace.path(output)).unwrap();
    }
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn set_mode(workspace: &Workspace, name: &str, mode: u32) {
        fs::set_permissions(workspace.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(workspace: &Workspace, name: &str) -> u32 {
        fs::metadata(workspace.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// Each command that replaces outputs, with one.
    fn runs() -> Vec<(&'static str, &'static [&'static str])> {
        FORMS.iter().flat_map(|(out, forms)| forms.iter().map(|(run, _)| (*out, *run))).collect()
    }

    #[test]
    fn a_write_protected_output_is_not_replaced() {
        let workspace = scored();
        for (output, run) in runs() {
            let run = [run, &["-o", output]].concat();
            let (code, _, stderr) = workspace.run(&run);
            assert_eq!(code, 0, "{run:?}: {stderr}");
            let before = fs::metadata(workspace.path(output)).unwrap().modified().unwrap();
            set_mode(&workspace, output, 0o444);
            let (code, _, stderr) = workspace.run(&run);
            assert_eq!(code, 2, "{run:?}: {stderr}");
            let told = format!("{output} is write-protected; allow to write it (chmod u+w ");
            assert!(stderr.contains(&told), "{run:?}: {stderr}");
            let after = fs::metadata(workspace.path(output)).unwrap().modified().unwrap();
            assert_eq!((mode(&workspace, output), after), (0o444, before));
            fs::remove_file(workspace.path(output)).unwrap();
        }
        for output in ["o.jsonl", "o.csv", "o.xlsx"] {
            workspace.write(output, "");
            set_mode(&workspace, output, 0o400);
            let (code, _, stderr) = workspace.run(&["score", "in", "-o", output]);
            assert_eq!(code, 2, "{output}: {stderr}");
            assert!(stderr.contains("is write-protected"), "{output}: {stderr}");
            assert_eq!(fs::read(workspace.path(output)).unwrap(), b"");
        }
    }

    #[test]
    fn an_output_that_is_replaced_keeps_its_permissions() {
        let workspace = scored();
        for (output, run) in runs() {
            let run = [run, &["-o", output]].concat();
            workspace.write(output, "");
            for kept in [0o600, 0o664] {
                set_mode(&workspace, output, kept);
                let (code, _, stderr) = workspace.run(&run);
                assert_eq!((code, mode(&workspace, output)), (0, kept), "{run:?}: {stderr}");
            }
            fs::remove_file(workspace.path(output)).unwrap();
        }
    }

    #[test]
    fn an_output_that_is_a_link_is_written_to_the_file_that_it_names() {
        let workspace = scored();
        fs::create_dir(workspace.path("elsewhere")).unwrap();
        for (output, run) in runs() {
            let ending = output.rsplit('.').next().unwrap();
            let (link, real) = (format!("link.{ending}"), format!("elsewhere/real.{ending}"));
            symlink(format!("elsewhere/next.{ending}"), workspace.path(&link)).unwrap();
            let next = workspace.path(&format!("elsewhere/next.{ending}"));
            symlink(format!("real.{ending}"), &next).unwrap();
            let run = [run, &["-o", &link]].concat();
            // What is not there yet is made there, and then replaced.
            for time in ["first", "again"] {
                let (code, _, stderr) = workspace.run(&run);
                assert_eq!(code, 0, "{time} {run:?}: {stderr}");
                assert!(workspace.path(&link).is_symlink() && next.is_symlink(), "{run:?}");
                assert!(!workspace.path(&real).is_symlink(), "{run:?}");
            }
            for foreign in ["My notes\n", ""] {
                workspace.write(&real, foreign);
                let code = workspace.run(&run).0;
                assert_eq!(code, if foreign.is_empty() { 0 } else { 2 }, "{run:?}");
            }
            set_mode(&workspace, &real, 0o444);
            let (code, _, stderr) = workspace.run(&run);
            assert!(code == 2 && stderr.contains("is write-protected"), "{run:?}: {stderr}");
            for path in [workspace.path(&link), next, workspace.path(&real)] {
                fs::remove_file(path).unwrap();
            }
        }
        symlink("in/a.txt", workspace.path("a.html")).unwrap();
        symlink("b.html", workspace.path("b.html")).unwrap();
        for output in ["a.html", "b.html"] {
            let (code, _, stderr) = workspace.run(&["explain", "in", "-o", output]);
            assert_eq!(code, 2, "{output}: {stderr}");
        }
        assert_eq!(fs::read_to_string(workspace.path("in/a.txt")).unwrap(), ARTICLE);
    }
}

#[test]
fn training_replaces_no_document_of_others() {
    let workspace = Workspace::with_labels();
    let quick = ["train", "--quick", "--output"];
    workspace.write("labeled/CODEBOOK.md", "# How to label\n");
    workspace.write("notes.safetensors", "no model");
    workspace.write("kept.safetensors.previous", "something else");
    for (output, file, content) in [
        ("labeled/CODEBOOK.safetensors", "labeled/CODEBOOK.md", "# How to label\n"),
        ("notes.safetensors", "notes.safetensors", "no model"),
        ("kept.safetensors", "kept.safetensors.previous", "something else"),
        ("labeled/labels.csv", "labeled/events.toml", "[a]\n[b]\n[c]\n"),
    ] {
        let (code, _, stderr) = workspace.run(&[&quick[..], &[output]].concat());
        assert_eq!(code, 2, "{output}: {stderr}");
        assert_eq!(fs::read_to_string(workspace.path(file)).unwrap(), content, "{output}");
    }
    workspace.write("README.md", "# Mine\n");
    workspace.replace("labeled/camps.toml", "conflict = \"libya\"", "conflict = \"../README\"");
    let (code, _, stderr) = workspace.run(&["train", "--quick"]);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("../README") && stderr.contains("letters, digits"), "{stderr}");
    assert_eq!(fs::read_to_string(workspace.path("README.md")).unwrap(), "# Mine\n");
}
