//! Text and counts as a person means them: folded for searching, shortened for a line, cut to what the wire holds.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text for searching and sorting: lower case, without accents, so that `Ysolde` finds `Ÿsoldé`.
pub(crate) fn fold(text: &str) -> String {
    // Nearly every name is so, and a library of ten thousand is folded when it is first looked at.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Folds a text as [`fold`] does, and puts it behind what stands there.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else {
        out.push_str(&fold(text));
    }
}

/// Shortens a text to one line of at most so many characters, with an ellipsis where something was cut.
pub(crate) fn line(text: &str, most: usize) -> String {
    let flat: Vec<&str> = text.split_whitespace().collect();
    let flat = flat.join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let cut: String = flat.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// Brings a count to the width of the wire; past four thousand million it stays there.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_and_accents() {
        assert_eq!(fold("Ÿsoldé ÆTHER"), "ysolde æther");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("a\n b  c", 10), "a b c");
        assert_eq!(line("the reeds went quiet", 10), "the reeds…");
    }
}
