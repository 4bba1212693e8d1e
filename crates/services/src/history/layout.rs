//! How a history is drawn: which lane each commit stands in, and the strokes between one row and the next.
//!
//! ```text
//! lane 0   1          rows from above to below
//!      ●              0  a merge on `main`: strokes 0→0 and 0→1
//!      │ ●            1  what was merged: strokes 0→0 and 1→1
//!      ● │            2  `main` went on
//!      ●─┘            3  where both began: the stroke 1→0 arrives
//! ```
//!
//! `main` and what its first parents were has lane 0 to itself. Another line keeps the lane it began in down to where it forked off, so
//! that it is drawn straight; a lane that has ended is given to the next line that needs one. What is drawn of a row depends on the
//! rows above it alone.

/// A commit to be drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// The rows of the commits it came of, each further below; the first is the line it lies on.
    pub(crate) parents: Vec<usize>,
    /// Whether it lies on the line of `main`.
    pub(crate) main: bool,
}

/// A commit in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) lane: usize,
    /// From which lane at this row to which at the next.
    pub(crate) strokes: Vec<(usize, usize)>,
}

impl Placed {
    /// Counts the lanes that the row needs.
    pub(crate) fn lanes(&self) -> usize {
        let strokes = self.strokes.iter().map(|(from, to)| from.max(to));
        strokes.chain([&self.lane]).max().map_or(0, |most| most + 1)
    }
}

/// Places commits, given from above to below.
pub(crate) fn lay(nodes: &[Node]) -> Vec<Placed> {
    let mut rows: Vec<Placed> = Vec::with_capacity(nodes.len());
    // For which row each lane goes on.
    let mut lanes: Vec<Option<usize>> = vec![None];
    // What leaves the row before: from which lane, into which.
    let mut leaving: Vec<(usize, usize)> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let waiting = |lane: &usize| lanes[*lane] == Some(at);
        let lane = match node.main {
            true => 0,
            false => (1..lanes.len())
                .find(waiting)
                .unwrap_or_else(|| free(&lanes)),
        };
        if let Some(row) = rows.last_mut() {
            row.strokes.extend(leaving.drain(..).map(|(from, into)| {
                let arrives = lanes[into] == Some(at);
                (from, if arrives { lane } else { into })
            }));
            row.strokes.sort_unstable();
            row.strokes.dedup();
        }
        for waits in &mut lanes {
            if *waits == Some(at) {
                *waits = None;
            }
        }
        leaving.extend(
            (0..lanes.len())
                .filter(|lane| lanes[*lane].is_some())
                .map(|lane| (lane, lane)),
        );
        for (nth, parent) in node.parents.iter().enumerate() {
            let known = lanes.iter().position(|waits| *waits == Some(*parent));
            let into = match known {
                _ if nth == 0 => lane,
                Some(known) => known,
                None => free(&lanes),
            };
            if into >= lanes.len() {
                lanes.resize(into + 1, None);
            }
            lanes[into] = Some(*parent);
            leaving.push((lane, into));
        }
        rows.push(Placed {
            lane,
            strokes: Vec::new(),
        });
    }
    rows
}

/// Finds the first lane beside that of `main` in which nothing is drawn.
fn free(lanes: &[Option<usize>]) -> usize {
    let free = (1..lanes.len()).find(|lane| lanes[*lane].is_none());
    free.unwrap_or(lanes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads rows from above to below, `name parents`; a `*` marks those of `main`.
    fn nodes(text: &str) -> Vec<Node> {
        let rows: Vec<Vec<&str>> = text
            .split(';')
            .map(|row| row.split_whitespace().collect())
            .collect();
        let place = |name: &str| {
            let found = rows
                .iter()
                .position(|row| row[0].trim_start_matches('*') == name);
            found.unwrap_or_else(|| panic!("no {name}"))
        };
        let node = |row: &Vec<&str>| Node {
            parents: row[1..].iter().map(|name| place(name)).collect(),
            main: row[0].starts_with('*'),
        };
        rows.iter().map(node).collect()
    }

    /// Writes each row's lane and strokes: `0: 0-0 0-1`.
    fn drawn(text: &str) -> Vec<String> {
        let nodes = nodes(text);
        let placed = lay(&nodes);
        check(&nodes, &placed);
        let stroke = |(from, to): &(usize, usize)| format!(" {from}-{to}");
        let row = |row: &Placed| {
            let strokes: String = row.strokes.iter().map(stroke).collect();
            format!("{}:{strokes}", row.lane)
        };
        placed.iter().map(row).collect()
    }

    /// Checks what holds of every drawing.
    fn check(nodes: &[Node], placed: &[Placed]) {
        assert_eq!(nodes.len(), placed.len());
        for (at, (node, row)) in nodes.iter().zip(placed).enumerate() {
            assert_eq!(node.main, row.lane == 0, "lane 0 is main's: row {at}");
            for parent in &node.parents {
                assert!(
                    leads(placed, at, *parent),
                    "row {at} is not joined to row {parent}"
                );
            }
            for (from, _) in &row.strokes {
                let comes = *from == row.lane
                    || at > 0 && placed[at - 1].strokes.iter().any(|(_, to)| to == from);
                assert!(comes, "a stroke begins in the air at row {at}: {row:?}");
            }
            let arrives = at > 0 && placed[at - 1].strokes.iter().any(|(_, to)| *to == row.lane);
            let wanted = nodes.iter().any(|other| other.parents.contains(&at));
            assert_eq!(
                arrives, wanted,
                "row {at}: drawn through a commit that nothing came of"
            );
        }
    }

    /// Tells whether strokes lead from one row to another without running through a commit between them.
    fn leads(placed: &[Placed], from: usize, to: usize) -> bool {
        let mut lanes = vec![placed[from].lane];
        for (at, row) in placed.iter().enumerate().take(to).skip(from) {
            if at > from {
                lanes.retain(|lane| *lane != row.lane);
            }
            let next = row.strokes.iter().filter(|(from, _)| lanes.contains(from));
            lanes = next.map(|(_, to)| *to).collect();
        }
        lanes.contains(&placed[to].lane)
    }

    #[test]
    fn a_line_alone_is_straight() {
        assert_eq!(drawn("*c b; *b a; *a"), ["0: 0-0", "0: 0-0", "0:"]);
    }

    #[test]
    fn a_branch_keeps_its_lane_down_to_where_it_forked_off() {
        let rows = drawn("x b; *d c; *c b; *b a; *a");
        assert_eq!(rows, ["1: 1-1", "0: 0-0 1-1", "0: 0-0 1-0", "0: 0-0", "0:"]);
    }

    #[test]
    fn a_merge_opens_a_lane_and_the_fork_closes_it() {
        let rows = drawn("*m c x; x b; *c b; *b");
        assert_eq!(rows, ["0: 0-0 0-1", "1: 0-0 1-1", "0: 0-0 1-0", "0:"]);
    }

    #[test]
    fn an_octopus_has_an_arm_for_each_line() {
        let rows = drawn("*m b x y z; z a; y a; x a; *b a; *a");
        assert_eq!(
            rows,
            [
                "0: 0-0 0-1 0-2 0-3",
                "3: 0-0 1-1 2-2 3-3",
                "2: 0-0 1-1 2-2 3-3",
                "1: 0-0 1-1 2-2 3-3",
                "0: 0-0 1-0 2-0 3-0",
                "0:",
            ]
        );
    }

    #[test]
    fn lines_that_took_each_other_in_cross_once() {
        let rows = drawn("n x c; *m c x; x a; *c a; *a");
        let wanted = [
            "1: 1-1 1-2",
            "0: 0-0 0-1 1-1 2-2",
            "1: 0-0 1-1 2-0",
            "0: 0-0 1-0",
            "0:",
        ];
        assert_eq!(rows, wanted);
    }

    #[test]
    fn a_branch_ahead_of_main_and_one_without_any_relation() {
        assert_eq!(drawn("x b; *b a; *a"), ["1: 1-0", "0: 0-0", "0:"]);
        assert_eq!(drawn("s; *b a; *a"), ["1:", "0: 0-0", "0:"]);
    }

    #[test]
    fn a_lane_that_ended_is_used_again() {
        let rows = drawn("*f e x; x e; *e d y; y d; *d");
        assert!(rows.iter().all(|row| !row.contains('2')), "{rows:?}");
    }

    #[test]
    fn any_history_is_drawn_whole_and_a_row_does_not_depend_on_what_is_below() {
        let mut seed = 7_u64;
        let mut roll = |sides: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % sides
        };
        for _ in 0..300 {
            let count = 2 + roll(24);
            let mut nodes: Vec<Node> = (0..count)
                .map(|at| {
                    let below = count - at - 1;
                    let mut parents: Vec<usize> = Vec::new();
                    for _ in 0..[1, 1, 1, 2, 3][roll(5)].min(below) {
                        let parent = at + 1 + roll(below.min(6));
                        if !parents.contains(&parent) {
                            parents.push(parent);
                        }
                    }
                    Node {
                        parents,
                        main: false,
                    }
                })
                .collect();
            let mut on_main = Some(roll(count));
            while let Some(at) = on_main {
                nodes[at].main = true;
                on_main = nodes[at].parents.first().copied();
            }
            let placed = lay(&nodes);
            check(&nodes, &placed);
            let part = count / 2;
            let above = lay(&nodes[..part.max(1)]);
            for (whole, part) in placed.iter().zip(&above).take(part.saturating_sub(1)) {
                assert_eq!(whole, part);
            }
        }
    }
}
