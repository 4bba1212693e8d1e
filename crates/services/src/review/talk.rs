//! What was said of a request: threads, remarks, suggestions.

use sheet::{RemarkCells, RequestSource};

use crate::clock::moment;
use crate::wire::{Remark, Suggestion, Thread};
use crate::words::{label, show};

/// Shows the talk of a request, oldest thread first.
pub(super) fn threads(request: &RequestSource, trees: &[&history::Tree]) -> Vec<Thread> {
    let mut threads: Vec<_> = request.threads.iter().collect();
    threads.sort_by_key(|(id, cells)| (cells.time, (*id).clone()));
    threads
        .into_iter()
        .map(|(id, cells)| {
            let path = Some(cells.path.clone()).filter(|path| !path.is_empty());
            let named = path.as_ref().and_then(|path| path.parse().ok());
            let mut remarks: Vec<_> = cells.remarks.iter().collect();
            remarks.sort_by_key(|(id, cells)| (cells.time, (*id).clone()));
            Thread {
                id: id.clone(),
                label: named.map(|path| label(&path, trees)),
                path,
                settled: cells.settled,
                remarks: remarks
                    .into_iter()
                    .map(|(id, cells)| remark(id, cells))
                    .collect(),
            }
        })
        .collect()
}

fn remark(id: &str, cells: &RemarkCells) -> Remark {
    let suggestion = cells.suggestion.as_ref().map(|suggestion| Suggestion {
        text: show(suggestion.value.as_ref()),
        value: suggestion.value.clone(),
        taken_by: Some(cells.taken_by.clone()).filter(|by| !by.is_empty()),
    });
    Remark {
        id: id.to_owned(),
        author: cells.by.clone(),
        time: moment(cells.time),
        text: cells.text.clone(),
        suggestion,
    }
}
