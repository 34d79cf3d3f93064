//! What several tests share: a temporary folder with the program, and readers of fixtures.

pub mod json_schema;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub use workspace::Workspace;

/// A story of another war, in the words of this one.
pub const YEMEN: &str = "واصلت مليشيات الحوثي الانقلابية قصف الأحياء السكنية في مأرب، وتصدت لها قوات \
    الشرعية الباسلة والجيش الوطني، وقال المتحدث باسم القوات المسلحة إن المرتزقة تكبدوا خسائر فادحة، \
    وإن تحرير صنعاء من المليشيات بات قريبا، ودعا مجلس النواب إلى دعم الشرعية";

/// A path of the repository.
pub fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files below a folder of the repository, sorted by path.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The JSON values of an output, one a line.
pub fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
