//! Foundry actors of every version's shape, hostile ones, and the public ones where they are at hand.

#![allow(clippy::unwrap_used)] // tests: failing is their way to speak

mod hostile;
mod proving;
mod recalculated;
mod shapes;

use exchange::{Fate, Import, Part};
use rules::{Content, Derived};
use serde_json::Value;
use sheet::Source;

/// Reads bytes with ids that count.
fn read(bytes: &[u8]) -> Result<Import, exchange::Refusal> {
    let mut count = 0;
    let mut ids = || {
        count += 1;
        format!("new-{count}")
    };
    exchange::read(bytes, Content::srd(), &mut ids)
}

/// An import with what follows from it.
struct Taken {
    import: Import,
    source: Source,
    derived: Derived,
}

impl Taken {
    fn new(bytes: &[u8]) -> Taken {
        let import = read(bytes).unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!(import.documents.len(), 1);
        let document = &import.documents[0];
        sheet::check_document(document).unwrap_or_else(|error| panic!("{error}"));
        let source = Source::from_value(document).unwrap();
        let derived = rules::derive(&source, Content::srd());
        Taken {
            import,
            source,
            derived,
        }
    }

    /// Finds the line of the report about a part.
    fn part(&self, area: &str, name: &str) -> &Part {
        self.import
            .report
            .parts
            .iter()
            .find(|part| part.area == area && part.name == name)
            .unwrap_or_else(|| panic!("the report has no line `{area}: {name}`"))
    }

    fn fate(&self, area: &str, name: &str) -> Fate {
        self.part(area, name).fate
    }

    fn number(&self, cell: &str) -> f64 {
        let stat = self.derived.stats.get(cell);
        stat.unwrap_or_else(|| panic!("no number {cell}")).value
    }
}

/// The fixtures: our own words in the shape of each version.
const FIXTURES: [&str; 5] = [
    include_str!("../../fixtures/ulla-5.3.json"),
    include_str!("../../fixtures/oswin-4.1.json"),
    include_str!("../../fixtures/gren-3.1.json"),
    include_str!("../../fixtures/marta-1.5.json"),
    include_str!("../../fixtures/mire-hag-5.2.json"),
];

fn fixture(place: usize) -> Value {
    serde_json::from_str(FIXTURES[place]).unwrap()
}
