//! Paths in commands that a message prints, so that they can be copied into a shell.

use std::path::Path;

/// A path as one word of a shell: in single quotes where it has a space or another sign that means
/// something there.
pub fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "._-/+,:@%=".contains(c);
    // A path that begins with a dash would be an option.
    let path = if path.starts_with('-') { format!("./{path}") } else { path };
    if !path.is_empty() && path.chars().all(is_plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_is_one_word() {
        for (path, word) in [
            ("a/b-1.csv", "a/b-1.csv"),
            ("مقالات/خبر.csv", "مقالات/خبر.csv"),
            ("my folder/a", "'my folder/a'"),
            ("it's", r"'it'\''s'"),
            ("$x", "'$x'"),
            ("-x", "./-x"),
        ] {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }
}
