//! JSON of any shape, read within limits and asked leniently: a missing or wrong value is no value.

use serde_json::Value;

use crate::{MAX_BYTES, MAX_DEPTH, Refusal};

static NOTHING: Value = Value::Null;

/// Reads JSON within the limits of size and depth.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new(
            format!(
                "The file has {} MB; at most {} MB are read.",
                bytes.len() >> 20,
                MAX_BYTES >> 20
            ),
            "Export one actor at a time; an actor is rarely larger than 1 MB.",
        ));
    }
    // A byte order mark is what editors on other systems leave; it means nothing.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if depth(bytes) > MAX_DEPTH {
        return Err(Refusal::new(
            format!(
                "The file is nested more than {MAX_DEPTH} levels deep, which no character sheet is."
            ),
            "Export the actor again.",
        ));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        Refusal::new(
            format!("The file is not JSON: {error}."),
            "In Foundry, choose Export Data in the menu of the actor, and import that file.",
        )
    })
}

/// Counts how deep brackets stand in one another, texts left out.
fn depth(bytes: &[u8]) -> usize {
    let (mut deepest, mut now, mut in_text, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Follows a path of names separated by dots; what is not there is `null`.
pub(crate) fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    let mut here = value;
    for name in path.split('.') {
        here = match here {
            Value::Object(map) => map.get(name).unwrap_or(&NOTHING),
            _ => return &NOTHING,
        };
    }
    here
}

/// Reads a finite number; also one written as text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.len() < 40 => text.trim().parse().ok(),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite())
}

/// Reads a number, rounded, within bounds.
pub(crate) fn whole(value: &Value, least: i32, most: i32) -> Option<i32> {
    number(value).map(|number| bounded(number, least, most))
}

/// Rounds a number and holds it within bounds.
#[allow(
    clippy::cast_possible_truncation,
    reason = "held within the bounds of i32 just before"
)]
pub(crate) fn bounded(number: f64, least: i32, most: i32) -> i32 {
    if number.is_nan() {
        return least.max(0).min(most);
    }
    number.round().clamp(f64::from(least), f64::from(most)) as i32
}

/// Reads a text; anything else is empty.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Reads a text, or a number as text.
pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads a flag; also as number or text.
pub(crate) fn truth(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => text == "true" || text == "1",
        _ => false,
    }
}

/// Lists the members of an array, or the values of an object, as many as are sensible.
pub(crate) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().take(crate::MAX_ITEMS).collect(),
        Value::Object(map) => map.values().take(crate::MAX_ITEMS).collect(),
        _ => Vec::new(),
    }
}

/// Lists the texts of an array, or the names of an object that are set to true.
pub(crate) fn names(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = match value {
        Value::Array(all) => all
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .take(500)
            .collect(),
        Value::Object(map) => map
            .iter()
            .filter(|(_, set)| truth(set))
            .map(|(name, _)| name.clone())
            .take(500)
            .collect(),
        _ => Vec::new(),
    };
    found.retain(|name| !name.is_empty() && name.len() <= 200);
    found
}

/// Tells whether a value says nothing: missing, null, empty text, empty list, empty object.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_of_texts() {
        assert_eq!(depth(br#"{"a":[{"b":"[[[\"[["}]}"#), 3);
        let deep = "[".repeat(100_000);
        assert!(
            parse(deep.as_bytes())
                .unwrap_err()
                .message
                .contains("nested")
        );
        assert!(parse(b"NaN").unwrap_err().message.contains("not JSON"));
        assert!(parse(&vec![b' '; MAX_BYTES + 1]).is_err());
    }

    #[test]
    fn numbers_are_taken_from_what_looks_like_one() {
        for (text, expected) in [
            ("3", Some(3)),
            ("\"12\"", Some(12)),
            ("2.5", Some(3)),
            ("1e308", Some(100)),
            ("-5", Some(0)),
            ("\"NaN\"", None),
            ("\"Infinity\"", None),
            ("true", Some(1)),
            ("null", None),
            ("[]", None),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(whole(&value, 0, 100), expected, "{text}");
        }
    }
}
