//! One answer for one waiting thread: what a channel does, without its waiting in loops first, which takes time from those
//! who are at work.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Makes both ends.
pub(crate) fn answer<T>() -> (Asked<T>, Waiting<T>) {
    let slot = Arc::new(Slot {
        state: Mutex::new(State::Open),
        told: Condvar::new(),
    });
    (Asked(slot.clone()), Waiting(slot))
}

struct Slot<T> {
    state: Mutex<State<T>>,
    told: Condvar,
}

enum State<T> {
    Open,
    Answered(T),
    /// There will be no answer any more.
    Lost,
}

/// The end that owes an answer; dropping it says that there will be none.
pub(crate) struct Asked<T>(Arc<Slot<T>>);

/// The end that waits for it.
pub(crate) struct Waiting<T>(Arc<Slot<T>>);

impl<T> Slot<T> {
    /// Takes the first answer; later ones are too late.
    fn tell(&self, state: State<T>) {
        let mut slot = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*slot, State::Open) {
            *slot = state;
            drop(slot);
            self.told.notify_one();
        }
    }
}

impl<T> Asked<T> {
    pub(crate) fn answer(self, value: T) {
        self.0.tell(State::Answered(value));
    }
}

impl<T> Drop for Asked<T> {
    fn drop(&mut self) {
        self.0.tell(State::Lost);
    }
}

impl<T> Waiting<T> {
    /// Waits for the answer; none if whoever owed it is gone.
    pub(crate) fn wait(self) -> Option<T> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match std::mem::replace(&mut *state, State::Lost) {
                State::Answered(value) => return Some(value),
                State::Lost => return None,
                State::Open => {
                    *state = State::Open;
                    let told = self.0.told.wait(state);
                    state = told.unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_arrives_whoever_comes_first_and_a_lost_one_is_told() {
        let (asked, waiting) = answer();
        asked.answer(7);
        assert_eq!(waiting.wait(), Some(7));

        let (asked, waiting) = answer();
        let thread = std::thread::spawn(move || waiting.wait());
        std::thread::sleep(std::time::Duration::from_millis(20));
        asked.answer(8);
        assert_eq!(thread.join().unwrap(), Some(8));

        let (asked, waiting) = answer::<u8>();
        let thread = std::thread::spawn(move || waiting.wait());
        drop(asked);
        assert_eq!(thread.join().unwrap(), None);
    }
}
