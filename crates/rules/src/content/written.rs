//! A pack as its author writes it: one piece of TOML for each thing, comments and all.

use toml::{Table, Value};

use super::pack::KINDS;
use super::place::header;

/// One thing as it was written: TOML with a single table of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its kind, of [`KINDS`]; `pack` is what the pack says of itself.
    pub kind: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Takes a file of a pack apart, so that each thing stands by itself and keeps the comments above and within it; nothing where
/// the text is no TOML. What the parts say together is what the file says; they come by kind, the pack's own first.
pub fn written(text: &str) -> Option<Vec<Written>> {
    let whole: Table = toml::from_str(text).ok()?;
    let mut pieces: Vec<(Table, String)> = pieces(text)
        .into_iter()
        .filter_map(|piece| Some((toml::from_str(&piece).ok()?, piece)))
        .collect();
    let mut found = Vec::new();
    for (kind, value) in &whole {
        let things: Vec<&Value> = match value {
            Value::Array(things) => things.iter().collect(),
            other => vec![other],
        };
        for thing in things {
            let name = thing
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let alone = Table::from_iter([(kind.clone(), lone(kind, thing))]);
            // Cut out by its header, if that piece says just this; else written anew, without its comments.
            let text = match pieces.iter().position(|(read, _)| *read == alone) {
                Some(at) => pieces.remove(at).1,
                None => toml::to_string(&alone).ok()?,
            };
            found.push(Written {
                kind: kind.clone(),
                name: name.to_owned(),
                text,
            });
        }
    }
    let order = |one: &Written| KINDS.iter().position(|kind| *kind == one.kind);
    found.sort_by_key(|one| (one.kind != "pack", order(one)));
    Some(found)
}

/// Names the kind that a text begins with, as far as one can see: the first header of a known kind.
pub fn kind_of(text: &str) -> Option<&'static str> {
    let headers = text.lines().filter_map(header);
    let mut named = headers.filter_map(|header| {
        let name = header.trim_matches(['[', ']', ' ']);
        KINDS.into_iter().find(|kind| *kind == name)
    });
    named.next()
}

fn lone(kind: &str, thing: &Value) -> Value {
    if kind == "pack" {
        thing.clone()
    } else {
        Value::Array(vec![thing.clone()])
    }
}

/// Cuts a text before every header of a kind, the comments right above it included.
fn pieces(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut cuts: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(header) = header(line) else { continue };
        let name = header.trim_matches(['[', ']', ' ']);
        if name == "pack" || KINDS.contains(&name) {
            let mut cut = at;
            while cut > 0 && lines[cut - 1].trim_start().starts_with('#') {
                cut -= 1;
            }
            cuts.push(cut);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([lines.len()]);
    cuts.iter()
        .zip(ends)
        .map(|(from, to)| {
            let piece = lines[*from..to].concat();
            format!("{}\n", piece.trim())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{kind_of, written};

    const FILE: &str = "# My house.\n[pack]\nid = \"house\"\n\n# About moths.\n# Twice.\n[[species]]\nname = \"Mothfolk\" # small\n\n[[species.traits]]\nname = \"Wings\"\n\n[[feat]]\nname = \"Odd\"\ntext = \"\"\"\n[[feat]]\nnot a table\n\"\"\"\n";

    #[test]
    fn a_file_comes_apart_into_things_with_their_comments() {
        let found = written(FILE).unwrap();
        let heads: Vec<_> = found
            .iter()
            .map(|one| (one.kind.as_str(), one.name.as_str()))
            .collect();
        assert_eq!(
            heads,
            [("pack", ""), ("species", "Mothfolk"), ("feat", "Odd")]
        );
        assert_eq!(
            found[1].text,
            "# About moths.\n# Twice.\n[[species]]\nname = \"Mothfolk\" # small\n\n[[species.traits]]\nname = \"Wings\"\n"
        );
        // A header within a text is none: the piece is written anew and says the same.
        let odd: toml::Table = toml::from_str(&found[2].text).unwrap();
        assert_eq!(
            odd["feat"][0]["text"].as_str(),
            Some("[[feat]]\nnot a table\n")
        );
    }

    #[test]
    fn together_the_parts_say_what_the_file_says() {
        for file in [
            FILE,
            "spell = [{ name = \"A\" }, { name = \"B\" }]\n",
            "[[gear]]\nname = \"Same\"\n[[gear]]\nname = \"Same\"\n[pack]\nid = \"x\"\n",
            "",
        ] {
            let whole: toml::Table = toml::from_str(file).unwrap();
            let mut again = toml::Table::new();
            for part in written(file).unwrap() {
                for (kind, value) in toml::from_str::<toml::Table>(&part.text).unwrap() {
                    match (again.get_mut(&kind), value) {
                        (Some(toml::Value::Array(all)), toml::Value::Array(more)) => {
                            all.extend(more);
                        }
                        (_, value) => {
                            again.insert(kind, value);
                        }
                    }
                }
            }
            assert_eq!(again, whole);
        }
    }

    #[test]
    fn what_is_no_toml_shows_its_kind_all_the_same() {
        let text = "[[spell]]\nname = = 3\n";
        assert_eq!(written(text), None);
        assert_eq!(kind_of(text), Some("spell"));
        assert_eq!(kind_of("[[spell.damage]]\n"), None);
        assert_eq!(kind_of("nothing"), None);
    }

    proptest::proptest! {
        /// Whatever stands in a file, taking it apart ends, and every place in it has words.
        #[test]
        fn any_text_comes_apart_or_is_refused(text in "([\\[\\]a-z\"'=#,{} .\n]|\\[\\[feat\\]\\]\n|name = \"x\"\n|\"\"\"|é){0,60}") {
            for part in written(&text).into_iter().flatten() {
                let alone: toml::Table = toml::from_str(&part.text).unwrap();
                proptest::prop_assert_eq!(alone.len(), 1);
            }
            let _ = kind_of(&text);
            for (at, _) in text.char_indices() {
                let place = super::super::place::Place::of(&text, at).unwrap();
                proptest::prop_assert!(place.words().starts_with("line "));
            }
        }
    }
}
