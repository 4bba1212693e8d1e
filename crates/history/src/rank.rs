//! Fractional ranks: the order of keyed things as a text beside each, so that moving one touches no other.
//!
//! A rank is a fraction in base 62 without its leading `0.`; compare ranks as bytes. Between any two there is room
//! for another. After Evan Wallace, "Realtime editing of ordered sequences" (Figma, 2017).

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

fn value(byte: u8) -> usize {
    DIGITS.iter().position(|d| *d == byte).unwrap_or(0)
}

/// Gives a rank strictly between two; an absent bound is the beginning or the end.
///
/// Bounds in the wrong order, or with foreign characters, still give a rank that sorts after `before`.
pub fn rank_between(before: Option<&str>, after: Option<&str>) -> String {
    let low = before.unwrap_or("").as_bytes();
    let high = after.map(str::as_bytes).filter(|high| low < *high);
    let mut out = Vec::new();
    let mut bounded = high;
    let mut i = 0;
    loop {
        let a = low.get(i).map_or(0, |b| value(*b));
        let b = bounded.map_or(DIGITS.len(), |h| h.get(i).map_or(0, |b| value(*b)));
        if a + 1 < b {
            out.push(DIGITS[a.midpoint(b)]);
            break;
        }
        out.push(DIGITS[a]);
        i += 1;
        // Below the upper bound, or past its end (which only a foreign rank can bring about): only the lower matters.
        if a < b || bounded.is_some_and(|h| i >= h.len()) {
            bounded = None;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Gives a rank after the last of some ranks, growing slowly under repeated appending.
pub fn rank_after<'a>(ranks: impl IntoIterator<Item = &'a str>) -> String {
    let Some(last) = ranks.into_iter().max() else {
        return "V".to_owned();
    };
    let mut bytes: Vec<u8> = last.bytes().collect();
    // Count up the last digit; a full one gets a new place instead of halving towards the end.
    match bytes.last().map(|b| value(*b)) {
        Some(digit) if digit + 1 < DIGITS.len() => {
            let end = bytes.len() - 1;
            bytes[end] = DIGITS[digit + 1];
        }
        _ => bytes.push(DIGITS[1]),
    }
    let next = String::from_utf8_lossy(&bytes).into_owned();
    if next.as_str() > last {
        next
    } else {
        rank_between(Some(last), None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_is_always_room(places in prop::collection::vec(any::<prop::sample::Index>(), 1..200)) {
            let mut ranks: Vec<String> = vec![];
            for place in places {
                let at = place.index(ranks.len() + 1);
                let before = at.checked_sub(1).map(|i| ranks[i].clone());
                let rank = rank_between(before.as_deref(), ranks.get(at).map(String::as_str));
                ranks.insert(at, rank);
                prop_assert!(ranks.windows(2).all(|w| w[0] < w[1]), "{:?}", ranks);
            }
        }

        #[test]
        fn hostile_ranks_do_not_hang(a in ".{0,8}", b in ".{0,8}") {
            let rank = rank_between(Some(&a), Some(&b));
            prop_assert!(!rank.is_empty() && rank.len() <= a.len() + b.len() + 2);
        }
    }

    #[test]
    fn appending_grows_slowly() {
        let mut ranks: Vec<String> = vec![];
        for _ in 0..500 {
            let next = rank_after(ranks.iter().map(String::as_str));
            assert!(ranks.last().is_none_or(|last| *last < next));
            ranks.push(next);
        }
        assert!(ranks.iter().all(|r| r.len() <= 12), "{:?}", ranks.last());
    }
}
