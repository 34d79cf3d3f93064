//! Names from files as parts of a message, which stays short however many and long they are.

/// Most names that a message lists, and most characters of each.
const MAX_LISTED: usize = 20;
const MAX_CHARS: usize = 80;

/// The first names, separated by commas, and how many more there are.
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let mut all: Vec<String> =
        names.iter().take(MAX_LISTED).map(|name| shortened(name.as_ref())).collect();
    if names.len() > MAX_LISTED {
        all.push(format!("and {} more", names.len() - MAX_LISTED));
    }
    all.join(", ")
}

/// The beginning of a name.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_stays_short() {
        assert_eq!(listed(&["a", "b"]), "a, b");
        let long = vec!["ن".repeat(1_000); 30];
        let told = listed(&long);
        assert!(told.ends_with("…, and 10 more") && told.chars().count() < 1_700, "{told}");
    }
}
