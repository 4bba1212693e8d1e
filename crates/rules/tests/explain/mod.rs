//! Derives a document and writes a number's explanation in one line.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rules::{Content, Derived, derive};
use serde_json::{Value, json};
use sheet::Source;

pub fn derived(document: Value) -> Derived {
    sheet::check_document(&document).unwrap();
    derive(&Source::from_value(&document).unwrap(), &Content::none())
}

/// Explains a number in one line: `value = label amount (detail) + …`.
pub fn why(derived: &Derived, cell: &str) -> String {
    let stat = derived
        .stats
        .get(cell)
        .unwrap_or_else(|| panic!("no explanation of {cell}"));
    let mut out = format!("{} =", stat.value);
    for term in &stat.terms {
        out.push_str(&format!(" {} {:+}", term.label, term.value));
        if !term.detail.is_empty() {
            out.push_str(&format!(" ({})", term.detail));
        }
        out.push(';');
    }
    for other in &stat.alternatives {
        out.push_str(&format!(
            " not {} {} [{}];",
            other.label, other.value, other.detail
        ));
    }
    for note in &stat.notes {
        out.push_str(&format!(" {note};"));
    }
    if let Some(computed) = stat.computed {
        let note = stat.override_note.as_deref().unwrap_or_default();
        out.push_str(&format!(" by hand, computed {computed} ({note})"));
    }
    out.trim_end_matches(';').to_owned()
}

#[track_caller]
pub fn check(document: Value, cell: &str, expected: &str) {
    assert_eq!(why(&derived(document), cell), expected, "{cell}");
}

/// Levels of one class, at fixed hit points.
pub fn levels(class: &str, count: usize) -> Value {
    let level = |n: usize| {
        (
            format!("l{n:02}"),
            json!({"rank": format!("{n:02}"), "class": class}),
        )
    };
    Value::Object((1..=count).map(level).collect())
}
