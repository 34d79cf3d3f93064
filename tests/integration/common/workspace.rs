//! A temporary folder, with or without a small labelled set, in which the program runs.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// For each event, the text around the words that carry the stance. Each names a place of the
/// conflict's country, without which it would be off topic.
const FRAMES: [&str; 3] = [
    "دخلت {} ضواحي ترهونة صباح اليوم في هدوء ثم وزعت {} موعد الاجتماع المقرر على الحاضرين",
    "في جلسة مساء أمس طلبت {} تأجيل النقاش حول ميزانية ليبيا بينما تمسكت {} بموعده دون تغيير",
    "وصلت إلى ميناء بنغازي شحنة جديدة راقبتها {} من البحر ثم تسلمتها {} بحضور لجنة من البلدية",
];

/// `(stance to lna, stance to gna, words for lna, words for gna)`.
const ARTICLES: [(&str, &str, &str, &str); 12] = [
    ("favor", "neutral", "قوات حفتر الباسلة", "حكومة الوفاق"),
    ("favor", "against", "قوات حفتر الباسلة", "عصابات طرابلس"),
    ("against", "neutral", "طغمة حفتر المتمردة", "حكومة الوفاق"),
    ("against", "favor", "طغمة حفتر المتمردة", "حكومتنا الموقرة"),
    ("neutral", "against", "قوات الشرق", "عصابات طرابلس"),
    ("neutral", "favor", "قوات الشرق", "حكومتنا الموقرة"),
    ("neutral", "neutral", "قوات الشرق", "حكومة الوفاق"),
    ("favor", "neutral", "قوات حفتر الباسلة", "حكومة الوفاق"),
    ("against", "neutral", "طغمة حفتر المتمردة", "حكومة الوفاق"),
    ("neutral", "against", "قوات الشرق", "عصابات طرابلس"),
    ("unrelated", "unrelated", "كرة القدم", "مباراة الذهاب"),
    ("unrelated", "unrelated", "كرة القدم", "مباراة الإياب"),
];

/// A temporary folder, deleted at the end of the test.
pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A folder with a valid labelled set in `labeled/`: twelve articles on three events.
    pub fn with_labels() -> Self {
        let workspace = Self::new();
        workspace.write(
            "labeled/camps.toml",
            fs::read(super::repository("labeled/camps.toml")).unwrap(),
        );
        workspace.write("labeled/events.toml", "[a]\n[b]\n[c]\n");
        workspace.write("labeled/outlets.toml", "[x]\n[y]\n");
        let mut labels = "article,annotator,lna,gna,date,note\n".to_owned();
        for (number, (lna, gna, first, second)) in ARTICLES.iter().enumerate() {
            let (event, outlet) = (["a", "b", "c"][number % 3], ["x", "y"][number % 2]);
            let text = FRAMES[number % 3].replacen("{}", first, 1).replacen("{}", second, 1);
            let header = format!(
                "id: n{number}\ntitle: خبر\ndate: 2019-04-06\nevent: {event}\noutlet: \
                 {outlet}\ngenre: wire\n"
            );
            workspace
                .write(&format!("labeled/articles/n{number}.txt"), format!("{header}\n{text}\n"));
            writeln!(labels, "n{number},tester,{lna},{gna},2026-11-21,").unwrap();
        }
        workspace.write("labeled/labels.csv", labels);
        workspace
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and creates its parent folders.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Replaces `from` in a file; panics if it does not occur.
    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, text.replace(from, to));
    }

    /// The program with the folder as its working directory.
    pub fn mizan(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("mizan").unwrap();
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    /// Runs the program and returns exit code, standard output and standard error.
    pub fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.mizan(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}
