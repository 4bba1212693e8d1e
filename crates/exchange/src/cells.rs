//! Values made to fit the cells they go into.

use sheet::{MAX_NAME, MAX_PROSE};

/// Makes one line of at most so many characters, without control and direction characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut gap = false;
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if is_direction(letter) {
            continue;
        }
        if gap {
            if count + 2 > most {
                break;
            }
            out.push(' ');
            count += 1;
            gap = false;
        }
        if count == most {
            break;
        }
        out.push(letter);
        count += 1;
    }
    out
}

/// Makes a name.
pub(crate) fn name(text: &str) -> String {
    line(text, MAX_NAME)
}

/// Makes a text of several lines that fits its cell; tells whether something was cut off.
pub(crate) fn prose(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len().min(MAX_PROSE));
    for letter in text.chars() {
        if is_direction(letter) || letter.is_control() && letter != '\n' && letter != '\t' {
            continue;
        }
        // Room is left for what is added below a text.
        if out.len() + letter.len_utf8() > MAX_PROSE - 2_048 {
            return (out, true);
        }
        out.push(letter);
    }
    (out.trim().to_owned(), false)
}

/// Characters that turn the direction of text, or hide.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Tells whether a text can be the id of a thing.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=sheet::MAX_ID).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Gives the rank of the thing at a place, with room before and after it.
pub(crate) fn rank(place: usize) -> String {
    format!("{place:05}V")
}

/// Adds a paragraph to a text.
pub(crate) fn append(text: &mut String, more: &str) {
    let more = more.trim();
    if more.is_empty() || text.len() + more.len() + 2 > MAX_PROSE {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_no_longer() {
        assert_eq!(line("  Old\n\t Hask\u{202e} \u{7} ", 120), "Old Hask");
        assert_eq!(line("Dæmonologist", 120), "Dæmonologist");
        assert_eq!(line(&"é".repeat(500), 7).chars().count(), 7);
        assert_eq!(line("ab cd", 3), "ab");
    }

    #[test]
    fn prose_is_cut_at_the_cells_limit() {
        let (text, cut) = prose(&"x".repeat(MAX_PROSE * 2));
        assert!(cut && text.len() <= MAX_PROSE);
        assert_eq!(prose("a\u{0}b\nc\r\n"), ("ab\nc".to_owned(), false));
    }
}
