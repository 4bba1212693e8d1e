//! Characters of one class, built with one call, for the tests.

use rules::Content;
use rules::build::{Recipe, quick};
use serde_json::Value;

/// Builds a character of one class; `species` is the name of one, or empty for whatever suits.
pub(crate) fn built(content: &Content, class: &str, level: usize, species: &str) -> Value {
    let mut next = 0;
    let mut ids = || {
        next += 1;
        format!("id-{next:03}")
    };
    let recipe = Recipe {
        name: "Brann".to_owned(),
        handle: "brann".to_owned(),
        levels: vec![class.to_owned(); level],
        species: species.to_owned(),
        ..Recipe::default()
    };
    quick(content, &recipe, &mut ids).unwrap()
}
