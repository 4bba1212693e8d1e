//! Canonical JSON: one byte sequence for one value, so that equal content has equal hashes.
//!
//! Object keys are sorted by their UTF-8 bytes, there is no white space, strings are escaped as `serde_json` does, and
//! a floating-point number without a fraction is written as the integer it is. In the spirit of RFC 8785, which
//! differs in sorting by UTF-16 and in the notation of very large floats.

use serde_json::{Number, Value};

/// The largest magnitude up to which every integer is exact in a double.
const MAX_SAFE: f64 = 9_007_199_254_740_992.0;

/// Writes a value as canonical JSON.
pub fn to_canonical_json(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_value(value, &mut out);
    out
}

pub(crate) fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_value(item, out);
            }
            out.push(b']');
        }
        Value::Object(map) => {
            // Sorted here and not by the map: another crate may switch serde_json's maps to insertion order.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by(|a, b| a.0.cmp(b.0));
            out.push(b'{');
            for (i, (key, item)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_string(key, out);
                out.push(b':');
                write_value(item, out);
            }
            out.push(b'}');
        }
    }
}

pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    // Nearly every text has nothing to escape; looked over whole, as that can be done many bytes at a time.
    let escaped = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    if !text.bytes().fold(false, |any, byte| any | escaped(byte)) {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
        return;
    }
    // Writing a string into a vector cannot fail; the result is only there because writers in general can.
    let _ = serde_json::to_writer(out, text);
}

pub(crate) fn write_number(number: &Number, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, &normal_number(number));
}

/// Turns `5.0` and `-0.0` into the integers they are.
pub(crate) fn normal_number(number: &Number) -> Number {
    match number.as_f64() {
        Some(float)
            if number.is_f64()
                && float.fract() == 0.0
                && (-MAX_SAFE..=MAX_SAFE).contains(&float) =>
        {
            #[allow(clippy::cast_possible_truncation)]
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

/// Normalises all numbers within a value, so that comparing values agrees with comparing their bytes.
pub(crate) fn normalise(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => *number = normal_number(number),
        Value::Array(items) => items.iter_mut().for_each(normalise),
        Value::Object(map) => map.values_mut().for_each(normalise),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: Value) -> String {
        String::from_utf8(to_canonical_json(&value)).unwrap()
    }

    #[test]
    fn keys_are_sorted_and_whole_numbers_are_integers() {
        assert_eq!(
            text(json!({"b": [1.0, -0.0, 2.5], "a": {"z": "é\n", "y": null}})),
            r#"{"a":{"y":null,"z":"é\n"},"b":[1,0,2.5]}"#
        );
    }
}
