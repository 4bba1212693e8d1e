//! Reads a notation: a descent through expression, term and factor, with a bound on everything.
//!
//! ```text
//! expression  sign? term (('+' | '-') sign? term)*
//! term        factor ('*' factor | '/' '2' | label)*      one factor at most is no number; one label at most
//! factor      number | dice | '(' expression ')'
//! dice        number? 'd' (number | '%') change*
//! change      ('kh' | 'kl' | 'dh' | 'dl') number?  |  ('r' | 'ro') comparison? number  |  'mi' number  |  mode
//! mode        'adv' | 'advantage' | 'dis' | 'disadvantage'            of a d20
//! ```
//!
//! Behind the whole, set apart by a space, modes mean its one d20.

use super::error::{DiceError, DiceFault};
use super::expression::{Dice, Expression, Faces, Factor, Keep, Mode, Reroll, Scale, Term};
use super::{
    MAX_DEPTH, MAX_DICE, MAX_DICE_IN_TERM, MAX_HALVINGS, MAX_LABEL, MAX_NOTATION, MAX_NUMBER,
    MAX_SIDES, MAX_TOTAL,
};

const OPERAND: &str = "Here stand dice such as `2d6`, a number, or `(`.";
const OPERATOR: &str = "Here stand `+`, `-`, `*`, `/2`, a label such as `[fire]`, what becomes of dice such as `kh1`, or nothing.";
const CHANGE: &str = "Write `kh`, `kl`, `dh` or `dl` with a number, as in `4d6kh3` or `4d6dl1`.";
const SIDES: &str = "Write the number of sides after the `d`, as in `d20`.";
const FACE: &str = "Name the faces to roll again, as in `r1` or `ro<3`.";
const LEAST: &str = "Name the least that a die counts, as in `mi3`.";
const HALF: &str = "Write `/2`, which halves and rounds down.";

/// The words of advantage and disadvantage, the longer ones first.
const MODES: [(&str, Mode); 4] = [
    ("advantage", Mode::Advantage),
    ("disadvantage", Mode::Disadvantage),
    ("adv", Mode::Advantage),
    ("dis", Mode::Disadvantage),
];

impl Expression {
    /// Reads a notation such as `4d6dl1`, `2d6+3[Strength]` or `d20+5 advantage`; the module tells the whole of it.
    ///
    /// # Errors
    /// What cannot be understood, or is more than can be rolled, with its place and what would be right.
    pub fn parse(notation: &str) -> Result<Expression, DiceError> {
        let chars: Vec<char> = notation.chars().take(MAX_NOTATION + 1).collect();
        let too_long = Err(DiceError::at(MAX_NOTATION + 1, DiceFault::TooLong));
        if chars.len() > MAX_NOTATION {
            return too_long;
        }
        let mut reader = Reader {
            chars,
            at: 0,
            dice: 0,
        };
        reader.skip();
        if reader.peek().is_none() {
            return Err(DiceError::at(1, DiceFault::Empty));
        }
        let mut expression = reader.expression(0)?;
        reader.modes(&mut expression)?;
        if let Some(found) = reader.peek() {
            let wanted = match found {
                ')' => "Leave it away; it closes no `(`.",
                _ => OPERATOR,
            };
            return Err(reader.fault(DiceFault::Unexpected { found, wanted }));
        }
        // Written out in full it can be longer than it came.
        if expression.to_string().chars().count() > MAX_NOTATION {
            return too_long;
        }
        Ok(expression)
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    /// How many dice were read.
    dice: u32,
}

impl Reader {
    fn expression(&mut self, depth: usize) -> Result<Expression, DiceError> {
        let mut terms = Vec::new();
        let mut range = (0, 0);
        let mut negative = self.sign();
        loop {
            self.skip();
            let start = self.at;
            let mut term = self.term(depth)?;
            term.negative = negative;
            range = term.added_to(range);
            terms.push(term);
            bounded(range).map_err(|fault| DiceError::at(start + 1, fault))?;
            self.skip();
            negative = match self.peek() {
                Some('+') => false,
                Some('-' | '−') => true,
                _ => return Ok(Expression { terms }),
            };
            self.at += 1;
            negative ^= self.sign();
        }
    }

    /// Reads a sign and tells whether it is a minus.
    fn sign(&mut self) -> bool {
        self.skip();
        let sign = self.peek();
        if matches!(sign, Some('+' | '-' | '−')) {
            self.at += 1;
        }
        matches!(sign, Some('-' | '−'))
    }

    fn term(&mut self, depth: usize) -> Result<Term, DiceError> {
        let mut term = Term::of(self.factor(depth)?);
        loop {
            self.skip();
            let start = self.at;
            match self.peek() {
                Some('*' | '×') => {
                    self.at += 1;
                    self.multiply(&mut term, depth)?;
                }
                Some('/' | '÷') => {
                    self.at += 1;
                    self.halve(&mut term)?;
                }
                Some('[') => {
                    let label = self.label()?;
                    if !term.label.is_empty() {
                        let twice = DiceFault::Twice { what: "a label" };
                        return Err(DiceError::at(start + 1, twice));
                    }
                    term.label = label;
                }
                _ => return Ok(term),
            }
            bounded(term.range()).map_err(|fault| DiceError::at(start + 1, fault))?;
            if term.halvings() > MAX_HALVINGS {
                return Err(DiceError::at(start + 1, DiceFault::Halvings));
            }
        }
    }

    /// Reads what stands behind a `*`; a number may stand on either side.
    fn multiply(&mut self, term: &mut Term, depth: usize) -> Result<(), DiceError> {
        self.skip();
        let start = self.at;
        let only_times = term
            .scales
            .iter()
            .all(|scale| matches!(scale, Scale::Times(_)));
        match (self.factor(depth)?, &term.factor) {
            (Factor::Number(by), _) => term.scales.push(Scale::Times(by)),
            (other, Factor::Number(by)) if only_times => {
                term.scales.insert(0, Scale::Times(*by));
                term.factor = other;
            }
            _ => return Err(DiceError::at(start + 1, DiceFault::Multiplier)),
        }
        Ok(())
    }

    fn halve(&mut self, term: &mut Term) -> Result<(), DiceError> {
        self.skip();
        let start = self.at;
        match self.number() {
            Some(2) => term.scales.push(Scale::Half),
            Some(0) => return Err(DiceError::at(start + 1, DiceFault::DividedByZero)),
            Some(_) => return Err(DiceError::at(start + 1, DiceFault::DividedByOther)),
            None => return Err(self.wants(HALF)),
        }
        Ok(())
    }

    fn label(&mut self) -> Result<String, DiceError> {
        let open = self.at;
        self.at += 1;
        let length = self.chars[self.at..].iter().position(|c| *c == ']');
        let Some(length) = length else {
            return Err(DiceError::at(open + 1, DiceFault::OpenLabel));
        };
        let text: String = self.chars[self.at..self.at + length].iter().collect();
        let text = text.trim();
        let bad = |c: char| c == '[' || c.is_control();
        if text.is_empty() || text.chars().count() > MAX_LABEL || text.chars().any(bad) {
            return Err(DiceError::at(open + 1, DiceFault::Label));
        }
        self.at += length + 1;
        Ok(text.to_owned())
    }

    fn factor(&mut self, depth: usize) -> Result<Factor, DiceError> {
        self.skip();
        let start = self.at;
        match self.peek() {
            Some('(') => {
                if depth == MAX_DEPTH {
                    return Err(self.fault(DiceFault::TooDeep));
                }
                self.at += 1;
                let group = self.expression(depth + 1)?;
                match self.peek() {
                    Some(')') => self.at += 1,
                    None => return Err(DiceError::at(start + 1, DiceFault::OpenParenthesis)),
                    Some(_) => return Err(self.wants(OPERATOR)),
                }
                Ok(Factor::Group(group))
            }
            Some('0'..='9') => {
                let number = self.number().unwrap_or(u32::MAX);
                self.skip();
                if self.before_sides() {
                    return self.dice(number, start).map(Factor::Dice);
                }
                if number > MAX_NUMBER {
                    return Err(DiceError::at(start + 1, DiceFault::Number));
                }
                Ok(Factor::Number(number))
            }
            Some('d' | 'D') if self.before_sides() => self.dice(1, start).map(Factor::Dice),
            _ => Err(self.wants(OPERAND)),
        }
    }

    /// Tells whether the `d` of dice comes next, and not a word that begins with one.
    fn before_sides(&self) -> bool {
        matches!(self.peek(), Some('d' | 'D')) && !self.begins("dis")
    }

    /// Reads dice from their `d` on.
    fn dice(&mut self, count: u32, start: usize) -> Result<Dice, DiceError> {
        let at_start = |fault| DiceError::at(start + 1, fault);
        if !(1..=MAX_DICE_IN_TERM).contains(&count) {
            return Err(at_start(DiceFault::DiceInTerm));
        }
        self.at += 1;
        self.skip();
        let at_sides = self.at + 1;
        let sides = match self.peek() {
            Some('%') => {
                self.at += 1;
                100
            }
            _ => self.number().ok_or_else(|| self.wants(SIDES))?,
        };
        if !(1..=MAX_SIDES).contains(&sides) {
            return Err(DiceError::at(at_sides, DiceFault::Sides));
        }
        let mut dice = Dice::new(count, sides);
        loop {
            let spaced = self.peek().is_some_and(char::is_whitespace);
            self.skip();
            let change = self.at;
            // Set apart at the very end it is meant for the whole.
            let of_all = spaced && self.only_modes_follow();
            if !of_all && let Some(mode) = self.mode() {
                dice.mode = dice.mode.and(mode);
            } else if !self.change(&mut dice)? {
                break;
            }
            if dice.mode != Mode::Normal && !dice.can_have_mode() {
                return Err(DiceError::at(change + 1, DiceFault::AdvantageOfOther));
            }
        }
        self.dice += dice.thrown();
        if self.dice > MAX_DICE {
            return Err(at_start(DiceFault::DiceInAll));
        }
        Ok(dice)
    }

    /// Reads one thing that becomes of dice; tells whether there was one.
    fn change(&mut self, dice: &mut Dice) -> Result<bool, DiceError> {
        let start = self.at;
        let fault = |fault| Err(DiceError::at(start + 1, fault));
        for word in ["kh", "kl", "dh", "dl"] {
            if !self.word(word) {
                continue;
            }
            self.skip();
            let number = self.number().unwrap_or(1);
            let keep = match word {
                "kh" => Keep::Highest(number),
                "kl" => Keep::Lowest(number),
                "dh" => Keep::DropHighest(number),
                _ => Keep::DropLowest(number),
            };
            let count = dice.count;
            let drops = word.starts_with('d');
            if drops && !(1..count).contains(&number) {
                return fault(DiceFault::Drop { dice: count });
            }
            if !drops && !(1..=count).contains(&number) {
                return fault(DiceFault::Keep { dice: count });
            }
            if dice.keep.replace(keep).is_some() {
                let what = "what is kept or dropped";
                return fault(DiceFault::Twice { what });
            }
            return Ok(true);
        }
        for (word, once) in [("ro", true), ("r", false)] {
            if self.word(word) {
                let faces = self.faces(dice.sides, start)?;
                if dice.reroll.replace(Reroll { once, faces }).is_some() {
                    let what = "what is rolled again";
                    return fault(DiceFault::Twice { what });
                }
                return Ok(true);
            }
        }
        if self.word("min") || self.word("mi") {
            self.skip();
            let least = self.number().ok_or_else(|| self.wants(LEAST))?;
            if !(1..=dice.sides).contains(&least) {
                return fault(DiceFault::Least { sides: dice.sides });
            }
            if dice.least.replace(least).is_some() {
                let what = "the least that a die counts";
                return fault(DiceFault::Twice { what });
            }
            return Ok(true);
        }
        match self.peek() {
            Some('d' | 'D') if self.begins("dis") => Ok(false),
            Some('d' | 'D' | 'k' | 'K') => Err(self.wants(CHANGE)),
            _ => Ok(false),
        }
    }

    /// Reads the faces that are rolled again.
    fn faces(&mut self, sides: u32, start: usize) -> Result<Faces, DiceError> {
        self.skip();
        let comparison = self.peek().filter(|c| matches!(c, '<' | '>' | '='));
        self.at += usize::from(comparison.is_some());
        let or_equal = matches!(comparison, Some('<' | '>')) && self.peek() == Some('=');
        self.at += usize::from(or_equal);
        self.skip();
        let number = self.number().ok_or_else(|| self.wants(FACE))?;
        let faces = match (comparison, or_equal) {
            (Some('<'), false) => Faces::Below(number),
            (Some('<'), true) => Faces::Below(number.saturating_add(1)),
            (Some('>'), false) => Faces::Above(number),
            // From nought on: every face.
            (Some('>'), true) => Faces::Above(number.saturating_sub(1)),
            _ => Faces::Is(number),
        };
        let held = (1..=sides).filter(|face| faces.hold(*face)).count();
        let fault = match held {
            0 => DiceFault::RerollsNone { sides },
            all if all == sides as usize => DiceFault::RerollsAll { sides },
            _ => return Ok(faces),
        };
        Err(DiceError::at(start + 1, fault))
    }

    /// Reads the words behind the whole notation.
    fn modes(&mut self, expression: &mut Expression) -> Result<(), DiceError> {
        loop {
            self.skip();
            let start = self.at;
            let Some(mode) = self.mode() else {
                return Ok(());
            };
            let at_start = |fault| DiceError::at(start + 1, fault);
            expression.apply(mode).map_err(at_start)?;
            if expression.dice_thrown() > MAX_DICE {
                return Err(at_start(DiceFault::DiceInAll));
            }
        }
    }

    /// Tells whether from here to the end there are words of advantage and nothing else.
    fn only_modes_follow(&mut self) -> bool {
        let start = self.at;
        while self.mode().is_some() {
            self.skip();
        }
        let end = self.peek().is_none();
        self.at = start;
        end
    }

    fn mode(&mut self) -> Option<Mode> {
        let found = MODES.iter().find(|(word, _)| self.word(word));
        found.map(|(_, mode)| *mode)
    }

    /// Reads a number; beyond all bounds it stays at the largest.
    fn number(&mut self) -> Option<u32> {
        let mut number: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let before = number.unwrap_or(0);
            number = Some(before.saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        number
    }

    /// Reads a word, in any case, if it comes next.
    fn word(&mut self, word: &str) -> bool {
        let comes = self.begins(word);
        if comes {
            self.at += word.len();
        }
        comes
    }

    fn begins(&self, word: &str) -> bool {
        let rest = &self.chars[self.at..];
        rest.len() >= word.len()
            && word
                .chars()
                .zip(rest)
                .all(|(a, b)| a.eq_ignore_ascii_case(b))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn fault(&self, fault: DiceFault) -> DiceError {
        DiceError::at(self.at + 1, fault)
    }

    /// Says that something else stands here, or nothing.
    fn wants(&self, wanted: &'static str) -> DiceError {
        self.fault(match self.peek() {
            Some(found) => DiceFault::Unexpected { found, wanted },
            None => DiceFault::BreaksOff { wanted },
        })
    }
}

fn bounded((least, most): (i64, i64)) -> Result<(), DiceFault> {
    let bound = i64::from(MAX_TOTAL);
    if least < -bound || most > bound {
        return Err(DiceFault::Total);
    }
    Ok(())
}
