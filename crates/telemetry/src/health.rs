//! Health checks: pure judgements over facts that are passed in.
//!
//! A check has a stable id for tests and icons, a title, a detail that says what was found, and an
//! advice when there is something to do. Whoever knows a fact (free space, the newest backup, the
//! index's position, whether the library takes writes) asks the judgement here, so that every host
//! says the same.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

const GIB: u64 = 1 << 30;
const MIB: u64 = 1 << 20;

/// How well something is, from best to worst.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// Nothing to do.
    Ok,
    /// Works, and wants attention before long.
    Warn,
    /// Does not work, or data is at risk.
    Fail,
}

/// One judgement about the library or the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HealthCheck {
    /// Stable name, such as `disk_space`.
    pub id: String,
    /// What was looked at, for people.
    pub title: String,
    /// The judgement.
    pub state: HealthState,
    /// What was found, one sentence.
    pub detail: String,
    /// What to do; none when all is well.
    pub advice: Option<String>,
}

impl HealthCheck {
    /// Makes a check that found nothing to do.
    pub fn ok(id: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            state: HealthState::Ok,
            detail: detail.into(),
            advice: None,
        }
    }

    /// Makes a check that found something to look after, and says what to do.
    pub fn warn(
        id: &str,
        title: &str,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            state: HealthState::Warn,
            advice: Some(advice.into()),
            ..Self::ok(id, title, detail)
        }
    }

    /// Makes a check that found something broken, and says what to do.
    pub fn fail(
        id: &str,
        title: &str,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            state: HealthState::Fail,
            ..Self::warn(id, title, detail, advice)
        }
    }
}

/// Returns the worst state of all checks; no checks are well.
pub fn overall(checks: &[HealthCheck]) -> HealthState {
    checks
        .iter()
        .map(|check| check.state)
        .max()
        .unwrap_or(HealthState::Ok)
}

/// Free bytes below which disk space is worth a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskLimits {
    /// Less than this is a warning.
    pub warn_below: u64,
    /// Less than this is a failure.
    pub fail_below: u64,
}

impl Default for DiskLimits {
    /// Warns below 1 GiB; fails below 100 MiB, which the ledger's written-ahead space and a backup
    /// can use up in one evening.
    fn default() -> Self {
        Self {
            warn_below: GIB,
            fail_below: 100 * MIB,
        }
    }
}

/// Judges the free space, in bytes, of the disk that the library lies on.
pub fn disk_space(free: u64, limits: DiskLimits) -> HealthCheck {
    const ID: &str = "disk_space";
    const TITLE: &str = "Disk space";
    let size = bytes(free);
    if free < limits.fail_below {
        HealthCheck::fail(
            ID,
            TITLE,
            format!("Only {size} are free; saving may stop at any moment."),
            "Make room on this disk now, or move the library to a larger one.",
        )
    } else if free < limits.warn_below {
        HealthCheck::warn(
            ID,
            TITLE,
            format!("{size} are free."),
            format!(
                "Make room on this disk: at least {} are advised.",
                bytes(limits.warn_below)
            ),
        )
    } else {
        HealthCheck::ok(ID, TITLE, format!("{size} are free."))
    }
}

/// Ages above which the newest backup is worth a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupLimits {
    /// Older than this is a warning.
    pub warn_after: TimeDelta,
    /// Older than this is a failure.
    pub fail_after: TimeDelta,
}

impl Default for BackupLimits {
    /// Warns after two days, as backups are made daily; fails after a fortnight.
    fn default() -> Self {
        Self {
            warn_after: TimeDelta::days(2),
            fail_after: TimeDelta::days(14),
        }
    }
}

/// Judges the age of the newest verified backup, if there is one, at the moment `now`.
///
/// A backup from the future (more than an hour) is a warning: its age cannot be known, because the
/// clock was or is wrong.
pub fn last_backup(
    newest: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    limits: BackupLimits,
) -> HealthCheck {
    const ID: &str = "last_backup";
    const TITLE: &str = "Last backup";
    const ADVICE: &str = "Make a backup now, and check that the backups folder can be written to.";
    let Some(newest) = newest else {
        return HealthCheck::warn(
            ID,
            TITLE,
            "There is no backup yet.",
            "Make a backup now; after that one is made every day the application is used.",
        );
    };
    let age = now.signed_duration_since(newest);
    if age < -TimeDelta::hours(1) {
        return HealthCheck::warn(
            ID,
            TITLE,
            format!("The newest backup is dated {} from now.", span(-age)),
            "Check this computer's clock, then make a backup.",
        );
    }
    let detail = format!("The newest backup was made {} ago.", span(age));
    if age > limits.fail_after {
        HealthCheck::fail(ID, TITLE, detail, ADVICE)
    } else if age > limits.warn_after {
        HealthCheck::warn(ID, TITLE, detail, ADVICE)
    } else {
        HealthCheck::ok(ID, TITLE, detail)
    }
}

/// Records that the index may lie behind the ledger before it is worth a word: it is applied
/// behind the acknowledgement, so a short distance under load is normal.
pub const INDEX_LAG_ALLOWED: u64 = 1_000;

/// Judges whether the index follows the ledger: `applied` and `written` count the records that
/// each of them holds.
pub fn index_in_step(applied: u64, written: u64) -> HealthCheck {
    const ID: &str = "index_in_step";
    const TITLE: &str = "Index";
    match written.checked_sub(applied) {
        None => HealthCheck::fail(
            ID,
            TITLE,
            format!("The index holds {applied} records and the ledger only {written}."),
            "Run the doctor; it rebuilds the index from the ledger and loses nothing.",
        ),
        Some(0) => HealthCheck::ok(ID, TITLE, format!("In step with all {written} records.")),
        Some(behind) if behind <= INDEX_LAG_ALLOWED => HealthCheck::ok(
            ID,
            TITLE,
            format!("{behind} of {written} records are being indexed."),
        ),
        Some(behind) => HealthCheck::warn(
            ID,
            TITLE,
            format!("{behind} of {written} records are not indexed yet."),
            "Wait a minute; if the number does not fall, run the doctor to rebuild the index.",
        ),
    }
}

/// Judges whether the library takes writes; `refusal` says why it does not, as a sentence.
pub fn library_writable(refusal: Option<&str>) -> HealthCheck {
    const ID: &str = "library_writable";
    const TITLE: &str = "Library";
    match refusal {
        None => HealthCheck::ok(ID, TITLE, "Edits are saved."),
        Some(reason) => HealthCheck::fail(
            ID,
            TITLE,
            format!("The library is read-only: {reason}"),
            "What was saved is safe and can be read. Mend the cause, then open the library again.",
        ),
    }
}

/// A size for people, in decimal units as disks are sold: `734 MB`, `1.4 GB`.
fn bytes(size: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if size < 1_000 {
        return format!("{size} bytes");
    }
    let mut scaled = size as f64 / 1_000.0;
    let mut unit = 0;
    // 999.5 would be written "1000".
    while scaled >= 999.5 && unit + 1 < UNITS.len() {
        scaled /= 1_000.0;
        unit += 1;
    }
    // 9.95 would be written "10.0".
    let digits = usize::from(scaled < 9.95);
    format!("{scaled:.digits$} {}", UNITS[unit])
}

/// A span for people, in its largest whole unit: `3 hours`, `1 day`.
fn span(length: TimeDelta) -> String {
    let (count, unit) = match (length.num_days(), length.num_hours(), length.num_minutes()) {
        (days, ..) if days >= 1 => (days, "day"),
        (_, hours, _) if hours >= 1 => (hours, "hour"),
        (_, _, minutes) if minutes >= 1 => (minutes, "minute"),
        _ => return "less than a minute".to_owned(),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use HealthState::{Fail, Ok, Warn};

    fn backup_made(ago: TimeDelta) -> HealthCheck {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        last_backup(Some(now - ago), now, BackupLimits::default())
    }

    #[test]
    fn disk_space_is_judged_at_its_limits() {
        let limits = DiskLimits::default();
        for (free, state, detail) in [
            (0, Fail, "Only 0 bytes are free"),
            (100 * MIB - 1, Fail, "Only 105 MB are free"),
            (100 * MIB, Warn, "105 MB are free"),
            (GIB - 1, Warn, "1.1 GB are free"),
            (GIB, Ok, "1.1 GB are free"),
            (u64::MAX, Ok, "18 EB are free"),
        ] {
            let check = disk_space(free, limits);
            assert_eq!(check.state, state, "{free} bytes free: {check:?}");
            assert!(
                check.detail.starts_with(detail),
                "{free} bytes free: {check:?}"
            );
        }
    }

    #[test]
    fn a_backup_is_judged_by_its_age() {
        for (ago, state, detail) in [
            (
                TimeDelta::seconds(20),
                Ok,
                "The newest backup was made less than a minute ago.",
            ),
            (
                TimeDelta::minutes(1),
                Ok,
                "The newest backup was made 1 minute ago.",
            ),
            (
                TimeDelta::hours(47),
                Ok,
                "The newest backup was made 1 day ago.",
            ),
            (
                TimeDelta::hours(49),
                Warn,
                "The newest backup was made 2 days ago.",
            ),
            (
                TimeDelta::days(15),
                Fail,
                "The newest backup was made 15 days ago.",
            ),
            (
                TimeDelta::minutes(-30),
                Ok,
                "The newest backup was made less than a minute ago.",
            ),
            (
                TimeDelta::hours(-5),
                Warn,
                "The newest backup is dated 5 hours from now.",
            ),
        ] {
            let check = backup_made(ago);
            assert_eq!(
                (check.state, &*check.detail),
                (state, detail),
                "made {ago} ago"
            );
        }
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(last_backup(None, now, BackupLimits::default()).state, Warn);
    }

    #[test]
    fn times_at_the_ends_of_the_calendar_are_judged_too() {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert_eq!(
            last_backup(Some(first), last, BackupLimits::default()).state,
            Fail
        );
        assert_eq!(
            last_backup(Some(last), first, BackupLimits::default()).state,
            Warn
        );
    }

    #[test]
    fn the_index_may_lag_a_little_and_never_lead() {
        for (applied, written, state) in [
            (0, 0, Ok),
            (70, 70, Ok),
            (0, INDEX_LAG_ALLOWED, Ok),
            (0, INDEX_LAG_ALLOWED + 1, Warn),
            (71, 70, Fail),
            (u64::MAX, 0, Fail),
        ] {
            let check = index_in_step(applied, written);
            assert_eq!(check.state, state, "{applied} of {written}: {check:?}");
        }
    }

    #[test]
    fn a_library_that_refuses_writes_says_why() {
        assert_eq!(library_writable(None).state, Ok);
        let check = library_writable(Some("the disk is full."));
        assert_eq!(check.state, Fail);
        assert_eq!(check.detail, "The library is read-only: the disk is full.");
    }

    #[test]
    fn the_worst_check_stands_for_all() {
        let [ok, warn, fail] = [
            library_writable(None),
            index_in_step(0, 5_000),
            library_writable(Some("x")),
        ];
        assert_eq!(overall(&[]), Ok);
        assert_eq!(overall(&[ok.clone(), warn.clone()]), Warn);
        assert_eq!(overall(&[warn, fail, ok]), Fail);
    }

    #[test]
    fn sizes_read_well_around_each_unit() {
        for (size, expected) in [
            (999, "999 bytes"),
            (1_000, "1.0 kB"),
            (9_949, "9.9 kB"),
            (9_950, "10 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (1_400_000_000, "1.4 GB"),
        ] {
            assert_eq!(bytes(size), expected);
        }
    }

    proptest! {
        #[test]
        fn less_room_or_more_age_is_never_better(
            free in any::<(u64, u64)>(),
            minutes in (0..60_000_i64, 0..60_000_i64),
            applied in (0..5_000_u64, 0..5_000_u64),
        ) {
            let ordered = |(a, b): (u64, u64)| (a.min(b), a.max(b));
            let (less, more) = ordered(free);
            let limits = DiskLimits::default();
            prop_assert!(disk_space(less, limits).state >= disk_space(more, limits).state);

            let made = |minutes| backup_made(TimeDelta::minutes(minutes)).state;
            prop_assert!(made(minutes.0.max(minutes.1)) >= made(minutes.0.min(minutes.1)));

            let (behind, ahead) = ordered(applied);
            let step = |applied| index_in_step(applied, 5_000).state;
            prop_assert!(step(behind) >= step(ahead));
        }

        #[test]
        fn advice_stands_exactly_where_something_is_wrong(
            free: u64, applied: u64, written: u64, minutes in -60_000..60_000_i64,
        ) {
            for check in [
                disk_space(free, DiskLimits::default()),
                index_in_step(applied, written),
                backup_made(TimeDelta::minutes(minutes)),
            ] {
                prop_assert_eq!(check.advice.is_some(), check.state != Ok, "{:?}", check);
            }
        }
    }
}
