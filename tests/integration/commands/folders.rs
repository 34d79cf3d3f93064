//! Folders as inputs: what is read of them, and what is passed over.

use crate::common::{Workspace, json_lines};

const ARABIC: &str = "أعلنت بعثة الأمم المتحدة للدعم في ليبيا أن اللجنة العسكرية المشتركة ستجتمع يوم \
    الثلاثاء المقبل في سرت.";

#[test]
fn files_without_a_known_ending_are_looked_into_and_the_others_told() {
    let workspace = Workspace::new();
    let page = format!("<!DOCTYPE html><html><body><p>{ARABIC}</p></body></html>");
    for (name, content) in [
        ("s/news.aspx?id=55", page.as_str()),
        ("s/index.php?p=57", &page),
        ("s/article-56", &page),
        ("s/view.asp;jsessionid=1", &page),
        ("s/deep/er/story.shtml", &page),
        ("s/plain", ARABIC),
        ("s/style.css?v=3", "a {}"),
        ("s/app.js", "1"),
        ("s/report.pdf", "%PDF-1.4"),
        ("s/build.log", "nothing here is in the language"),
        ("s/.hidden", ARABIC),
        ("s/.git/config", ARABIC),
        ("s/robots.txt", "User-agent: *"),
        ("s/empty", ""),
    ] {
        workspace.write(name, content);
    }
    let (code, stdout, stderr) = workspace.run(&["score", "s"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 6), "{stdout}{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    for told in [
        "s: 7 passed over",
        "2 images, styles, scripts and the like (app.js, style.css?v=3)",
        "a PDF file; convert it: pdftotext -enc UTF-8 FILE (report.pdf)",
        "1 of no known kind, without Arabic (build.log)",
        "1 hidden (.hidden)",
        "1 about other files (robots.txt)",
        "1 empty (empty)",
    ] {
        assert!(stderr.contains(told), "{told}: {stderr}");
    }
}

#[test]
fn a_folder_of_articles_alone_says_nothing() {
    let workspace = Workspace::new();
    workspace.write("s/a.txt", ARABIC);
    workspace.write("s/b.jsonl", format!("{{\"id\": \"1\", \"text\": \"{ARABIC}\"}}\n"));
    let (_, stdout, stderr) = workspace.run(&["score", "s", "--text-field", "text"]);
    assert_eq!(json_lines(&stdout).len(), 2);
    assert!(!stderr.contains("passed over"), "{stderr}");
    workspace.write("none/a.png", b"\x89PNG");
    let (_, _, stderr) = workspace.run(&["score", "none"]);
    assert!(stderr.contains("looks like an article"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_give_distinct_ids() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let workspace = Workspace::new();
    // خبر and خبز in windows-1256, as an archive of an old program leaves them.
    for name in [&b"\xCE\xC8\xD1.txt"[..], b"\xCE\xC8\xD2.txt", b"a\nb.txt", b"a b.txt"] {
        let path = workspace.path(".").join(OsStr::from_bytes(name));
        if std::fs::write(path, ARABIC).is_err() {
            return; // A file system that takes UTF-8 only.
        }
    }
    let (_, stdout, _) = workspace.run(&["score", "."]);
    let mut ids: Vec<String> =
        json_lines(&stdout).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    assert_eq!(ids, ["./%CE%C8%D1.txt", "./%CE%C8%D2.txt", "./a b.txt", "./a%0Ab.txt"]);
}

#[cfg(unix)]
#[test]
fn a_folder_is_read_once_without_pipes_and_says_where_links_lead_out() {
    use std::os::unix::fs::symlink;

    let workspace = Workspace::new();
    // A ladder of links, by which the last folder has 2^20 names.
    for step in 0..20 {
        let folder = workspace.path(&format!("s/d{step:02}"));
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["a", "b"] {
            symlink(format!("../d{:02}", step + 1), folder.join(name)).unwrap();
        }
    }
    workspace.write("s/d20/x.txt", ARABIC);
    workspace.write("elsewhere/y.txt", ARABIC);
    symlink(workspace.path("elsewhere"), workspace.path("s/out")).unwrap();
    symlink(workspace.path("elsewhere/y.txt"), workspace.path("s/y.txt")).unwrap();
    let status = std::process::Command::new("mkfifo").arg(workspace.path("s/p.txt")).status();
    assert!(status.is_ok_and(|status| status.success()));
    let (code, stdout, stderr) = workspace.run(&["score", "s"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 3), "{stdout}{stderr}");
    for told in [
        "folders that were read by another name",
        "1 no regular files (p.txt)",
        "2 links",
        "out, y.txt",
    ] {
        assert!(stderr.contains(told), "{told}: {stderr}");
    }
}

#[test]
fn a_folder_is_the_outlet_of_its_files_where_it_is_asked_for() {
    let workspace = Workspace::new();
    workspace.write("s/sawt/a.txt", ARABIC);
    workspace.write("s/sawt/b.txt", format!("id: b\noutlet: minbar\n\n{ARABIC}"));
    workspace.write("s/minbar/c.jsonl", format!("{{\"id\": \"c\", \"text\": \"{ARABIC}\"}}\n"));
    let (_, stdout, _) = workspace.run(&["score", "s"]);
    assert_eq!(json_lines(&stdout).iter().filter(|one| one["outlet"].is_string()).count(), 1);
    workspace.write("none.jsonl", stdout.lines().next().unwrap());
    let (_, _, stderr) = workspace.run(&["report", "none.jsonl"]);
    assert!(stderr.contains("no article names its outlet: `mizan score --outlet-from"), "{stderr}");
    let (_, stdout, _) = workspace.run(&["score", "--outlet-from-folder", "s"]);
    let outlets: Vec<_> = json_lines(&stdout)
        .iter()
        .map(|one| (one["id"].clone(), one["outlet"].as_str().unwrap().to_owned()))
        .collect();
    let wanted = [("c", "minbar"), ("s/sawt/a.txt", "sawt"), ("b", "minbar")];
    assert_eq!(outlets, wanted.map(|(id, outlet)| (id.into(), outlet.to_owned())));
}

#[test]
fn scores_that_are_named_as_articles_are_refused_and_beside_others_passed_over() {
    let workspace = Workspace::new();
    workspace.write("a.txt", ARABIC);
    let (_, scores, _) = workspace.run(&["score", "a.txt"]);
    workspace.write("scores.jsonl", scores);
    let (code, stdout, stderr) = workspace.run(&["score", "scores.jsonl"]);
    assert!(code == 2 && stdout.is_empty(), "{code} {stdout}");
    assert!(
        stderr.contains("scores.jsonl holds scores as JSON lines that mizan wrote, not articles"),
        "{stderr}"
    );
    let (code, stdout, stderr) = workspace.run(&["score", "scores.jsonl", "a.txt"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stderr}");
    assert!(
        stderr.contains("scores.jsonl passed over: it holds scores as JSON lines that"),
        "{stderr}"
    );
}
