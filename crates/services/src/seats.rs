//! Who sits at this computer, and what the table leaves to whom.
//!
//! Seats are local profiles with a switch: a convenience on one machine, no protection against its owner. Without seats
//! everybody may do everything, and nothing of this is ever met.

pub(crate) mod owners;

use std::collections::BTreeMap;
use std::sync::Arc;

use history::{Action, BranchName, CellPath, Edit, Tree};
use serde_json::{Value, json};
use sheet::{AutoCells, MAX_NAME, MAX_RULES, MAX_SEATS, OwnerCells, SeatCells, TABLE, TableSource};

use crate::history::difference::changes_between;
use crate::library::Library;
use crate::wire::{AutoRule, CellOwner, OwnerRule, Role, Seat, TableRules, TableView};
use crate::{Code, Failure};

/// Serves seats and the rules of the table; made by [`Library::seats`].
#[derive(Clone, Copy)]
pub struct Seats<'a> {
    library: &'a Library,
}

/// Whoever sits at this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seated {
    pub(crate) name: String,
    pub(crate) role: Role,
}

impl Library {
    /// Serves seats and the rules of the table.
    pub fn seats(&self) -> Seats<'_> {
        Seats { library: self }
    }

    /// Reads the table; one at which nobody sits where none was ever made.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub(crate) fn table(&self) -> Result<Arc<TableSource>, Failure> {
        let main = BranchName::main();
        if self.vault.heads(TABLE, &main)?.is_empty() {
            return Ok(Arc::new(TableSource::new()));
        }
        let (tip, tree) = self.tip(TABLE, &main)?;
        if let Some(table) = self.caches.table.get(&tip) {
            return Ok(table);
        }
        let table = Arc::new(TableSource::of_tree(&tree));
        self.caches.table.insert(tip, Arc::clone(&table));
        Ok(table)
    }

    /// Tells who sits here; none where there are no seats, or nobody chose one.
    ///
    /// # Errors
    /// A seat was taken, and the table cannot be read.
    pub(crate) fn seated(&self) -> Result<Option<(String, Seated)>, Failure> {
        let Some(id) = self.desk.seated() else {
            return Ok(None);
        };
        let table = self.table()?;
        Ok(table.seats.get(&id).map(|seat| {
            let role = role_of(&seat.role);
            let name = seat.name.clone();
            (id, Seated { name, role })
        }))
    }

    /// Tells the role of whoever sits here: the DM's where nobody has a seat, so that who never makes seats may do everything. Of
    /// whoever sits at a table that cannot be read it is a player's: secrets and the main line stay safe.
    pub(crate) fn role(&self) -> Role {
        match self.seated() {
            Ok(seated) => seated.map_or(Role::Dm, |(_, seated)| seated.role),
            Err(_) => Role::Player,
        }
    }

    /// Gives the rules of the table.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub(crate) fn table_rules(&self) -> Result<TableRules, Failure> {
        Ok(rules_of(&*self.table()?))
    }

    /// Tells whether whoever sits here may change what is the DM's only through a change request.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub(crate) fn is_reviewed(&self) -> Result<bool, Failure> {
        Ok(self.role() == Role::Player && self.table_rules()?.review)
    }

    /// Refuses a player's change of what is the DM's on a main line that is under review.
    pub(crate) fn check_owned(
        &self,
        branch: &BranchName,
        before: &Tree,
        after: &Tree,
    ) -> Result<(), Failure> {
        if *branch != BranchName::main() || !self.is_reviewed()? {
            return Ok(());
        }
        let rules = self.table_rules()?;
        for change in changes_between(before, after) {
            let owner = [&change.before, &change.after]
                .into_iter()
                .map(|value| owners::owner_of_value(&rules, &change.path, value.as_ref()))
                .find(|owner| *owner == CellOwner::Dm);
            let accepted = || {
                let (before, after) = (change.before.as_ref(), change.after.as_ref());
                owners::accepting_rule(&rules, &change.path, before, after)
            };
            if owner.is_some() && accepted().is_none() {
                return Err(needs_review(&change.path));
            }
        }
        Ok(())
    }
}

fn needs_review(path: &CellPath) -> Failure {
    Failure {
        code: Code::NeedsReview,
        message: "At this table the DM reviews such changes.".to_owned(),
        hint: "Make it a proposal: it stands on a line of its own until the DM has seen it."
            .to_owned(),
        cell: Some(path.to_string()),
    }
}

fn role_of(name: &str) -> Role {
    if name == "dm" { Role::Dm } else { Role::Player }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Player => "player",
        Role::Dm => "dm",
    }
}

fn rules_of(table: &TableSource) -> TableRules {
    let owner = |cells: &OwnerCells| OwnerRule {
        name: cells.name.clone(),
        pattern: cells.pattern.clone(),
        owner: match cells.owner.as_str() {
            "dm" => CellOwner::Dm,
            "free" => CellOwner::Free,
            _ => CellOwner::Player,
        },
    };
    let auto = |cells: &AutoCells| AutoRule {
        name: cells.name.clone(),
        pattern: cells.pattern.clone(),
        most: cells.most,
        active: cells.active,
    };
    let owners = table.rules.owners.as_ref().map(|found| {
        let mut found: Vec<_> = found.iter().collect();
        found.sort_by_key(|(id, cells)| (cells.rank.clone(), (*id).clone()));
        found.into_iter().map(|(_, cells)| owner(cells)).collect()
    });
    let autos = table.rules.auto.as_ref().map(|found| {
        let mut found: Vec<_> = found.iter().collect();
        found.sort_by_key(|(id, cells)| (cells.rank.clone(), (*id).clone()));
        found.into_iter().map(|(_, cells)| auto(cells)).collect()
    });
    TableRules {
        review: table.rules.review,
        owners: owners.unwrap_or_else(owners::usual_owners),
        auto: autos.unwrap_or_else(owners::usual_auto),
    }
}

impl Seats<'_> {
    /// Shows the seats, who sits here, and the rules of the table.
    ///
    /// # Errors
    /// A roster that cannot be read.
    pub fn view(&self) -> Result<TableView, Failure> {
        self.library.timed("seats.view", || self.seen())
    }

    /// Adds a seat.
    ///
    /// # Errors
    /// A name that is empty, too long, or has a seat already; too many seats.
    pub fn add(&self, name: &str, role: Role) -> Result<TableView, Failure> {
        self.library.timed("seats.add", || {
            let name = named(name)?;
            let id = self.library.settings.clock.new_id().to_string();
            self.change(&format!("{name} has a seat"), |table| {
                self.may_change(table)?;
                free_name(table, name, None)?;
                if table.seats.len() >= MAX_SEATS {
                    return Err(Failure::new(
                        Code::TooLarge,
                        format!("A table has at most {MAX_SEATS} seats."),
                        "Take away one that nobody uses.",
                    ));
                }
                let seat = SeatCells {
                    name: name.to_owned(),
                    role: role_name(role).to_owned(),
                };
                Ok(vec![set(&["seats", &id], to_json(&seat)?)])
            })
        })
    }

    /// Changes the name and the role of a seat. What was signed with the old name stays as it is.
    ///
    /// # Errors
    /// A seat that is not there; a name as in [`Seats::add`]; the last DM made a player.
    pub fn change_seat(&self, id: &str, name: &str, role: Role) -> Result<TableView, Failure> {
        self.library.timed("seats.change", || {
            let name = named(name)?;
            self.change(&format!("The seat of {name} changed"), |table| {
                self.may_change(table)?;
                free_name(table, name, Some(id))?;
                if !table.seats.contains_key(id) {
                    return Err(Failure::not_found("seat", id));
                }
                if role == Role::Player {
                    keeps_a_dm(table, id)?;
                }
                Ok(vec![
                    set(&["seats", id, "name"], json!(name)),
                    set(&["seats", id, "role"], json!(role_name(role))),
                ])
            })
        })
    }

    /// Takes a seat away; whoever sat there stands up.
    ///
    /// # Errors
    /// A seat that is not there; the last DM's while others have seats.
    pub fn remove(&self, id: &str) -> Result<TableView, Failure> {
        self.library.timed("seats.remove", || {
            self.change("A seat was taken away", |table| {
                self.may_change(table)?;
                if !table.seats.contains_key(id) {
                    return Err(Failure::not_found("seat", id));
                }
                if table.seats.len() > 1 {
                    keeps_a_dm(table, id)?;
                }
                let path = CellPath::from_segments(["seats", id]);
                Ok(vec![Edit::Remove { path }])
            })?;
            if self.library.desk.seated().as_deref() == Some(id) {
                self.library.desk.sit(None)?;
                self.library.tell(&crate::wire::Event::LibraryChanged);
            }
            self.seen()
        })
    }

    /// Sits down at a seat, or stands up; what is changed from now on is signed with that name.
    ///
    /// # Errors
    /// A seat that is not there; a folder that cannot be written.
    pub fn take(&self, id: Option<&str>) -> Result<TableView, Failure> {
        self.library.timed("seats.take", || {
            if let Some(id) = id
                && !self.library.table()?.seats.contains_key(id)
            {
                return Err(Failure::not_found("seat", id));
            }
            self.library.desk.sit(id)?;
            self.library.tell(&crate::wire::Event::LibraryChanged);
            self.seen()
        })
    }

    /// Says how changes come to main lines.
    ///
    /// # Errors
    /// A pattern that cannot be used, too many rules; a player who asks.
    pub fn set_rules(&self, rules: &TableRules) -> Result<TableView, Failure> {
        self.library.timed("seats.rules", || {
            check_rules(rules)?;
            let message = if rules.review {
                "The DM reviews what players change"
            } else {
                "Players change their characters by themselves"
            };
            self.change(message, |table| {
                self.may_change(table)?;
                Ok(vec![set(&["rules"], rule_cells(rules)?)])
            })
        })
    }

    /// Finds a seat by its id or by its name, as a person types it.
    ///
    /// # Errors
    /// A name that no seat has.
    pub fn find(&self, name: &str) -> Result<String, Failure> {
        let wanted = crate::text::fold(name.trim());
        let table = self.library.table()?;
        let found = table
            .seats
            .iter()
            .find(|(id, seat)| id.as_str() == name || crate::text::fold(&seat.name) == wanted);
        found
            .map(|(id, _)| id.clone())
            .ok_or_else(|| Failure::not_found("seat", name))
    }

    fn seen(&self) -> Result<TableView, Failure> {
        let table = self.library.table()?;
        let seated = self.library.seated()?;
        let asked = crate::wire::ListQuery {
            limit: 1,
            ..crate::wire::ListQuery::default()
        };
        let listed = self.library.roster().list(&asked)?;
        let mut seats: Vec<Seat> = table
            .seats
            .iter()
            .map(|(id, seat)| Seat {
                id: id.clone(),
                name: seat.name.clone(),
                role: role_of(&seat.role),
                characters: listed
                    .owners
                    .iter()
                    .filter(|owner| crate::text::fold(&owner.name) == crate::text::fold(&seat.name))
                    .map(|owner| owner.count)
                    .sum(),
            })
            .collect();
        seats.sort_by_key(|seat| (seat.role != Role::Dm, crate::text::fold(&seat.name)));
        Ok(TableView {
            author: self.library.author().name,
            role: self.library.role(),
            seated: seated.map(|(id, _)| id),
            seats,
            rules: rules_of(&table),
        })
    }

    /// Refuses a player who wants to change the table, while there is a DM.
    fn may_change(&self, table: &TableSource) -> Result<(), Failure> {
        let has_dm = table.seats.values().any(|seat| seat.role == "dm");
        if self.library.role() == Role::Player && has_dm {
            return Err(Failure::new(
                Code::NotAllowed,
                "Seats and rules of the table are the DM's.",
                "Change to the DM's seat first.",
            ));
        }
        Ok(())
    }

    fn change(
        &self,
        message: &str,
        edits: impl Fn(&TableSource) -> Result<Vec<Edit>, Failure>,
    ) -> Result<TableView, Failure> {
        let fresh = || to_json(&TableSource::new());
        self.library
            .amend_companion(TABLE, fresh, Action::Seats, |tree: &Tree| {
                let edits = edits(&TableSource::of_tree(tree))?;
                Ok((history::edit(tree, edits)?, message.to_owned()))
            })?;
        self.seen()
    }
}

fn keeps_a_dm(table: &TableSource, leaving: &str) -> Result<(), Failure> {
    let stays = |(id, seat): (&String, &SeatCells)| id != leaving && seat.role == "dm";
    let was = table
        .seats
        .get(leaving)
        .is_some_and(|seat| seat.role == "dm");
    if !was || table.seats.iter().any(stays) {
        return Ok(());
    }
    Err(Failure::new(
        Code::Invalid,
        "Somebody has to be the DM while others have seats.",
        "Make another seat the DM's first.",
    ))
}

fn free_name(table: &TableSource, name: &str, own: Option<&str>) -> Result<(), Failure> {
    let wanted = crate::text::fold(name);
    let taken = table
        .seats
        .iter()
        .any(|(id, seat)| Some(id.as_str()) != own && crate::text::fold(&seat.name) == wanted);
    if taken {
        return Err(Failure::new(
            Code::Invalid,
            format!("{name} has a seat already."),
            "Give the other one a name that tells them apart.",
        ));
    }
    Ok(())
}

fn named(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    let fits =
        (1..=MAX_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits {
        return Ok(name);
    }
    Err(Failure::new(
        Code::Invalid,
        format!("The name at a seat is one line of 1 to {MAX_NAME} characters."),
        "The name the table knows somebody by will do.",
    ))
}

fn check_rules(rules: &TableRules) -> Result<(), Failure> {
    if rules.owners.len() > MAX_RULES || rules.auto.len() > MAX_RULES {
        return Err(Failure::new(
            Code::TooLarge,
            format!("A table has at most {MAX_RULES} rules of a sort."),
            "One pattern with `**` can stand for many.",
        ));
    }
    let patterns = rules.owners.iter().map(|rule| (&rule.name, &rule.pattern));
    let patterns = patterns.chain(rules.auto.iter().map(|rule| (&rule.name, &rule.pattern)));
    for (name, pattern) in patterns {
        named(name)?;
        if let Some(wrong) = owners::wrong_with(pattern) {
            let pattern = crate::text::line(pattern, 60);
            let message = format!("`{pattern}` is no pattern of cells.");
            return Err(Failure::new(Code::Invalid, message, wrong));
        }
    }
    Ok(())
}

fn rule_cells(rules: &TableRules) -> Result<Value, Failure> {
    // Ids by place: a list is written as a whole, so that what is equal stays equal.
    let owners: BTreeMap<String, OwnerCells> = rules
        .owners
        .iter()
        .enumerate()
        .map(|(n, rule)| {
            let owner = match rule.owner {
                CellOwner::Player => "player",
                CellOwner::Dm => "dm",
                CellOwner::Free => "free",
            };
            let cells = OwnerCells {
                rank: format!("{n:03}"),
                name: rule.name.trim().to_owned(),
                pattern: rule.pattern.clone(),
                owner: owner.to_owned(),
            };
            (format!("r{n:03}"), cells)
        })
        .collect();
    let auto: BTreeMap<String, AutoCells> = rules
        .auto
        .iter()
        .enumerate()
        .map(|(n, rule)| {
            let cells = AutoCells {
                rank: format!("{n:03}"),
                name: rule.name.trim().to_owned(),
                pattern: rule.pattern.clone(),
                most: rule.most,
                active: rule.active,
            };
            (format!("r{n:03}"), cells)
        })
        .collect();
    Ok(json!({
        "review": rules.review,
        "owners": to_json(&owners)?,
        "auto": to_json(&auto)?,
    }))
}

fn set(path: &[&str], value: Value) -> Edit {
    Edit::Set {
        path: CellPath::from_segments(path.iter().copied()),
        value,
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(Failure::internal)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::Settings;

    #[test]
    fn who_sits_at_a_table_that_cannot_be_read_has_no_rights_of_the_dm() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(Settings::new(folder.path(), "Maren")).unwrap();
        library.seats().add("Iris", Role::Dm).unwrap();
        let seats = library.seats().add("Maren", Role::Player).unwrap().seats;
        let maren = seats.iter().find(|seat| seat.name == "Maren").unwrap();
        library.seats().take(Some(&maren.id)).unwrap();
        assert_eq!(library.role(), Role::Player);

        // Opened anew, as nothing is remembered then; the index still knows where everything would be.
        drop(library);
        let library = Library::open(Settings::new(folder.path(), "Maren")).unwrap();
        let ledger = folder.path().join("ledger/000001.log");
        let length = std::fs::metadata(&ledger).unwrap().len();
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .open(&ledger)
            .unwrap();
        file.write_all(&vec![0; usize::try_from(length).unwrap()])
            .unwrap();

        assert_eq!(library.role(), Role::Player);
        assert!(library.is_reviewed().is_err());
        library.seats().view().unwrap_err();
    }
}
