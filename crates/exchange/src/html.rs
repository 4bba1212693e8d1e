//! Markup of rich texts into Markdown: paragraphs, headings, lists, emphasis, tables as lines; everything else falls away.
//!
//! One pass over the text without recursion, so that a million open tags cost no more than a million letters. What comes
//! out holds no markup and no address: links keep their words only. Scripts, styles and their kin are dropped whole.

/// The most bytes of markup that are looked at.
const MAX_MARKUP: usize = 1 << 20;

/// Turns the rich text of a file into Markdown.
///
/// Foundry's own marks are unwrapped: `@UUID[…]{words}` gives its words, `[[/r 1d6]]` the dice, `&Reference[prone]` the
/// name; what would embed another document is left out.
pub fn to_markdown(markup: &str) -> String {
    let mut end = markup.len().min(MAX_MARKUP);
    while !markup.is_char_boundary(end) {
        end -= 1;
    }
    let plain = tags(markup.get(..end).unwrap_or_default());
    tidy(&marks(&plain))
}

/// Takes tags off and puts Markdown in their place.
fn tags(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    // Numbers of the items of open ordered lists; unordered ones count nothing.
    let mut lists: Vec<Option<u32>> = Vec::new();
    while let Some(start) = rest.find(['<', '&']) {
        let (before, after) = rest.split_at(start);
        words(&mut out, before);
        if let Some(entity) = after.strip_prefix('&') {
            let (letter, left) = entity_of(entity);
            words(&mut out, letter.encode_utf8(&mut [0; 4]));
            rest = left;
            continue;
        }
        let inner = &after[1..];
        if let Some(comment) = inner.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, left)| left);
            continue;
        }
        let is_tag =
            inner.starts_with(|first: char| first.is_ascii_alphabetic() || "/!?".contains(first));
        if !is_tag && !inner.is_empty() {
            words(&mut out, "<");
            rest = inner;
            continue;
        }
        // A tag that never ends takes the rest with it.
        let Some(close) = inner.find('>') else {
            rest = "";
            break;
        };
        let (tag, left) = (&inner[..close], &inner[close + 1..]);
        rest = left;
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect::<String>()
            .to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" | "iframe" | "object" | "svg" | "template" | "noscript"
                if !closing =>
            {
                rest = skip_to_end(rest, &name);
            }
            "br" => out.push('\n'),
            "hr" => out.push_str("\n\n---\n\n"),
            "p" | "div" | "section" | "article" | "blockquote" | "table" | "figure" | "aside" => {
                out.push_str("\n\n");
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                out.push_str("\n\n");
                if !closing {
                    out.push_str("### ");
                }
            }
            "strong" | "b" => emphasis(&mut out, "**", closing),
            "em" | "i" => emphasis(&mut out, "*", closing),
            "ul" | "ol" => {
                if closing {
                    lists.pop();
                } else if lists.len() < 16 {
                    lists.push((name == "ol").then_some(0));
                }
                out.push_str("\n\n");
            }
            "li" if !closing => {
                out.push('\n');
                for _ in 1..lists.len() {
                    out.push_str("  ");
                }
                match lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        out.push_str(&format!("{number}. "));
                    }
                    _ => out.push_str("- "),
                }
            }
            "tr" => out.push('\n'),
            "td" | "th" if closing => out.push_str(" | "),
            _ => {}
        }
    }
    words(&mut out, rest);
    out
}

/// Opens or closes emphasis; a close without an open, or around nothing, leaves no mark.
fn emphasis(out: &mut String, mark: &str, closing: bool) {
    if !closing {
        out.push_str(mark);
        return;
    }
    let end = out.trim_end_matches(' ').len();
    let spaces = out.len() - end;
    out.truncate(end);
    if out.ends_with(mark) {
        out.truncate(out.len() - mark.len());
    } else {
        out.push_str(mark);
    }
    out.push_str(&" ".repeat(spaces));
}

/// Finds the end of an element whose content is dropped.
fn skip_to_end<'t>(rest: &'t str, name: &str) -> &'t str {
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|rest| rest.find("</")) {
        let at = from + found + 2;
        let tail = rest.get(at..).unwrap_or_default();
        if tail
            .get(..name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name))
        {
            return tail
                .find('>')
                .and_then(|end| tail.get(end + 1..))
                .unwrap_or_default();
        }
        from = at;
    }
    ""
}

/// Writes words; runs of white space are one blank.
fn words(out: &mut String, text: &str) {
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            if !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.push(letter);
        }
    }
}

/// Decodes what follows an ampersand; one that begins no entity is itself.
fn entity_of(rest: &str) -> (char, &str) {
    let Some(end) = rest.bytes().take(10).position(|byte| byte == b';') else {
        return ('&', rest);
    };
    let (name, left) = (
        rest.get(..end).unwrap_or_default(),
        rest.get(end + 1..).unwrap_or_default(),
    );
    let letter = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "hellip" => Some('…'),
        "bull" => Some('•'),
        "times" => Some('×'),
        "eacute" => Some('é'),
        "egrave" => Some('è'),
        "auml" => Some('ä'),
        "ouml" => Some('ö'),
        "uuml" => Some('ü'),
        "szlig" => Some('ß'),
        "aelig" => Some('æ'),
        _ => name.strip_prefix('#').and_then(|code| {
            let number = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => code.parse().ok(),
            };
            number
                .and_then(char::from_u32)
                .filter(|letter| !letter.is_control())
        }),
    };
    letter.map_or(('&', rest), |letter| (letter, left))
}

/// Unwraps Foundry's marks.
fn marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['@', '[', '&']) {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        if let Some(left) = inline_roll(after, &mut out).or_else(|| reference(after, &mut out)) {
            rest = left;
            continue;
        }
        let mut letters = after.chars();
        out.extend(letters.next());
        rest = letters.as_str();
    }
    out.push_str(rest);
    out
}

/// `[[/damage 2d6 fire]]{label}`.
fn inline_roll<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let inner = text.strip_prefix("[[")?;
    let (roll, left) = inner
        .split_once("]]")
        .filter(|(roll, _)| roll.len() < 300)?;
    let (label, left) = label_of(left);
    let said = match label {
        Some(label) => label,
        None if roll.starts_with("lookup") => "it",
        None => roll
            .trim_start_matches('/')
            .split_once(' ')
            .map_or(roll, |(command, rest)| {
                if roll.starts_with('/') {
                    let _ = command;
                    rest
                } else {
                    roll
                }
            })
            .trim(),
    };
    out.push_str(said);
    Some(left)
}

/// `@UUID[target]{label}`, `@Check[dex dc=15]`, `&Reference[prone]`.
fn reference<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let inner = text.strip_prefix(['@', '&'])?;
    let open = inner.bytes().take(24).position(|byte| byte == b'[')?;
    let kind = inner.get(..open)?;
    if kind.is_empty() || !kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (target, left) = inner
        .get(open + 1..)?
        .split_once(']')
        .filter(|(target, _)| target.len() < 500)?;
    let (label, left) = label_of(left);
    if kind == "Embed" {
        return Some(left);
    }
    let short = || match kind {
        "UUID" | "Compendium" | "Actor" | "Item" => {
            let last = target.split_whitespace().next().unwrap_or_default();
            last.rsplit('.').next().unwrap_or_default().to_owned()
        }
        _ => {
            let named: Vec<&str> = target
                .split_whitespace()
                .filter(|word| !word.starts_with("apply=") && !word.starts_with("format="))
                .map(|word| word.rsplit('=').next().unwrap_or(word))
                .collect();
            named.join(" ")
        }
    };
    out.push_str(&label.map_or_else(short, str::to_owned));
    Some(left)
}

fn label_of(rest: &str) -> (Option<&str>, &str) {
    match rest
        .strip_prefix('{')
        .and_then(|inner| inner.split_once('}'))
    {
        Some((label, left)) if label.len() < 300 => (Some(label), left),
        _ => (None, rest),
    }
}

/// Trims lines and leaves at most one empty line between paragraphs.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let kept = line.trim_end().trim_end_matches(" |");
        let kept = if kept
            .trim_start()
            .starts_with(['-', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        {
            kept
        } else {
            kept.trim_start()
        };
        if kept.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(kept);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(markup: &str, expected: &str) {
        assert_eq!(to_markdown(markup), expected, "{markup}");
    }

    #[test]
    fn what_a_writer_meant_is_kept() {
        check(
            "<p>One &amp; two.</p><p><em>Three</em> <strong>four </strong>five</p>",
            "One & two.\n\n*Three* **four** five",
        );
        check("<ul><li>a</li><li><p>b</p></li></ul>", "- a\n-\n\nb");
        check("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b");
        check("<h2>Song</h2>la<br>la", "### Song\n\nla\nla");
        check(
            "a < b &lt;i&gt; &#233;&#x27; &bogus; R&D",
            "a < b <i> é' &bogus; R&D",
        );
        check("<table><tr><td>1</td><td>2</td></tr></table>", "1 | 2");
        check("plain", "plain");
    }

    #[test]
    fn foundrys_marks_are_unwrapped() {
        check(
            "@UUID[Compendium.dnd5e.x.Item.abc]{a heron} flies",
            "a heron flies",
        );
        check("@UUID[Compendium.dnd5e.x.Item.abc]", "abc");
        check(
            "take [[/damage 2d6 fire]] or [[1d4]]",
            "take 2d6 fire or 1d4",
        );
        check("is &Reference[prone apply=false] now", "is prone now");
        check("<p>x</p><p>@Embed[Compendium.a.b inline]</p>", "x");
        check("mail@example.org [list]", "mail@example.org [list]");
        check("[[lookup @name]] bites", "it bites");
    }

    #[test]
    fn hostile_markup_leaves_nothing_behind() {
        check("a<script>alert('<p>')</script>b", "ab");
        check("a<SCRIPT >x</ScRiPt >b<style>p{}</style>", "ab");
        check("<img src=x onerror=alert(1)>c", "c");
        check("<a href=\"javascript:alert(1)\">words</a>", "words");
        check("<!-- <b>x</b> -->y", "y");
        check("<script>never closed", "");
        check("<img src='data:image/png;base64,AAAA'>", "");
        check("a<img src=x onerror=alert(1)", "a");
        assert_eq!(to_markdown(&"<div>".repeat(400_000)), "");
        assert!(to_markdown(&"<li>".repeat(100_000)).len() < 600_000);
        assert!(to_markdown(&"@UUID[".repeat(50_000)).len() < 600_000);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(markup in "(<[a-z/!]{0,6}[ ='\"a-z]{0,9}>?|&[#x0-9a-z]{0,6};?|@[A-Z]{0,4}\\[|\\]|\\{|\\}|\\PC){0,60}") {
            let text = to_markdown(&markup);
            prop_assert!(!text.contains("\n\n\n"));
        }
    }
}
