//! Formulas as Foundry writes them, worked out within bounds: numbers, `+ - * /`, brackets, a few functions and `@names`.
//!
//! Nothing is evaluated that is not listed here: dice, conditions and unknown functions have no value.

/// The longest formula that is looked at, in bytes.
const MAX_LENGTH: usize = 500;
/// How deep brackets may stand in one another.
const MAX_DEPTH: usize = 24;

/// Works out a formula; `None` where it has no value here.
pub(crate) fn value(text: &str, known: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_LENGTH {
        return None;
    }
    let plain = without_flavor(text);
    let mut reader = Reader {
        rest: plain.trim(),
        known,
    };
    let value = reader.sum(0)?;
    (reader.rest.trim().is_empty() && value.is_finite()).then_some(value)
}

/// Takes out what stands in square brackets: `1d8[radiant]`.
fn without_flavor(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    out
}

struct Reader<'t, 'k> {
    rest: &'t str,
    known: &'k dyn Fn(&str) -> Option<f64>,
}

impl<'t> Reader<'t, '_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, sign: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let end = self
            .rest
            .find(|letter| !fits(letter))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn sum(&mut self, depth: usize) -> Option<f64> {
        let mut value = self.product(depth)?;
        loop {
            if self.take('+') {
                value += self.product(depth)?;
            } else if self.take('-') {
                value -= self.product(depth)?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self, depth: usize) -> Option<f64> {
        let mut value = self.factor(depth)?;
        loop {
            if self.take('*') {
                value *= self.factor(depth)?;
            } else if self.take('/') {
                let by = self.factor(depth)?;
                if by == 0.0 {
                    return None;
                }
                value /= by;
            } else {
                return Some(value);
            }
        }
    }

    fn factor(&mut self, depth: usize) -> Option<f64> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.take('-') {
            return Some(-self.factor(depth + 1)?);
        }
        if self.take('+') {
            return self.factor(depth + 1);
        }
        if self.take('(') {
            let value = self.sum(depth + 1)?;
            return self.take(')').then_some(value);
        }
        if self.take('@') {
            let name = self.word(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter));
            return (self.known)(name);
        }
        self.skip();
        if self
            .rest
            .starts_with(|first: char| first.is_ascii_alphabetic())
        {
            let name = self.word(|letter| letter.is_ascii_alphanumeric());
            return self.call(name, depth + 1);
        }
        let digits = self.word(|letter| letter.is_ascii_digit() || letter == '.');
        // `2d6` is dice, which have no value.
        if self
            .rest
            .starts_with(|next: char| next.is_ascii_alphabetic())
        {
            return None;
        }
        digits.parse().ok()
    }

    fn call(&mut self, name: &str, depth: usize) -> Option<f64> {
        if !self.take('(') {
            return None;
        }
        let mut values = vec![self.sum(depth)?];
        while self.take(',') {
            values.push(self.sum(depth)?);
        }
        if !self.take(')') {
            return None;
        }
        let first = values.first().copied()?;
        match name {
            "min" => values.into_iter().reduce(f64::min),
            "max" => values.into_iter().reduce(f64::max),
            "floor" => Some(first.floor()),
            "ceil" => Some(first.ceil()),
            "round" => Some(first.round()),
            "abs" => Some(first.abs()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<f64>) {
        let known = |name: &str| match name {
            "prof" => Some(3.0),
            "abilities.cha.mod" => Some(-1.0),
            "classes.paladin.levels" => Some(7.0),
            _ => None,
        };
        assert_eq!(value(text, &known), expected, "{text}");
    }

    #[test]
    fn what_is_plain_is_worked_out() {
        check("3", Some(3.0));
        check(" +1 ", Some(1.0));
        check("@prof * 2", Some(6.0));
        check("max(1, @abilities.cha.mod)", Some(1.0));
        check("(max(1,@abilities.cha.mod))", Some(1.0));
        check("5 * @classes.paladin.levels", Some(35.0));
        check("1 + floor(@prof / 2)", Some(2.0));
        check("2[fire]", Some(2.0));
    }

    #[test]
    fn what_is_not_has_no_value() {
        for text in [
            "",
            "1d8",
            "999999d999999",
            "@__proto__",
            "1 / 0",
            "1 ? 2 : 3",
            "alert(1)",
            "constructor",
            "(1",
            "1 1",
            "@",
            "max(",
        ] {
            check(text, None);
        }
        check(&"(".repeat(400), None);
        check(&"-".repeat(400), None);
        check(&"1+".repeat(90_000), None);
    }
}
