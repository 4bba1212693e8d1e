//! Distributions of the pure functions on 40 KB sheets, for whoever works on one of them.

#![allow(missing_docs, clippy::unwrap_used)] // criterion's macros make functions; a bench may fail loudly

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use forkbeard_benches::documents::{large_sheet, small_edit};
use history::{Edit, Tree};
use sheet::Source;

fn edited(tree: &Tree, steps: &[usize]) -> Tree {
    let edits = steps.iter().map(|step| {
        let (path, value) = small_edit(*step);
        let path = path.parse().unwrap();
        Edit::Set { path, value }
    });
    history::edit(tree, edits.collect::<Vec<_>>()).unwrap()
}

fn histories(c: &mut Criterion) {
    let base = Tree::from_value(large_sheet("sorrel").unwrap()).unwrap();
    let ours = edited(&base, &[0, 1, 2, 3]);
    let theirs = edited(&base, &[10, 15]);
    let (before, after) = (base.to_value(), ours.to_value());
    let changes = history::diff(&base, &ours);
    let json = base.to_json();
    let mut group = c.benchmark_group("history");
    group.bench_function("diff", |b| {
        b.iter(|| history::diff(&base, black_box(&ours)))
    });
    group.bench_function("diff by json-patch", |b| {
        b.iter(|| json_patch::diff(&before, black_box(&after)));
    });
    group.bench_function("apply", |b| {
        b.iter(|| history::apply(black_box(&changes), &base).unwrap());
    });
    group.bench_function("merge", |b| {
        b.iter(|| history::merge(&base, &ours, black_box(&theirs), sheet::policies()));
    });
    group.bench_function("edit one cell", |b| {
        b.iter(|| edited(black_box(&base), &[7]))
    });
    group.bench_function("to JSON", |b| b.iter(|| black_box(&base).to_json()));
    group.bench_function("from JSON", |b| {
        b.iter(|| Tree::from_json(black_box(&json)).unwrap());
    });
    group.finish();
}

fn sheets(c: &mut Criterion) {
    let tree = Tree::from_value(large_sheet("sorrel").unwrap()).unwrap();
    let value = tree.to_value();
    let source = Source::from_tree(&tree).unwrap();
    let mut group = c.benchmark_group("sheet");
    group.bench_function("read", |b| {
        b.iter(|| Source::from_tree(black_box(&tree)).unwrap());
    });
    group.bench_function("check the document", |b| {
        b.iter(|| sheet::check_document(black_box(&value)).unwrap());
    });
    group.bench_function("validate", |b| {
        b.iter(|| sheet::validate(black_box(&source)))
    });
    group.bench_function("row of the roster", |b| {
        b.iter(|| sheet::Summary::of(black_box(&value)).unwrap());
    });
    group.bench_function("derive", |b| {
        b.iter(|| rules::derive(black_box(&source), &rules::Content::none()));
    });
    group.finish();
}

criterion_group!(benches, histories, sheets);
criterion_main!(benches);
