//! Reading the files of reference characters.

use std::collections::BTreeMap;

/// One character, at one or several levels.
pub(crate) struct Build {
    /// The line that opened it.
    pub(crate) title: String,
    /// Classes with their levels, in the order they are taken; a single class has no number and grows with the section.
    pub(crate) classes: Vec<(String, Option<usize>)>,
    pub(crate) species: String,
    pub(crate) background: String,
    /// Scores before anything is added, where they are not the standard array of the first class.
    pub(crate) scores: Vec<i32>,
    /// Slot and picks.
    pub(crate) choices: Vec<(String, Vec<String>)>,
    pub(crate) sections: Vec<Level>,
}

impl Build {
    /// Lists the class of each level.
    pub(crate) fn levels(&self, total: usize) -> Vec<String> {
        self.classes
            .iter()
            .flat_map(|(class, count)| std::iter::repeat_n(class.clone(), count.unwrap_or(total)))
            .collect()
    }
}

/// The numbers of a character at one level.
pub(crate) struct Level {
    pub(crate) number: usize,
    pub(crate) lines: BTreeMap<String, Line>,
}

/// One number with its sum, which may be empty.
pub(crate) struct Line {
    pub(crate) value: String,
    pub(crate) sum: String,
}

/// Reads the characters of a file.
pub(crate) fn builds(text: &str) -> Vec<Build> {
    let mut builds: Vec<Build> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(title) = line.strip_prefix("build ") {
            let parts: Vec<&str> = title.split(" / ").collect();
            let [classes, species, background] = parts[..] else {
                panic!("`{line}` needs classes, species and background");
            };
            let class = |written: &str| match written.rsplit_once(' ') {
                Some((class, count)) => (class.to_owned(), Some(count.parse().unwrap())),
                None => (written.to_owned(), None),
            };
            builds.push(Build {
                title: title.to_owned(),
                classes: classes.split(", ").map(class).collect(),
                species: species.to_owned(),
                background: background.to_owned(),
                scores: Vec::new(),
                choices: Vec::new(),
                sections: Vec::new(),
            });
            continue;
        }
        let build = builds.last_mut().unwrap();
        if let Some(scores) = line.strip_prefix("scores ") {
            build.scores = scores
                .split(' ')
                .map(|score| score.parse().unwrap())
                .collect();
        } else if let Some(choice) = line.strip_prefix("choice ") {
            let (slot, picks) = choice.split_once(": ").unwrap();
            let picks = picks.split(' ').map(str::to_owned).collect();
            build.choices.push((slot.to_owned(), picks));
        } else if let Some(number) = line.strip_prefix("level ") {
            build.sections.push(Level {
                number: number.parse().unwrap(),
                lines: BTreeMap::new(),
            });
        } else {
            let (told, sum) = line.split_once(" = ").unwrap_or((line, ""));
            let (key, value) = told.rsplit_once(": ").unwrap();
            let read = Line {
                value: value.to_owned(),
                sum: sum.to_owned(),
            };
            let lines = &mut build.sections.last_mut().unwrap().lines;
            assert!(
                lines.insert(key.to_owned(), read).is_none(),
                "`{line}` stands twice"
            );
        }
    }
    builds
}

/// Adds up a sum: whole numbers, products, remarks in brackets: `10 [d10] + 4*6 [Fighter] + -1`.
pub(crate) fn sum(written: &str) -> i32 {
    let mut plain = String::new();
    let mut remark = false;
    for letter in written.chars() {
        match letter {
            '[' => remark = true,
            ']' => remark = false,
            letter if !remark => plain.push(letter),
            _ => {}
        }
    }
    let product = |part: &str| -> i32 {
        part.split('*')
            .map(|number| {
                let number = number.trim();
                number
                    .parse::<i32>()
                    .unwrap_or_else(|error| panic!("`{written}`: {number}: {error}"))
            })
            .product()
    };
    plain.split(" + ").map(product).sum()
}
