//! Reading a tree from its own canonical JSON: looked over, cut into nodes and hashed, but not taken apart.
//!
//! A leaf, a node without nodes below it, keeps the bytes it was read from; its cells are made of them when somebody asks. Most of a
//! version is never asked for cell by cell. Whatever is not canonical, or near a limit, is left to [`crate::read`].

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Number, Value};

use crate::Tree;
use crate::canonical::write_number;
use crate::tree::{Cell, Limits, NODE_DEPTH, Node, check_key};

/// Reads a document if it stands there in canonical JSON and within limits; `None` for all else, good or bad.
pub(crate) fn scan(text: &str, limits: Limits) -> Option<Tree> {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        at: 0,
        values: 0,
        text_bytes: 0,
        limits,
    };
    let root = scan.node(0)?;
    (scan.at == scan.bytes.len()).then(|| Tree::from_root(root))
}

/// Makes the cells of a leaf from its canonical JSON.
pub(crate) fn leaf_cells(json: &[u8]) -> Option<BTreeMap<String, Cell>> {
    let cells: BTreeMap<String, Value> = serde_json::from_slice(json).ok()?;
    Some(
        cells
            .into_iter()
            .map(|(key, value)| (key, Cell::Value(value)))
            .collect(),
    )
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    values: usize,
    /// Bytes of text as they stand here, which are at least as many as they mean.
    text_bytes: usize,
    limits: Limits,
}

/// What stands under a name in a node.
enum Part<'a> {
    Node(Arc<Node>),
    Plain(&'a str),
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Counts a value at a depth.
    fn count(&mut self, depth: usize) -> Option<()> {
        self.values += 1;
        (self.values <= self.limits.values && depth <= self.limits.depth).then_some(())
    }

    /// Counts the text from a place up to here.
    fn count_text(&mut self, from: usize) -> Option<()> {
        self.text_bytes += self.at - from;
        (self.text_bytes <= self.limits.bytes).then_some(())
    }

    /// Goes over an object that is a node at its depth.
    fn node(&mut self, depth: usize) -> Option<Arc<Node>> {
        let start = self.at;
        let mut parts = Vec::new();
        let mut leaf = true;
        if depth == NODE_DEPTH {
            self.plain(depth)?;
        } else {
            self.count(depth)?;
            self.entries(|scan, key| {
                let below = depth + 1;
                let part = if scan.peek()? == b'{' {
                    leaf = false;
                    Part::Node(scan.node(below)?)
                } else {
                    let from = scan.at;
                    scan.plain(below)?;
                    Part::Plain(scan.text.get(from..scan.at)?)
                };
                parts.push((key, part));
                Some(())
            })?;
        }
        if leaf {
            return Some(Node::leaf(self.bytes.get(start..self.at)?));
        }
        let cell = |part| {
            Some(match part {
                Part::Node(node) => Cell::Node(node),
                Part::Plain(json) => Cell::Value(serde_json::from_str(json).ok()?),
            })
        };
        let cells: Option<Vec<_>> = parts
            .into_iter()
            .map(|(key, part)| Some((key.to_owned(), cell(part)?)))
            .collect();
        Some(Node::new(BTreeMap::from_iter(cells?)))
    }

    /// Goes over an object; `value` goes over what stands under each name.
    fn entries(&mut self, mut value: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(());
        }
        let mut before = None;
        loop {
            let key = self.key()?;
            // In order, and none twice.
            if before.is_some_and(|before| before >= key) {
                return None;
            }
            before = Some(key);
            self.take(b':')?;
            value(self, key)?;
            let next = self.peek()?;
            self.at += 1;
            match next {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Goes over a value, and all in it, that is inline.
    fn plain(&mut self, depth: usize) -> Option<()> {
        self.count(depth)?;
        match self.peek()? {
            b'"' => self.string(),
            b'{' => self.entries(|scan, _| scan.plain(depth + 1)),
            b'[' => self.list(depth),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        self.take(b'[')?;
        if self.peek()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.plain(depth + 1)?;
            let next = self.peek()?;
            self.at += 1;
            match next {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        rest.starts_with(word.as_bytes())
            .then(|| self.at += word.len())
    }

    /// Goes over a name; one that must be escaped is left to others.
    fn key(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let from = self.at;
        let plain = |byte: &u8| matches!(byte, 0x20..0x7f) && !matches!(byte, b'"' | b'\\');
        self.at += self
            .bytes
            .get(from..)?
            .iter()
            .take_while(|b| plain(b))
            .count();
        let ascii = self.peek()? == b'"';
        if !ascii {
            self.at = run(self.bytes, self.at);
        }
        let key = self.text.get(from..self.at)?;
        self.take(b'"')?;
        if key.is_empty() || key.len() > crate::CellPath::MAX_SEGMENT {
            return None;
        }
        if !ascii {
            check_key(key).ok()?;
        }
        self.text_bytes += key.len();
        (self.text_bytes <= self.limits.bytes).then_some(key)
    }

    fn string(&mut self) -> Option<()> {
        self.take(b'"')?;
        let from = self.at;
        loop {
            self.at = run(self.bytes, self.at);
            match self.peek()? {
                b'"' => break,
                b'\\' => self.escape()?,
                _ => return None,
            }
        }
        self.count_text(from)?;
        self.take(b'"')
    }

    /// Goes over an escape, which must be the one that canonical JSON has for it.
    fn escape(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        self.at += match rest {
            [b'\\', b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [
                b'\\',
                b'u',
                b'0',
                b'0',
                b'0',
                b'0'..=b'7' | b'b' | b'e' | b'f',
                ..,
            ]
            | [b'\\', b'u', b'0', b'0', b'1', b'0'..=b'9' | b'a'..=b'f', ..] => 6,
            _ => return None,
        };
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        let belongs = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let len = rest.iter().take_while(|b| belongs(b)).count();
        let digits = rest.get(..len)?;
        self.at += len;
        match digits {
            [b'0'] => return Some(()),
            [b'1'..=b'9', rest @ ..] | [b'-', b'1'..=b'9', rest @ ..]
                if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit) =>
            {
                return Some(());
            }
            _ => {}
        }
        // The others are canonical if they are written as they stand.
        let number: Number = serde_json::from_slice(digits).ok()?;
        let mut written = Vec::with_capacity(24);
        write_number(&number, &mut written);
        (written == digits).then_some(())
    }
}

/// Finds the first byte from a place on that is a quote, a backslash or a control character; the end if there is none.
fn run(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // The lowest byte that is marked is one that is meant; those above may be marked wrongly.
    let nought = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let found = control
            | nought(word ^ (ONES * u64::from(b'"')))
            | nought(word ^ (ONES * u64::from(b'\\')));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let ends = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    at + rest.iter().take_while(|byte| !ends(byte)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::TreeError;

    fn thorough(text: &str) -> Result<Tree, TreeError> {
        crate::read::thoroughly(text.as_bytes(), Limits::default())
    }

    fn quick(text: &str) -> Option<Tree> {
        scan(text, Limits::default())
    }

    #[test]
    fn canonical_json_is_read_without_being_taken_apart() {
        let value = json!({
            "equipment": {"inventory": {"a1": {"name": "Rope \"of\" \u{1}\n\\", "lb": 2.5, "in": {"x": [1, {"y": -7}]}}}, "é": null},
            "levels": {"1": {"class": "Bard"}, "2": {}},
            "list": [{"a": {"b": {}}}, [], true, 1e300, 18_446_744_073_709_551_615_u64, 9_007_199_254_740_993_i64],
            "notes": "long enough to be looked at eight bytes at a time, Ÿsoldé",
        });
        let tree = Tree::from_value(value.clone()).unwrap();
        let text = String::from_utf8(tree.to_json()).unwrap();
        let read = quick(&text).unwrap();
        assert_eq!(read, tree);
        assert_eq!(read.to_value(), tree.to_value());
        assert_eq!(read.to_json(), tree.to_json());
        assert_eq!(thorough(&text).unwrap().to_value(), tree.to_value());
    }

    #[test]
    fn what_is_not_canonical_is_left_to_others() {
        for text in [
            r#" {"a":1}"#,
            r#"{"a":1} "#,
            r#"{"a": 1}"#,
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":1.0}"#,
            r#"{"a":-0}"#,
            r#"{"a":01}"#,
            r#"{"a":1E3}"#,
            r#"{"a":"\/"}"#,
            r#"{"a":"\u0041"}"#,
            r#"{"a":"\u000A"}"#,
            r#"{"a":"\u000a"}"#,
            r#"{"\u0001":1}"#,
            r#"{"":1}"#,
            r#"{"a":{"b":{"c":{"d":{"f":1,"e":2}}}}}"#,
            r#"{"a":[1,]}"#,
            r#"{"a":1,}"#,
            r#"{"a":tru}"#,
            r#"{"a":"}"#,
            "{\"a\":\"\t\"}",
            "{\"\u{85}\":1}",
            "[]",
            "",
            "{",
        ] {
            assert!(quick(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_limits_are_held() {
        let limits = Limits {
            depth: 3,
            values: 6,
            bytes: 12,
        };
        let fits = |text: &str| scan(text, limits).is_some();
        assert!(fits(r#"{"a":{"b":{"c":1}}}"#) && !fits(r#"{"a":{"b":{"c":[1]}}}"#));
        assert!(fits(r#"{"a":[1,2,3,4]}"#) && !fits(r#"{"a":[1,2,3,4,5]}"#));
        assert!(fits(r#"{"a":"12345678901"}"#) && !fits(r#"{"a":"123456789012"}"#));
        let long = "k".repeat(crate::CellPath::MAX_SEGMENT);
        assert!(quick(&format!("{{\"{long}\":1}}")).is_some());
        assert!(quick(&format!("{{\"{long}k\":1}}")).is_none());
    }

    #[test]
    fn the_end_of_a_run_is_found_wherever_it_is() {
        for end in [b'"', b'\\', 0x1f, 0] {
            for at in 0..20 {
                let mut text = vec![b'a'; 20];
                text[at] = end;
                assert_eq!(run(&text, 0), at);
                text[at] = 0xc3;
                assert_eq!(run(&text, 0), 20);
            }
        }
    }

    proptest! {
        /// Bytes are put, changed and taken out at random: what is read quickly is what is read thoroughly.
        #[test]
        fn nothing_is_read_otherwise_than_thoroughly(
            bytes in prop::collection::vec(
                prop::sample::select(b"{}[]\",:\\abu0019.-e+tn\x01 ".to_vec()), 0..6
            ),
            places in prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize), 0..6),
            sample in 0..4_usize,
        ) {
            let samples = [
                r#"{"a":{"b":{"c":{"d":1,"e":[true,null,"x\n"]}}},"f":-2.5}"#,
                r#"{"a":1,"b":{"c":{},"d":[],"e":{"u0001":"\u0001"}}}"#,
                r#"{"a":[{"b":0,"c":1e300}],"b":{"0":{"1":{"9":{"9":19}}}}}"#,
                r#"{"notes":"0123456789abcdef","t":false}"#,
            ];
            let mut text = samples[sample].as_bytes().to_vec();
            for ((place, how), byte) in places.into_iter().zip(bytes) {
                let at = place.index(text.len());
                match how {
                    0 => text[at] = byte,
                    1 => text.insert(at, byte),
                    _ => drop(text.remove(at)),
                }
            }
            let text = String::from_utf8(text).unwrap();
            if let Some(read) = quick(&text) {
                let thorough = thorough(&text).unwrap();
                prop_assert_eq!(&read, &thorough);
                prop_assert_eq!(read.to_value(), thorough.to_value());
                prop_assert_eq!(read.to_json(), text.into_bytes());
            }
        }
    }
}
