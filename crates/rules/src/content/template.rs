//! What a new thing of a pack begins with: TOML that is right as it stands, with remarks.

use std::sync::OnceLock;

use super::written::{Written, written};

/// Gives the text that a new thing of a kind begins with; none for a kind of which nothing new can be made.
pub fn template(kind: &str) -> Option<&'static str> {
    static ALL: OnceLock<Vec<Written>> = OnceLock::new();
    let all = ALL
        .get_or_init(|| written(include_str!("../../content/templates.toml")).unwrap_or_default());
    let found = all.iter().find(|one| one.kind == kind)?;
    Some(&found.text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::template;
    use crate::content::{Content, KINDS, read_pack};

    #[test]
    fn every_template_is_right_as_it_stands() {
        for kind in KINDS {
            let text = template(kind).unwrap();
            assert!(text.contains(&format!("[[{kind}]]\n")), "{text}");
            let pack = read_pack([(kind, text)]).unwrap_or_else(|all| panic!("{kind}: {all:?}"));
            assert_eq!(pack.things().len(), 1, "{kind}");
            let mut content = Content::srd().clone();
            content.add(pack);
            assert_eq!(content.problems(), [], "{kind}");
        }
        assert_eq!(template("pack"), None);
    }
}
