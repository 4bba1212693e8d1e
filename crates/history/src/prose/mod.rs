//! Prose: word-level differences, and a three-way merge by paragraphs, then by words, that never blocks.
//!
//! The merge is the classic diff3 (Khanna, Kunal, Pierce, "A Formal Investigation of Diff3", 2007) over tokens. Both are bounded
//! by counts and not by the clock, so that two machines given the same texts agree: paragraphs that differ so much that the words of the
//! one are not found in the other within the bound are compared as wholes.

mod compare;

use std::hash::Hash;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use compare::{Budget, Run, runs};

/// Tells what became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HunkKind {
    /// In both.
    Equal,
    /// Only in the later.
    Insert,
    /// Only in the earlier.
    Delete,
}

/// Holds a run of text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunk {
    /// What became of it.
    pub kind: HunkKind,
    /// The text.
    pub text: String,
}

/// Holds merged prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseMerge {
    /// The text; where both changed the same words, ours and then theirs.
    pub text: String,
    /// Whether both changed the same words somewhere.
    pub overlapped: bool,
}

/// Splits text into paragraphs, each with the line end that closes it; joined they are the text.
fn paragraphs(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Splits text into paragraphs, each with the empty lines behind it: what is empty says nothing about which paragraph became which.
fn blocks(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in paragraphs(text) {
        if !line.trim().is_empty() && text[start..at].ends_with("\n\n") {
            out.push(&text[start..at]);
            start = at;
        }
        at += line.len();
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// Splits text into words and the gaps between them; joined they are the text.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last: Option<u8> = None;
    for (at, c) in text.char_indices() {
        let class = class(c);
        if last.is_some_and(|l| l != class || class == 2) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(class);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// Tells letters of words from gaps, and both from what stands by itself.
fn class(c: char) -> u8 {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '\'' | '’' => 0,
        ' ' | '\n' => 1,
        _ if c.is_alphanumeric() => 0,
        _ if c.is_whitespace() => 1,
        _ => 2,
    }
}

/// Compares two texts by words, whole paragraphs first.
///
/// Takes less than a millisecond for 20 KB, whatever became of them: paragraphs that were written anew are told as replaced.
pub fn word_hunks(before: &str, after: &str) -> Vec<Hunk> {
    let (a, b) = (blocks(before), blocks(after));
    let mut budget = Budget::new();
    let mut hunks = Hunks(Vec::new());
    apart(&a, &b, &mut Budget::new(), |equal, old, new| {
        let (old, new) = (a[old].concat(), b[new].concat());
        if equal {
            hunks.push(HunkKind::Equal, &old);
            return;
        }
        let (x, y) = (words(&old), words(&new));
        apart(&x, &y, &mut budget, |equal, old, new| {
            if equal {
                hunks.push(HunkKind::Equal, &x[old].concat());
            } else {
                hunks.push(HunkKind::Delete, &x[old].concat());
                hunks.push(HunkKind::Insert, &y[new].concat());
            }
        });
    });
    hunks.0
}

/// Walks two rows of tokens: what stands in both, and what stands between on either side.
fn apart<T: Eq + Hash>(
    old: &[T],
    new: &[T],
    budget: &mut Budget,
    mut visit: impl FnMut(bool, Range<usize>, Range<usize>),
) {
    let (mut x, mut y) = (0, 0);
    let end = Run {
        old: old.len(),
        new: new.len(),
        len: 0,
    };
    for run in runs(old, new, budget).into_iter().chain([end]) {
        if run.old > x || run.new > y {
            visit(false, x..run.old, y..run.new);
        }
        if run.len > 0 {
            visit(true, run.old..run.old + run.len, run.new..run.new + run.len);
        }
        (x, y) = (run.old + run.len, run.new + run.len);
    }
}

struct Hunks(Vec<Hunk>);

impl Hunks {
    fn push(&mut self, kind: HunkKind, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.0.push(Hunk {
                kind,
                text: text.to_owned(),
            }),
        }
    }
}

/// Merges what two sides made of one text.
pub fn merge_prose(base: &str, ours: &str, theirs: &str) -> ProseMerge {
    let (b, o, t) = (paragraphs(base), paragraphs(ours), paragraphs(theirs));
    let mut out = ProseMerge {
        text: String::with_capacity(ours.len()),
        overlapped: false,
    };
    for region in diff3(&b, &o, &t) {
        match region {
            Region::Ours(range) => out.text.push_str(&o[range].concat()),
            Region::Theirs(range) => out.text.push_str(&t[range].concat()),
            Region::Both { base, ours, theirs } => {
                merge_words(
                    &b[base].concat(),
                    &o[ours].concat(),
                    &t[theirs].concat(),
                    &mut out,
                );
            }
        }
    }
    out
}

fn merge_words(base: &str, ours: &str, theirs: &str, out: &mut ProseMerge) {
    let (b, o, t) = (words(base), words(ours), words(theirs));
    if b.is_empty() {
        keep_both(ours, theirs, out);
        return;
    }
    for region in diff3(&b, &o, &t) {
        match region {
            Region::Ours(range) => out.text.push_str(&o[range].concat()),
            Region::Theirs(range) => out.text.push_str(&t[range].concat()),
            Region::Both { ours, theirs, .. } => {
                keep_both(&o[ours].concat(), &t[theirs].concat(), out);
            }
        }
    }
}

/// Sets ours before theirs, on the same line with a space and between paragraphs with a line end.
fn keep_both(ours: &str, theirs: &str, out: &mut ProseMerge) {
    out.overlapped = true;
    // The order must not depend on who merges, or two laptops would never agree on the text.
    let (first, second) = if ours <= theirs {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    out.text.push_str(first);
    if !first.is_empty() && !second.is_empty() && !first.ends_with(char::is_whitespace) {
        let joint = if first.len() > 200 || second.len() > 200 {
            '\n'
        } else {
            ' '
        };
        out.text.push(joint);
    }
    out.text.push_str(second);
}

enum Region {
    /// Ours stands: both agree, or only ours changed.
    Ours(Range<usize>),
    /// Only theirs changed.
    Theirs(Range<usize>),
    /// Both changed, differently.
    Both {
        base: Range<usize>,
        ours: Range<usize>,
        theirs: Range<usize>,
    },
}

fn diff3<T: Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Region> {
    let to_ours = matches_of(base, ours);
    let to_theirs = matches_of(base, theirs);
    let mut regions = Vec::new();
    let (mut b, mut o, mut t) = (0, 0, 0);
    loop {
        // The next token of the base that stands in both.
        let sync = (b..base.len()).find_map(|i| Some((i, to_ours[i]?, to_theirs[i]?)));
        let (b1, o1, t1) = sync.unwrap_or((base.len(), ours.len(), theirs.len()));
        let (x, y, z) = (&base[b..b1], &ours[o..o1], &theirs[t..t1]);
        if y == z || x == z {
            regions.push(Region::Ours(o..o1));
        } else if x == y {
            regions.push(Region::Theirs(t..t1));
        } else {
            regions.push(Region::Both {
                base: b..b1,
                ours: o..o1,
                theirs: t..t1,
            });
        }
        if sync.is_none() {
            return regions;
        }
        regions.push(Region::Ours(o1..o1 + 1));
        (b, o, t) = (b1 + 1, o1 + 1, t1 + 1);
    }
}

/// For each token of `a`, where the comparison found it in `b`.
fn matches_of<T: Eq + Hash>(a: &[T], b: &[T]) -> Vec<Option<usize>> {
    let mut found = vec![None; a.len()];
    for run in runs(a, b, &mut Budget::new()) {
        for (i, place) in found[run.old..run.old + run.len].iter_mut().enumerate() {
            *place = Some(run.new + i);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_both_stand_and_order_does_not_depend_on_the_side() {
        for (base, ours, theirs, merged, overlapped) in [
            (
                "The reeds went quiet.",
                "The reeds fell quiet.",
                "The reeds went silent.",
                "The reeds fell silent.",
                false,
            ),
            (
                "a\nb\nc\n",
                "a\nB\nc\n",
                "a\nb\nc\nd\n",
                "a\nB\nc\nd\n",
                false,
            ),
            (
                "the horns did",
                "the drums did",
                "the bells did",
                "the bells drums did",
                true,
            ),
            ("", "Hello", "World", "Hello World", true),
            ("gone", "", "gone", "", false),
        ] {
            for (ours, theirs) in [(ours, theirs), (theirs, ours)] {
                let got = merge_prose(base, ours, theirs);
                assert_eq!(
                    got,
                    ProseMerge {
                        text: merged.to_owned(),
                        overlapped
                    }
                );
            }
        }
    }

    #[test]
    fn hunks_are_words_and_not_letters() {
        let hunks = word_hunks(
            "quiet before the horns did.\n",
            "quiet before the drums did.\n",
        );
        let shown: Vec<_> = hunks.iter().map(|h| (h.kind, h.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                (HunkKind::Equal, "quiet before the "),
                (HunkKind::Delete, "horns"),
                (HunkKind::Insert, "drums"),
                (HunkKind::Equal, " did.\n"),
            ]
        );
    }

    #[test]
    fn an_empty_line_that_went_does_not_make_paragraphs_strangers() {
        let paragraph = |n: usize| format!("the {n} reeds of the {n} fen\n");
        let paragraphs: Vec<_> = (0..12).map(paragraph).collect();
        let before = paragraphs.join("\n");
        // A word in each, and one empty line less.
        let after = before.replace("fen", "bog").replacen("bog\n\n", "bog\n", 1);
        let hunks = word_hunks(&before, &after);
        let of = |kind: HunkKind| {
            let texts = hunks.iter().filter(|h| h.kind == kind);
            texts.map(|h| h.text.trim()).collect::<Vec<_>>().concat()
        };
        assert_eq!(of(HunkKind::Delete), "fen".repeat(12));
        assert_eq!(of(HunkKind::Insert), "bog".repeat(12));
    }

    proptest! {
        #[test]
        fn hunks_hold_both_texts(a in "[ab \n.é]{0,60}", b in "[ab \n.é]{0,60}") {
            let hunks = word_hunks(&a, &b);
            let side = |skip: HunkKind| {
                hunks.iter().filter(|h| h.kind != skip).map(|h| h.text.as_str()).collect::<String>()
            };
            prop_assert_eq!(side(HunkKind::Insert), a);
            prop_assert_eq!(side(HunkKind::Delete), b);
        }

        #[test]
        fn merging_an_unchanged_side_takes_the_other(a in "[ab \n.]{0,60}", b in "[ab \n.]{0,60}") {
            prop_assert_eq!(merge_prose(&a, &a, &b).text, b.clone());
            prop_assert_eq!(merge_prose(&a, &b, &a).text, b.clone());
            prop_assert_eq!(merge_prose(&a, &b, &b).text, b);
        }
    }
}
