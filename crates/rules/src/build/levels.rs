//! Levels: one more, one less, with the choices that belong to them.

use serde_json::json;
use sheet::Source;

use super::{CannotBuild, Write};
use crate::content::{Content, key};

/// The most levels a character has.
const MOST: usize = 20;

/// Gives the writes that add a level.
///
/// `id` is the id of the new level, `hit_points` what was rolled on the hit die, none for the fixed number.
///
/// # Errors
/// A class that no pack has, a roll that is not on its die, a character of level 20.
pub fn level_up(
    source: &Source,
    content: &Content,
    class: &str,
    hit_points: Option<i32>,
    id: &str,
) -> Result<Vec<Write>, CannotBuild> {
    let Some(known) = content.classes.get(&key(class)) else {
        return Err(CannotBuild {
            message: format!("No pack has a class called `{class}`."),
            hint: format!("There are: {}.", names(content)),
        });
    };
    if source.levels.len() >= MOST {
        return Err(CannotBuild {
            message: format!("A character has at most {MOST} levels."),
            hint: "Epic boons and the like come as feats.".to_owned(),
        });
    }
    if let Some(rolled) = hit_points
        && !(1..=known.hit_die).contains(&rolled)
    {
        return Err(CannotBuild {
            message: format!("{rolled} cannot be rolled on a d{}.", known.hit_die),
            hint: format!(
                "Give 1 to {}, or take the fixed {}.",
                known.hit_die,
                known.hit_die / 2 + 1
            ),
        });
    }
    let levels = source.levels.ordered();
    // An empty first level, as a new character has it, becomes the level of the class.
    if let [(first, level)] = levels[..]
        && level.class.trim().is_empty()
    {
        return Ok(vec![
            Write::set(format!("/levels/{first}/class"), known.name.clone()),
            Write::set(format!("/levels/{first}/hit_points"), json!(hit_points)),
        ]);
    }
    let rank = history::rank_after(levels.iter().map(|(_, level)| level.rank.as_str()));
    let mut level = json!({ "rank": rank, "class": known.name });
    if let Some(hit_points) = hit_points {
        level["hit_points"] = json!(hit_points);
    }
    Ok(vec![Write::set(format!("/levels/{id}"), level)])
}

/// Gives the writes that take the last level away, and with it the picks that only it offered.
///
/// # Errors
/// A character with one level or none.
pub fn level_down(source: &Source, content: &Content) -> Result<Vec<Write>, CannotBuild> {
    let levels = source.levels.ordered();
    let Some((id, _)) = levels.last().filter(|_| levels.len() > 1) else {
        return Err(CannotBuild {
            message: "There is no level to take away.".to_owned(),
            hint: "The first level stays; change its class instead.".to_owned(),
        });
    };
    let mut writes = vec![Write::Remove {
        cell: format!("/levels/{id}"),
    }];
    let mut less = source.clone();
    less.levels.0.remove(*id);
    let before = crate::grant::offers(source, content);
    let after = crate::grant::offers(&less, content);
    for (slot, picks) in &source.build.choices {
        let cell = format!(
            "/build/choices/{}",
            slot.replace('~', "~0").replace('/', "~1")
        );
        match (before.get(slot), after.get(slot)) {
            (Some(_), None) => writes.push(Write::Remove { cell }),
            (Some(then), Some(now)) if now < then => {
                let kept: Vec<&str> = picks
                    .split_whitespace()
                    .take(usize::try_from(*now).unwrap_or(0))
                    .collect();
                let kept = kept.join(" ");
                if kept != *picks {
                    writes.push(Write::set(cell, kept));
                }
            }
            _ => {}
        }
    }
    Ok(writes)
}

fn names(content: &Content) -> String {
    let names: Vec<&str> = content
        .classes
        .values()
        .map(|class| class.name.as_str())
        .collect();
    names.join(", ")
}
