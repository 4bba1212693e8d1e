//! Merging by a replicated data type: a sheet as an Automerge document.
//!
//! It is told what the cells are: tallies are its counters, prose is its text, everything else a value of a map. So it has what it needs
//! to add up two heals and to weave two texts.

use anyhow::Context;
use automerge::transaction::Transactable;
use automerge::{AutoCommit, AutoSerde, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use history::{CellPath, Edit, Policy, Tree, diff};
use serde_json::{Map, Value};

/// A sheet as an Automerge document.
pub struct Replica(AutoCommit);

impl Replica {
    /// Writes a document into a new one of Automerge.
    ///
    /// # Errors
    /// What Automerge refuses.
    pub fn of(tree: &Tree) -> anyhow::Result<Replica> {
        let mut doc = AutoCommit::new();
        // Whoever has the greater name wins where both put a value, so the names must not be drawn.
        doc.set_actor(automerge::ActorId::from(b"base".as_slice()));
        if let Value::Object(sections) = tree.to_value() {
            fill(&mut doc, &ROOT, &CellPath::root(), &sections)?;
        }
        doc.commit();
        Ok(Replica(doc))
    }

    /// Goes on from here as somebody else, and makes of `before` what stands in `after`.
    ///
    /// # Errors
    /// What Automerge refuses.
    pub fn fork(&mut self, name: &str, before: &Tree, after: &Tree) -> anyhow::Result<Replica> {
        let mut doc = self.0.fork();
        doc.set_actor(automerge::ActorId::from(name.as_bytes()));
        for change in diff(before, after) {
            write(&mut doc, change.to_edit())?;
        }
        doc.commit();
        Ok(Replica(doc))
    }

    /// Writes it as bytes.
    pub fn save(&mut self) -> Vec<u8> {
        self.0.save()
    }

    /// Reads it from bytes.
    ///
    /// # Errors
    /// Bytes that are no document.
    pub fn load(bytes: &[u8]) -> anyhow::Result<Replica> {
        Ok(Replica(AutoCommit::load(bytes)?))
    }

    /// Takes in what another has.
    ///
    /// # Errors
    /// What Automerge refuses.
    pub fn merge(&mut self, other: &mut Replica) -> anyhow::Result<()> {
        self.0.merge(&mut other.0)?;
        Ok(())
    }

    /// Gives the document as JSON.
    ///
    /// # Errors
    /// None in practice; what was JSON can be written as such.
    pub fn to_value(&self) -> anyhow::Result<Value> {
        Ok(serde_json::to_value(AutoSerde::from(&self.0))?)
    }
}

fn fill(
    doc: &mut AutoCommit,
    into: &ObjId,
    path: &CellPath,
    cells: &Map<String, Value>,
) -> anyhow::Result<()> {
    for (key, value) in cells {
        put(doc, into, &path.child(key), key, value)?;
    }
    Ok(())
}

/// Sets a cell that holds something else, or nothing.
fn put(
    doc: &mut AutoCommit,
    into: &ObjId,
    path: &CellPath,
    key: &str,
    value: &Value,
) -> anyhow::Result<()> {
    match (value, sheet::policies().of(path)) {
        (Value::Object(cells), _) => {
            let map = doc.put_object(into, key, ObjType::Map)?;
            fill(doc, &map, path, cells)?;
        }
        (Value::Array(items), _) => {
            let list = doc.put_object(into, key, ObjType::List)?;
            for (at, item) in items.iter().enumerate() {
                doc.insert(&list, at, scalar(item)?)?;
            }
        }
        (Value::String(text), Policy::Prose) => {
            let prose = doc.put_object(into, key, ObjType::Text)?;
            doc.splice_text(&prose, 0, 0, text)?;
        }
        (Value::Number(number), Policy::Counter { .. }) if number.is_i64() => {
            let tally = ScalarValue::counter(number.as_i64().unwrap_or_default());
            doc.put(into, key, tally)?;
        }
        _ => doc.put(into, key, scalar(value)?)?,
    }
    Ok(())
}

fn scalar(value: &Value) -> anyhow::Result<ScalarValue> {
    Ok(match value {
        Value::Null => ScalarValue::Null,
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::String(text) => ScalarValue::Str(text.as_str().into()),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => ScalarValue::Int(whole),
            None => ScalarValue::F64(number.as_f64().unwrap_or_default()),
        },
        _ => anyhow::bail!("a list in a list has no use on a sheet"),
    })
}

/// Makes an edit as an application of Automerge would: a tally is raised, a text spliced, a value put.
fn write(doc: &mut AutoCommit, edit: Edit) -> anyhow::Result<()> {
    let path = edit.path().clone();
    let (key, around) = path.segments().split_last().context("not the whole")?;
    let mut into = ROOT;
    for segment in around {
        into = match doc.get(&into, segment.as_str())? {
            Some((automerge::Value::Object(_), id)) => id,
            _ => doc.put_object(&into, segment.as_str(), ObjType::Map)?,
        };
    }
    let value = match edit {
        Edit::Set { value, .. } => value,
        _ => return Ok(doc.delete(&into, key.as_str())?),
    };
    match (doc.get(&into, key.as_str())?, &value) {
        (Some((automerge::Value::Object(ObjType::Text), prose)), Value::String(text)) => {
            return Ok(doc.update_text(&prose, text)?);
        }
        (Some((automerge::Value::Scalar(held), _)), Value::Number(number)) => {
            if let (ScalarValue::Counter(held), Some(number)) = (held.as_ref(), number.as_i64()) {
                let by = number - i64::from(held);
                return Ok(doc.increment(&into, key.as_str(), by)?);
            }
        }
        _ => {}
    }
    put(doc, &into, &path, key, &value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::large_sheet;
    use serde_json::json;

    #[test]
    fn a_sheet_goes_in_comes_out_and_two_edits_meet() {
        let base = Tree::from_value(large_sheet("sorrel").unwrap()).unwrap();
        let mut first = Replica::of(&base).unwrap();
        assert_eq!(first.to_value().unwrap(), base.to_value());
        let with = |edits: &[(&str, Value)]| {
            let edits = edits.iter().map(|(path, value)| Edit::Set {
                path: path.parse().unwrap(),
                value: value.clone(),
            });
            history::edit(&base, edits.collect::<Vec<_>>()).unwrap()
        };
        let taken = base.to_value()["combat"]["damage_taken"].as_i64().unwrap();
        let damage = |by: i64| ("/combat/damage_taken", json!(taken + by));
        let ours = with(&[damage(3), ("/notes", json!("One.\nTwo.\n"))]);
        let theirs = with(&[damage(2), ("/identity/name", json!("Wren"))]);
        let mut one = first.fork("a", &base, &ours).unwrap();
        let mut two = first.fork("b", &base, &theirs).unwrap();
        assert_eq!(one.to_value().unwrap(), ours.to_value());
        assert_eq!(two.to_value().unwrap(), theirs.to_value());
        let mut one = Replica::load(&one.save()).unwrap();
        one.merge(&mut two).unwrap();
        let merged = one.to_value().unwrap();
        assert_eq!(merged["combat"]["damage_taken"], json!(taken + 5));
        assert_eq!(merged["identity"]["name"], json!("Wren"));
        assert_eq!(merged["notes"], json!("One.\nTwo.\n"));
    }
}
