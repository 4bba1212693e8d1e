//! Formulas: small whole-number expressions over what is known about a character.
//!
//! `class_level * 5`, `max(1, charisma)`, `8 + pb + constitution`, `half(level)`, or the name of a table of the class.
//! An ability's name is its modifier. Division rounds down. Nothing here can panic or run long: a formula has at most 200
//! characters and 16 levels of depth, and arithmetic saturates.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::parts::{self, Part};

/// How long a formula may be, in characters.
pub const MAX_LENGTH: usize = 200;
const MAX_DEPTH: usize = 16;

/// Holds a formula as it was written and as it is worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: String,
    root: Node,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Number(i32),
    Name(String),
    Negative(Box<Node>),
    Binary(char, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Min,
    Max,
    /// Half, rounded down.
    Half,
    /// Half, rounded up.
    HalfUp,
}

/// Says why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// A name that nobody knows here.
    Name(String),
    /// A division by zero.
    DivisionByZero,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::Name(name) => write!(f, "nothing here is called `{name}`"),
            Unknown::DivisionByZero => f.write_str("it divides by zero"),
        }
    }
}

impl Formula {
    /// Makes the formula that is a plain number.
    pub fn number(value: i32) -> Formula {
        Formula {
            text: value.to_string(),
            root: Node::Number(value),
        }
    }

    /// Reads a formula.
    ///
    /// # Errors
    /// Says what is wrong and at which character, counted from 1.
    pub fn parse(text: &str) -> Result<Formula, String> {
        if text.chars().count() > MAX_LENGTH {
            return Err(format!("a formula has at most {MAX_LENGTH} characters"));
        }
        let mut reader = Reader {
            rest: text.trim_start(),
            whole: text,
        };
        let root = reader.sum(0)?;
        if !reader.rest.is_empty() {
            return Err(reader.error("the formula should end here"));
        }
        Ok(Formula {
            text: text.to_owned(),
            root,
        })
    }

    /// Gives the formula as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Works out the formula; `lookup` knows the names.
    ///
    /// # Errors
    /// A name that `lookup` does not know, or a division by zero.
    pub fn value(&self, lookup: &dyn Fn(&str) -> Option<i32>) -> Result<i32, Unknown> {
        self.root.value(lookup)
    }

    /// Takes the formula apart into the terms that add up to it.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        let mut found = Vec::new();
        parts::split(&self.root, false, &mut found);
        found
    }

    /// Lists the names that the formula uses.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.names(&mut names);
        names
    }
}

impl Node {
    pub(super) fn value(&self, lookup: &dyn Fn(&str) -> Option<i32>) -> Result<i32, Unknown> {
        Ok(match self {
            Node::Number(number) => *number,
            Node::Name(name) => lookup(name).ok_or_else(|| Unknown::Name(name.clone()))?,
            Node::Negative(of) => of.value(lookup)?.saturating_neg(),
            Node::Binary(sign, left, right) => {
                let (left, right) = (left.value(lookup)?, right.value(lookup)?);
                match sign {
                    '+' => left.saturating_add(right),
                    '-' => left.saturating_sub(right),
                    '*' => left.saturating_mul(right),
                    _ if right == 0 => return Err(Unknown::DivisionByZero),
                    _ => floor(left, right),
                }
            }
            Node::Call(function, arguments) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    values.push(argument.value(lookup)?);
                }
                let values = values.into_iter();
                let value = match function {
                    Function::Min => values.min(),
                    Function::Max => values.max(),
                    Function::Half => values.last().map(|value| floor(value, 2)),
                    Function::HalfUp => {
                        values.last().map(|value| -floor(value.saturating_neg(), 2))
                    }
                };
                value.unwrap_or(0)
            }
        })
    }

    fn names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Node::Number(_) => {}
            Node::Name(name) => names.push(name),
            Node::Negative(of) => of.names(names),
            Node::Binary(_, left, right) => {
                left.names(names);
                right.names(names);
            }
            Node::Call(_, arguments) => {
                for argument in arguments {
                    argument.names(names);
                }
            }
        }
    }
}

fn floor(left: i32, right: i32) -> i32 {
    let quotient = i64::from(left).div_euclid(i64::from(right));
    // Euclid's division rounds up for a negative divisor.
    let exact = quotient * i64::from(right) == i64::from(left);
    let quotient = if right < 0 && !exact {
        quotient - 1
    } else {
        quotient
    };
    i32::try_from(quotient).unwrap_or(i32::MAX)
}

struct Reader<'a> {
    rest: &'a str,
    whole: &'a str,
}

impl Reader<'_> {
    fn error(&self, message: &str) -> String {
        let done = self.whole.len() - self.rest.len();
        let at = self
            .whole
            .get(..done)
            .map_or(0, |done| done.chars().count())
            + 1;
        format!("`{}`: {message} (character {at})", self.whole)
    }

    fn take(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn sum(&mut self, depth: usize) -> Result<Node, String> {
        if depth > MAX_DEPTH {
            return Err(self.error("a formula is at most 16 brackets deep"));
        }
        let mut left = self.product(depth)?;
        loop {
            let sign = if self.take('+') {
                '+'
            } else if self.take('-') {
                '-'
            } else {
                return Ok(left);
            };
            left = Node::Binary(sign, Box::new(left), Box::new(self.product(depth)?));
        }
    }

    fn product(&mut self, depth: usize) -> Result<Node, String> {
        let mut left = self.leaf(depth)?;
        loop {
            let sign = if self.take('*') {
                '*'
            } else if self.take('/') {
                '/'
            } else {
                return Ok(left);
            };
            left = Node::Binary(sign, Box::new(left), Box::new(self.leaf(depth)?));
        }
    }

    fn leaf(&mut self, depth: usize) -> Result<Node, String> {
        if depth > MAX_DEPTH {
            return Err(self.error("a formula is at most 16 brackets deep"));
        }
        if self.take('-') {
            return Ok(Node::Negative(Box::new(self.leaf(depth + 1)?)));
        }
        if self.take('(') {
            let inner = self.sum(depth + 1)?;
            return if self.take(')') {
                Ok(inner)
            } else {
                Err(self.error("a bracket is not closed"))
            };
        }
        let end = |of: fn(char) -> bool, text: &str| text.find(|c| !of(c)).unwrap_or(text.len());
        let digits = end(|c| c.is_ascii_digit(), self.rest);
        if digits > 0 {
            let (number, rest) = self.rest.split_at(digits);
            let value = number
                .parse::<i32>()
                .ok()
                .filter(|number| *number <= 1_000_000);
            let value = value.ok_or_else(|| self.error("a number is at most 1,000,000"))?;
            self.rest = rest.trim_start();
            return Ok(Node::Number(value));
        }
        let letters = end(|c| c.is_ascii_alphanumeric() || c == '_', self.rest);
        if letters == 0 {
            return Err(self.error("a number, a name or a bracket should stand here"));
        }
        let (name, rest) = self.rest.split_at(letters);
        let before = self.rest;
        self.rest = rest.trim_start();
        if !self.take('(') {
            return Ok(Node::Name(name.to_owned()));
        }
        let function = match name {
            "min" => Function::Min,
            "max" => Function::Max,
            "half" => Function::Half,
            "half_up" => Function::HalfUp,
            _ => {
                self.rest = before;
                return Err(self.error("known are min(), max(), half() and half_up()"));
            }
        };
        let mut arguments = vec![self.sum(depth + 1)?];
        while self.take(',') {
            arguments.push(self.sum(depth + 1)?);
        }
        if self.take(')') {
            Ok(Node::Call(function, arguments))
        } else {
            Err(self.error("a bracket is not closed"))
        }
    }
}

impl Serialize for Formula {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Formula {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Formula, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Formula;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number or a formula in quotes")
            }
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Formula, E> {
                let number = i32::try_from(value).map_err(E::custom)?;
                Ok(Formula::number(number))
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Formula, E> {
                let number = i32::try_from(value).map_err(E::custom)?;
                Ok(Formula::number(number))
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Formula, E> {
                Formula::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> Option<i32> {
        match name {
            "pb" => Some(3),
            "charisma" => Some(-1),
            "class_level" => Some(5),
            "zero" => Some(0),
            _ => None,
        }
    }

    #[test]
    fn formulas_have_the_value_that_is_written() {
        for (text, value) in [
            ("7", 7),
            ("8 + pb + charisma", 10),
            ("max(1, charisma)", 1),
            ("class_level * 5", 25),
            ("half(class_level)", 2),
            ("half_up(class_level)", 3),
            ("-7 / 2", -4),
            ("7 / -2", -4),
            ("2 + 3 * 4", 14),
            ("(2 + 3) * 4", 20),
            ("10 - 2 - 3", 5),
            ("min(3, 2, 9)", 2),
            ("1000000 * 1000000", i32::MAX),
        ] {
            let formula = Formula::parse(text).unwrap();
            assert_eq!(formula.value(&known), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_has_no_value_says_why() {
        let value = |text: &str| Formula::parse(text).unwrap().value(&known);
        assert_eq!(value("pb / zero"), Err(Unknown::DivisionByZero));
        assert_eq!(value("rages"), Err(Unknown::Name("rages".to_owned())));
    }

    #[test]
    fn what_is_no_formula_names_the_place() {
        for (text, part) in [
            ("", "character 1"),
            ("1 +", "character 4"),
            ("(1", "not closed (character 3)"),
            ("sqrt(4)", "known are min()"),
            ("1 2", "should end here (character 3)"),
            ("99999999999", "at most 1,000,000"),
            ("1 + ä", "character 5"),
        ] {
            let message = Formula::parse(text).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
        assert!(
            Formula::parse(&"(".repeat(100))
                .unwrap_err()
                .contains("16 brackets")
        );
        assert!(
            Formula::parse(&"-".repeat(100))
                .unwrap_err()
                .contains("16 brackets")
        );
        assert!(
            Formula::parse(&"1".repeat(201))
                .unwrap_err()
                .contains("200")
        );
    }
}
