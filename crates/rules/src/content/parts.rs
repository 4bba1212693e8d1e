//! A formula taken apart into the terms that add up to it, each in words, so that a number can explain itself.

use super::formula::{Function, Node, Unknown};

/// One summand of a formula.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'f> {
    pub(super) node: &'f Node,
    pub(super) negative: bool,
}

impl Part<'_> {
    /// Works out the summand; `lookup` knows the names.
    pub(crate) fn value(&self, lookup: &dyn Fn(&str) -> Option<i32>) -> Result<i32, Unknown> {
        let value = self.node.value(lookup)?;
        Ok(if self.negative {
            value.saturating_neg()
        } else {
            value
        })
    }

    /// Gives the name, where the summand is nothing but one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self.node {
            Node::Name(name) if !self.negative => Some(name),
            _ => None,
        }
    }

    /// Says in words what it is: `5 × Monk level`; nothing for a plain number.
    pub(crate) fn words(&self, say: &dyn Fn(&str) -> String) -> String {
        match self.node {
            Node::Number(_) => String::new(),
            node => words(node, say),
        }
    }
}

/// Splits a formula at its outermost sums.
pub(super) fn split<'f>(node: &'f Node, negative: bool, parts: &mut Vec<Part<'f>>) {
    match node {
        Node::Binary(sign @ ('+' | '-'), left, right) => {
            split(left, negative, parts);
            split(right, negative != (*sign == '-'), parts);
        }
        Node::Negative(of) => split(of, !negative, parts),
        node => parts.push(Part { node, negative }),
    }
}

fn words(node: &Node, say: &dyn Fn(&str) -> String) -> String {
    let inner = |node: &Node| match node {
        Node::Binary('+' | '-', ..) => format!("({})", words(node, say)),
        node => words(node, say),
    };
    match node {
        Node::Number(number) => number.to_string(),
        Node::Name(name) => say(name),
        Node::Negative(of) => format!("−{}", inner(of)),
        Node::Binary('*', left, right) => format!("{} × {}", inner(left), inner(right)),
        Node::Binary('/', left, right) => format!("{} ÷ {}", inner(left), inner(right)),
        Node::Binary('-', left, right) => format!("{} − {}", words(left, say), inner(right)),
        Node::Binary(_, left, right) => format!("{} + {}", words(left, say), words(right, say)),
        Node::Call(Function::Half, of) => format!("half of {}", all(of, say, " and ")),
        Node::Call(Function::HalfUp, of) => {
            format!("half of {}, rounded up", all(of, say, " and "))
        }
        Node::Call(Function::Max, of) => match &of[..] {
            [Node::Number(least), other] | [other, Node::Number(least)] => {
                format!("{}, at least {least}", words(other, say))
            }
            of => format!("the most of {}", all(of, say, ", ")),
        },
        Node::Call(Function::Min, of) => match &of[..] {
            [Node::Number(most), other] | [other, Node::Number(most)] => {
                format!("{}, at most {most}", words(other, say))
            }
            of => format!("the least of {}", all(of, say, ", ")),
        },
    }
}

fn all(nodes: &[Node], say: &dyn Fn(&str) -> String, between: &str) -> String {
    let nodes: Vec<String> = nodes.iter().map(|node| words(node, say)).collect();
    nodes.join(between)
}

#[cfg(test)]
mod tests {
    use crate::content::Formula;

    #[test]
    fn a_formula_falls_into_terms_that_add_up_to_it() {
        let known = |name: &str| match name {
            "pb" => Some(3),
            "wisdom" => Some(-1),
            "class_level" => Some(7),
            _ => None,
        };
        let say = |name: &str| format!("<{name}>");
        for (text, expected) in [
            (
                "8 + pb + wisdom",
                &[("", 8), ("<pb>", 3), ("<wisdom>", -1)][..],
            ),
            ("5 * class_level", &[("5 × <class_level>", 35)]),
            ("max(1, wisdom)", &[("<wisdom>, at least 1", 1)]),
            ("10 - (pb - 2)", &[("", 10), ("<pb>", -3), ("", 2)]),
            (
                "half_up(class_level) + 2 * (pb + 1)",
                &[
                    ("half of <class_level>, rounded up", 4),
                    ("2 × (<pb> + 1)", 8),
                ],
            ),
            ("min(pb, wisdom)", &[("the least of <pb>, <wisdom>", -1)]),
        ] {
            let formula = Formula::parse(text).unwrap();
            let parts = formula.parts();
            let found: Vec<(String, i32)> = parts
                .iter()
                .map(|part| (part.words(&say), part.value(&known).unwrap()))
                .collect();
            let expected: Vec<(String, i32)> = expected
                .iter()
                .map(|(words, value)| ((*words).to_owned(), *value))
                .collect();
            assert_eq!(found, expected, "{text}");
            let sum: i32 = found.iter().map(|(_, value)| value).sum();
            assert_eq!(Ok(sum), formula.value(&known), "{text}");
        }
    }
}
