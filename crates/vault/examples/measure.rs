//! Measures the vault on the machine at hand, each figure beside the bare disk's in the same run.
//!
//! `cargo run --release -p forkbeard-vault --example measure [FOLDER]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use chrono::{TimeZone, Utc};
use history::{
    Action, Author, BranchName, ChangeId, CommitId, CommitKind, DocumentId, NewCommit, Operation,
    OperationId, RefMove, Tree,
};
use serde_json::{Value, json};
use uuid::Uuid;
use vault::{Entry, Options, Vault};

/// Random enough for content that does not compress.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn text(&mut self, len: usize) -> String {
        const LETTERS: &[u8; 64] =
            b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        (0..len)
            .map(|_| char::from(LETTERS[(self.next() % 64) as usize]))
            .collect()
    }

    fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(1_790_000_000_000 + self.next() % 9999, &bytes)
            .into_uuid()
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "all".into());
    let base = PathBuf::from(arguments.next().unwrap_or_else(|| "target/measure".into()));
    if what == "open" {
        return open(&base, options());
    }
    let _ = fs::remove_dir_all(&base);
    fs::create_dir_all(&base).unwrap();
    let all = what == "all";
    if all || what == "append" {
        append(&base);
    }
    if all || what == "eight" {
        eight(&base);
    }
    if all || what == "sheet" {
        sheet(&base);
    }
    if all || what == "many" {
        many(&base);
    }
    let _ = fs::remove_dir_all(&base);
}

/// Opens a library in a process of its own, so that its memory is its own.
fn open_apart(what: &str, dir: &Path) {
    print!("{what}: ");
    std::io::Write::flush(&mut std::io::stdout()).unwrap();
    let program = std::env::current_exe().unwrap();
    let done = std::process::Command::new(program)
        .arg("open")
        .arg(dir)
        .status();
    assert!(done.unwrap().success());
}

fn open(dir: &Path, options: Options) {
    let started = Instant::now();
    let opened = Vault::open(dir, options).unwrap();
    let took = started.elapsed().as_millis();
    println!(
        "{took} ms wall, {} ms CPU; clean {}, replayed {}, rebuilt {:?}; {} MB resident",
        cpu_ms(),
        opened.report.clean,
        opened.report.replayed,
        opened.report.rebuilt,
        resident()
    );
    opened.vault.close().unwrap();
}

/// Processor time of this process so far, in milliseconds.
fn cpu_ms() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after = stat.rsplit(')').next().unwrap();
    let fields: Vec<_> = after.split_whitespace().collect();
    (fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()) * 10
}

fn options() -> Options {
    Options::new(Utc.timestamp_millis_opt(1_790_000_000_000).unwrap())
}

fn entry(dice: &mut Dice, document: DocumentId, parent: Option<CommitId>, tree: Tree) -> Entry {
    let time = Utc
        .timestamp_millis_opt(1_790_000_000_000 + (dice.next() % 100_000_000) as i64)
        .unwrap();
    let commit = NewCommit {
        document,
        parents: parent.into_iter().collect(),
        tree: tree.id(),
        author: Author::new("Maren"),
        time,
        message: String::new(),
        kind: CommitKind::Edit,
        session: None,
        change: ChangeId(dice.uuid()),
    }
    .seal();
    Entry {
        operation: Operation {
            id: OperationId(dice.uuid()),
            time,
            author: Author::new("Maren"),
            action: Action::Edit,
            moves: vec![RefMove {
                document,
                branch: BranchName::main(),
                before: parent.into_iter().collect(),
                after: vec![commit.id],
            }],
        },
        commits: vec![(commit, tree)],
    }
}

/// A document whose record takes about 2 KB.
fn two_kb(dice: &mut Dice) -> Tree {
    Tree::from_value(json!({
        "record": {"handle": "sorrel", "kind": "character"},
        "notes": dice.text(1950),
    }))
    .unwrap()
}

/// A sheet of about 40 KB.
fn forty_kb(dice: &mut Dice) -> Value {
    let words = [
        "longsword",
        "rope",
        "of",
        "the",
        "silver",
        "hive",
        "lantern",
        "oil",
        "+1",
        "worn",
        "by",
        "nobody",
        "since",
        "winter",
        "a",
        "gift",
        "from",
        "Maren",
        "cursed",
        "perhaps",
    ];
    let prose = |dice: &mut Dice, count: usize| {
        (0..count)
            .map(|_| words[(dice.next() % 20) as usize])
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut items = serde_json::Map::new();
    for _ in 0..90 {
        let id = dice.uuid().to_string();
        let item = json!({
            "name": prose(dice, 3), "quantity": dice.next() % 9, "weight": dice.next() % 40,
            "rank": dice.text(4), "equipped": false, "description": prose(dice, 30),
        });
        items.insert(id, item);
    }
    let mut spells = serde_json::Map::new();
    for _ in 0..40 {
        spells.insert(
            dice.uuid().to_string(),
            json!({"name": prose(dice, 2), "level": dice.next() % 9, "text": prose(dice, 25)}),
        );
    }
    json!({
        "record": {"handle": "sorrel", "kind": "character"},
        "identity": {"name": "Sorrel"},
        "combat": {"hp": {"maximum": 80, "damage": 0}},
        "equipment": {"inventory": items},
        "spellcasting": {"spells": spells},
        "notes": prose(dice, 300),
    })
}

fn percentile(times: &mut [Duration], at: f64) -> u128 {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * at) as usize].as_micros()
}

fn prewritten(path: &Path, bytes: usize) -> File {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .unwrap();
    let zeros = vec![0; 1 << 20];
    for at in (0..bytes).step_by(1 << 20) {
        file.write_all_at(&zeros, at as u64).unwrap();
    }
    file.sync_all().unwrap();
    file
}

/// One writer, 2 KB records, in turns with the bare disk.
fn append(base: &Path) {
    let mut dice = Dice(7);
    let dir = base.join("append");
    let vault = Vault::open(&dir, options()).unwrap().vault;
    let file = prewritten(&base.join("bare"), 16 << 20);
    let document = DocumentId(dice.uuid());
    let (mut bare, mut own) = (Vec::new(), Vec::new());
    let mut parent = None;
    let (mut at, mut bytes) = (0, 0);
    for round in 0..4000 {
        let tree = two_kb(&mut dice);
        let entry = entry(&mut dice, document, parent, tree);
        let started = Instant::now();
        parent = Some(entry.commits[0].0.id);
        let receipt = vault.append(entry).unwrap();
        let took = started.elapsed();
        let block = dice.text(receipt.bytes as usize).into_bytes();
        let started = Instant::now();
        file.write_all_at(&block, at).unwrap();
        file.sync_data().unwrap();
        let bare_took = started.elapsed();
        at += block.len() as u64;
        if round >= 200 {
            own.push(took);
            bare.push(bare_took);
            bytes += receipt.bytes as usize;
        }
    }
    let p = |times: &mut Vec<Duration>| (percentile(times, 0.5), percentile(times, 0.99));
    let ((own50, own99), (bare50, bare99)) = (p(&mut own), p(&mut bare));
    println!(
        "append, record of {} bytes: p50 {own50} us, p99 {own99} us; bare write+fdatasync p50 {bare50}, p99 {bare99}; ratio {:.2}, p99/p50 {:.1}",
        bytes / own.len(),
        own50 as f64 / bare50 as f64,
        own99 as f64 / own50 as f64,
    );
    vault.close().unwrap();
}

/// Eight writers, beside the same group commit with nothing but bytes.
fn eight(base: &Path) {
    const EACH: usize = 1500;
    for round in 0..2 {
        let file = prewritten(&base.join("bare"), 48 << 20);
        struct Line {
            waiting: Vec<u8>,
            entered: u64,
            done: u64,
            busy: bool,
            at: u64,
        }
        let line = Mutex::new(Line {
            waiting: Vec::new(),
            entered: 0,
            done: 0,
            busy: false,
            at: 0,
        });
        let wake = Condvar::new();
        let started = Instant::now();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let (line, wake, file) = (&line, &wake, &file);
                scope.spawn(move || {
                    let block = Dice(writer + 1).text(2048).into_bytes();
                    for _ in 0..EACH {
                        let mut state = line.lock().unwrap();
                        state.waiting.extend_from_slice(&block);
                        state.entered += 1;
                        let mine = state.entered;
                        loop {
                            if state.done >= mine {
                                break;
                            }
                            if state.busy {
                                state = wake.wait(state).unwrap();
                                continue;
                            }
                            state.busy = true;
                            let bytes = std::mem::take(&mut state.waiting);
                            let (upto, at) = (state.entered, state.at);
                            state.at += bytes.len() as u64;
                            drop(state);
                            file.write_all_at(&bytes, at).unwrap();
                            file.sync_data().unwrap();
                            state = line.lock().unwrap();
                            state.done = upto;
                            state.busy = false;
                            wake.notify_all();
                        }
                    }
                });
            }
        });
        let limit = (8 * EACH) as f64 / started.elapsed().as_secs_f64();

        let dir = base.join(format!("eight-{round}"));
        let vault = Vault::open(&dir, options()).unwrap().vault;
        // Made beforehand: the limit beside it does not make any either.
        let made: Vec<Vec<Entry>> = (0..8)
            .map(|writer| {
                let mut dice = Dice(writer + 100);
                let document = DocumentId(dice.uuid());
                let mut parent = None;
                (0..EACH)
                    .map(|_| {
                        let tree = two_kb(&mut dice);
                        let entry = entry(&mut dice, document, parent, tree);
                        parent = Some(entry.commits[0].0.id);
                        entry
                    })
                    .collect()
            })
            .collect();
        let cpu = cpu_ms();
        let started = Instant::now();
        std::thread::scope(|scope| {
            for entries in made {
                let vault = &vault;
                scope.spawn(move || {
                    for entry in entries {
                        vault.append(entry).unwrap();
                    }
                });
            }
        });
        let own = (8 * EACH) as f64 / started.elapsed().as_secs_f64();
        let stats = vault.stats();
        println!(
            "8 writers: {own:.0}/s, limit {limit:.0}/s, ratio {:.2}; {:.1} entries a group; {} us CPU an entry",
            own / limit,
            stats.appends as f64 / stats.groups as f64,
            (cpu_ms() - cpu) * 1000 / (8 * EACH as u64)
        );
        vault.close().unwrap();
    }
}

/// 10,000 small edits of one sheet: time, space, and every version.
fn sheet(base: &Path) {
    const EDITS: usize = 10_000;
    let mut dice = Dice(42);
    let dir = base.join("sheet");
    let vault = Vault::open(&dir, options()).unwrap().vault;
    let document = DocumentId(dice.uuid());
    let mut value = forty_kb(&mut dice);
    let bytes = Tree::from_value(value.clone()).unwrap().to_json().len();
    let mut commits: Vec<CommitId> = Vec::new();
    let mut times = Vec::new();
    let items: Vec<String> = value["equipment"]["inventory"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    for _ in 0..EDITS {
        match dice.next() % 3 {
            0 => value["combat"]["hp"]["damage"] = json!(dice.next() % 80),
            1 => {
                let item = &items[(dice.next() % items.len() as u64) as usize];
                value["equipment"]["inventory"][item]["quantity"] = json!(dice.next() % 100);
            }
            _ => {
                let item = &items[(dice.next() % items.len() as u64) as usize];
                value["equipment"]["inventory"][item]["name"] = json!(dice.text(12));
            }
        }
        let tree = Tree::from_value(value.clone()).unwrap();
        let entry = entry(&mut dice, document, commits.last().copied(), tree);
        let id = entry.commits[0].0.id;
        let started = Instant::now();
        vault.append(entry).unwrap();
        times.push(started.elapsed());
        commits.push(id);
    }
    vault.close().unwrap();
    let size = |path: &Path| -> u64 {
        fs::read_dir(path)
            .unwrap()
            .flatten()
            .map(|entry| entry.metadata().unwrap().len())
            .sum()
    };
    let du = |path: &Path| -> String {
        let out = std::process::Command::new("du")
            .arg("-sk")
            .arg(path)
            .output()
            .unwrap();
        String::from_utf8_lossy(&out.stdout)
            .split('\t')
            .next()
            .unwrap()
            .to_owned()
    };
    println!(
        "sheet of {bytes} bytes: append p50 {} us, p99 {} us; {EDITS} edits: ledger {} KB, sled {} KB, du {} KB",
        percentile(&mut times, 0.5),
        percentile(&mut times, 0.99),
        size(&dir.join("ledger")) / 1024,
        size(&dir.join("sled")) / 1024,
        du(&dir),
    );
    let opened = Vault::open(&dir, options()).unwrap();
    let vault = opened.vault;
    let mut times = Vec::new();
    for _ in 0..5000 {
        let id = commits[(dice.next() % EDITS as u64) as usize];
        let started = Instant::now();
        vault.tree(&id).unwrap();
        times.push(started.elapsed());
    }
    println!(
        "any version: p50 {} us, p99 {} us, max {} us",
        percentile(&mut times, 0.5),
        percentile(&mut times, 0.99),
        percentile(&mut times, 1.0)
    );
    let started = Instant::now();
    let report = vault.doctor(false).unwrap();
    println!(
        "doctor of it: {} ms, sound {}",
        started.elapsed().as_millis(),
        report.is_sound()
    );
}

/// 100,000 commits: opening clean and after a crash, and building the index anew.
fn many(base: &Path) {
    const WRITERS: u64 = 8;
    const EACH: u64 = 12_500;
    let dir = base.join("many");
    let vault = Vault::open(&dir, options()).unwrap().vault;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let vault = &vault;
            scope.spawn(move || {
                let mut dice = Dice(writer + 1000);
                let documents: Vec<_> = (0..125).map(|_| DocumentId(dice.uuid())).collect();
                let mut parents = vec![None; 125];
                for round in 0..EACH {
                    let which = (round % 125) as usize;
                    let value = json!({
                        "record": {"handle": format!("sorrel-{writer}-{which}"), "kind": "character"},
                        "identity": {"name": format!("Sorrel {which}"), "species": "Halfling"},
                        "combat": {"hp": {"maximum": 40, "damage": round}},
                        "notes": "The hive hums at night. ".repeat(20),
                    });
                    let tree = Tree::from_value(value).unwrap();
                    let entry = entry(&mut dice, documents[which], parents[which], tree);
                    parents[which] = Some(entry.commits[0].0.id);
                    vault.append(entry).unwrap();
                }
            });
        }
    });
    vault.settle();
    // As a crash leaves it: copied while it is open.
    let crashed = base.join("crashed");
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .arg(&dir)
        .arg(&crashed)
        .status();
    assert!(copied.unwrap().success());
    let started = Instant::now();
    vault.close().unwrap();
    println!(
        "100,000 commits: close {} ms",
        started.elapsed().as_millis()
    );
    open_apart("open after a crash", &crashed);
    open_apart("open after a clean stop", &dir);
    open_apart("open after a clean stop again", &dir);
    fs::remove_dir_all(dir.join("sled")).unwrap();
    open_apart("rebuild", &dir);
    open_apart("open after the rebuild", &dir);
    open_apart("open again", &dir);
}

fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}
