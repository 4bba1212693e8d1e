//! Handles: the unique names by which a library knows its characters.

use unicode_normalization::UnicodeNormalization;

/// The most characters of a handle.
pub const MAX_HANDLE: usize = 60;

/// Makes a handle of a name: lower-case, accents taken off Latin letters, `-` for whatever is no letter or digit.
///
/// A name without any letter or digit gives `unnamed`. Whether the handle is free is the library's to know.
pub fn handle_from(name: &str) -> String {
    let mut out = String::new();
    // Bounded before normalising, so that a name of a gigabyte costs nothing.
    let bounded: String = name.chars().take(4 * MAX_HANDLE).collect();
    let plain: String = bounded
        .nfkd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .collect();
    for c in plain.nfc().flat_map(char::to_lowercase) {
        if is_handle_char(c) {
            out.push(c);
        } else if !matches!(c, '\'' | '\u{2019}') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    // Once more: marks that an apostrophe kept apart have an order of their own when they meet.
    let mut handle: String = out.nfc().take(MAX_HANDLE).collect();
    handle.truncate(handle.trim_end_matches('-').len());
    if handle.is_empty() {
        "unnamed".to_owned()
    } else {
        handle
    }
}

/// Says why a text is not a handle.
pub(crate) fn problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.chars().count() > MAX_HANDLE {
        Some("it is too long")
    } else if text.chars().any(|c| c != '-' && !is_handle_char(c)) {
        Some("it has characters other than lower-case letters, digits and `-`")
    } else if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        Some("its `-` stand at an end or side by side")
    } else {
        None
    }
}

fn is_handle_char(c: char) -> bool {
    c.is_alphanumeric() && c.to_lowercase().eq(std::iter::once(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_become_handles() {
        for (name, handle) in [
            ("Sorrel Quickfen", "sorrel-quickfen"),
            ("  Élodie d'Ambre  ", "elodie-dambre"),
            ("Grog -- the \"Mighty\"!", "grog-the-mighty"),
            ("Драго", "драго"),
            ("龍 II", "龍-ii"),
            ("ﬁnn", "finn"),
            ("STRASSE", "strasse"),
            ("\u{1e000}'\u{f71}", "\u{f71}\u{1e000}"),
            ("!!!", "unnamed"),
            ("", "unnamed"),
        ] {
            assert_eq!(handle_from(name), handle, "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_name_gives_a_handle_that_stays_itself(name in "\\PC{0,90}") {
            let handle = handle_from(&name);
            prop_assert_eq!(problem(&handle), None, "{}", handle);
            prop_assert_eq!(handle_from(&handle), handle.clone());
        }
    }
}
