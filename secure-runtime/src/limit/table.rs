use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use smallvec::SmallVec;

use super::counter::{Counter, State, Verdict};

/// Cells in one set. A key can stand in any cell of its set.
const WAYS: usize = 16;
/// Sets that memory is asked for together, when the first of their keys draws: few, so that a few callers take little, and some, so
/// that the places of all blocks fit in a processor's cache.
const BLOCK: usize = 8;
/// How many limits one request can draw from.
pub(crate) const MOST: usize = secure_policy::MAX_LIMITS;

/// Where the buckets of a process are kept: a table of fixed size.
///
/// A key without a cell has a full bucket, so a cell whose bucket is full again holds nothing. When a set is full, the cell
/// with the least in it gives way: that whose bucket would be full first, by the time that refilling it takes. To push out a
/// caller who has used up *d* seconds of a limit, a flood has to use up as much with each of the 15 other keys of the set, and
/// it cannot choose the set: the hash is keyed. What is given up is at most the least used bucket of a full set.
pub(crate) struct Table<L = Mutex<Set>> {
    blocks: Box<[OnceLock<Box<Block<L>>>]>,
    /// Sets in each room.
    room: usize,
    hasher: RandomState,
}

/// Whose buckets may push out whose: those of one kind only. A flood of addresses, which anybody may have many of, does not
/// touch the buckets of callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Callers,
    Addresses,
    Failures,
}

const ROOMS: usize = 3;

type Block<L> = [L; BLOCK];

/// A set under its lock; a model checker brings its own.
pub(crate) trait Lock {
    type Guard<'l>: std::ops::DerefMut<Target = Set>
    where
        Self: 'l;
    fn new(set: Set) -> Self;
    fn lock(&self) -> Self::Guard<'_>;
}

#[cfg(test)]
impl Lock for shuttle::sync::Mutex<Set> {
    type Guard<'l> = shuttle::sync::MutexGuard<'l, Set>;

    fn new(set: Set) -> Self {
        Self::new(set)
    }

    fn lock(&self) -> shuttle::sync::MutexGuard<'_, Set> {
        self.lock().unwrap()
    }
}

impl Lock for Mutex<Set> {
    type Guard<'l> = MutexGuard<'l, Set>;

    fn new(set: Set) -> Self {
        Self::new(set)
    }

    #[inline]
    fn lock(&self) -> MutexGuard<'_, Set> {
        // A set is only ever written whole cells at a time: after a panic elsewhere it is as good as before.
        self.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keys apart from what belongs to them: a search touches two cache lines.
#[derive(Clone)]
pub(crate) struct Set {
    /// 0 marks a cell that was never used.
    keys: [u64; WAYS],
    cells: [Cell; WAYS],
}

#[derive(Clone, Copy, Default)]
struct Cell {
    state: State,
    full_at: u64,
    /// 0 where it is the time until `full_at`.
    worth: u64,
}

impl Set {
    const EMPTY: Self = Self {
        keys: [0; WAYS],
        cells: [Cell {
            state: State {
                at: 0,
                used: 0,
                before: 0,
            },
            full_at: 0,
            worth: 0,
        }; WAYS],
    };

    #[inline]
    fn place(&self, key: Key) -> Option<usize> {
        self.keys.iter().position(|there| *there == key.hash)
    }

    #[inline]
    fn state_at(&self, place: Option<usize>) -> Option<State> {
        self.cells.get(place?).map(|cell| cell.state)
    }

    fn get(&self, key: Key) -> Option<State> {
        self.state_at(self.place(key))
    }

    #[cfg(feature = "redis")]
    fn put(&mut self, key: Key, state: State, counter: Counter, now: u64) {
        self.put_at(self.place(key), key, state, counter, now);
    }

    /// Where the key stands already, or, without such a place, in that of the least.
    #[inline]
    fn put_at(&mut self, place: Option<usize>, key: Key, state: State, counter: Counter, now: u64) {
        let place = place.unwrap_or_else(|| self.least(now));
        if let (Some(there), Some(cell)) = (self.keys.get_mut(place), self.cells.get_mut(place)) {
            *there = key.hash;
            *cell = Cell {
                state,
                full_at: counter.full_at(state),
                worth: counter.worth(state).unwrap_or(0),
            };
        }
    }

    fn remove(&mut self, key: Key) {
        if let Some(place) = self.place(key)
            && let (Some(there), Some(cell)) = (self.keys.get_mut(place), self.cells.get_mut(place))
        {
            (*there, *cell) = (0, Cell::default());
        }
    }

    /// The cell that holds least. Nothing is less than nothing, so the first such cell will do.
    fn least(&self, now: u64) -> usize {
        let (mut place, mut least) = (0, u64::MAX);
        for (i, cell) in self.cells.iter().enumerate() {
            let worth = match cell.full_at.saturating_sub(now) {
                0 => return i,
                left if cell.worth == 0 => left,
                _ => cell.worth,
            };
            if worth < least {
                (place, least) = (i, worth);
            }
        }
        place
    }
}

/// A key in a [`Table`]: a keyed hash, so that neither names nor addresses are kept, and nobody can choose where they land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    hash: u64,
    set: usize,
}

/// What a request asks of one bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw {
    pub(crate) key: Key,
    pub(crate) counter: Counter,
    pub(crate) cost: u32,
}

/// What all limits of a request said, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdicts(Few<Verdict>);

/// As many as most requests have limits, without asking for memory.
pub(crate) type Few<T> = SmallVec<[T; 4]>;

impl Verdicts {
    #[inline]
    pub(crate) fn push(&mut self, verdict: Verdict) {
        self.0.push(verdict);
    }

    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Verdict> {
        self.0.iter()
    }
}

impl FromIterator<Verdict> for Verdicts {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Self {
        Self(verdicts.into_iter().collect())
    }
}

impl Table {
    /// A table for as many keys in each room, rounded up to whole sets, and for no more. It takes memory as it is used.
    pub(crate) fn new(capacity: usize) -> Self {
        Self::with_locks(capacity)
    }
}

impl<L: Lock> Table<L> {
    pub(super) fn with_locks(capacity: usize) -> Self {
        let room = capacity.div_ceil(WAYS).max(1);
        Self {
            blocks: (0..(room * ROOMS).div_ceil(BLOCK)).map(|_| OnceLock::new()).collect(),
            room,
            hasher: RandomState::new(),
        }
    }

    /// The set of this number, to draw from.
    #[inline]
    fn set(&self, set: usize) -> Option<&L> {
        let block = self.blocks.get(set / BLOCK)?;
        block.get_or_init(Self::block).get(set % BLOCK)
    }

    #[cold]
    fn block() -> Box<Block<L>> {
        Box::new([(); BLOCK].map(|()| L::new(Set::EMPTY)))
    }

    /// The set of this number, if one of its block was drawn from.
    fn used(&self, set: usize) -> Option<&L> {
        self.blocks.get(set / BLOCK)?.get()?.get(set % BLOCK)
    }

    #[inline]
    pub(crate) fn key(&self, room: Room, of: impl Hash) -> Key {
        self.key_of(room, self.hasher.hash_one(of))
    }

    /// The same of what is a keyed hash already.
    #[inline]
    pub(crate) fn key_of(&self, room: Room, hash: u64) -> Key {
        let hash = hash.max(1);
        // The high half chooses the set, the whole tells keys of a set apart.
        let within = ((u128::from(hash) * self.room as u128) >> 64) as usize;
        Key {
            hash,
            set: room as usize * self.room + within,
        }
    }

    /// What drawing would say.
    pub(crate) fn ask(&self, draw: Draw, now: u64) -> Verdict {
        draw.counter.draw(self.state(draw.key), now, draw.cost).verdict
    }

    pub(crate) fn state(&self, key: Key) -> Option<State> {
        self.used(key.set).and_then(|set| set.lock().get(key))
    }

    /// Draws from one bucket.
    #[inline]
    pub(crate) fn draw(&self, draw: Draw, now: u64) -> Verdict {
        let Some(set) = self.set(draw.key.set) else {
            return Verdict::default();
        };
        let mut set = set.lock();
        let place = set.place(draw.key);
        let outcome = draw.counter.draw(set.state_at(place), now, draw.cost);
        if outcome.verdict.admitted && draw.cost > 0 {
            set.put_at(place, draw.key, outcome.state, draw.counter, now);
        }
        outcome.verdict
    }

    /// Draws from all of these buckets, or from none if one refuses. All of their sets are locked at once, in one order, so that
    /// nobody sees a request that is counted in half of its limits.
    pub(crate) fn draw_all(&self, draws: &[Draw], now: u64) -> Verdicts {
        let mut verdicts = Verdicts::default();
        if let [draw] = draws {
            verdicts.push(self.draw(*draw, now));
            return verdicts;
        }
        let mut order: Few<usize> = draws.iter().map(|draw| draw.key.set).collect();
        order.sort_unstable();
        order.dedup();
        let sets = order.iter().filter_map(|set| self.set(*set));
        let mut guards: Few<L::Guard<'_>> = sets.map(Lock::lock).collect();
        let guard = |draw: &Draw| order.binary_search(&draw.key.set).unwrap_or(usize::MAX);
        let outcomes: Few<_> = draws
            .iter()
            .map(|draw| {
                let state = guards.get(guard(draw)).and_then(|set| set.get(draw.key));
                (state, draw.counter.draw(state, now, draw.cost))
            })
            .collect();
        let admitted = outcomes.iter().all(|(_, outcome)| outcome.verdict.admitted);
        for (draw, (state, outcome)) in draws.iter().zip(outcomes) {
            if admitted {
                if let Some(set) = guards.get_mut(guard(draw))
                    && draw.cost > 0
                {
                    let place = set.place(draw.key);
                    set.put_at(place, draw.key, outcome.state, draw.counter, now);
                }
                verdicts.push(outcome.verdict);
            } else if outcome.verdict.admitted {
                verdicts.push(draw.counter.draw(state, now, 0).verdict);
            } else {
                verdicts.push(outcome.verdict);
            }
        }
        verdicts
    }

    /// The bytes that the table takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let used = self.blocks.iter().filter(|block| block.get().is_some());
        std::mem::size_of_val::<[_]>(&self.blocks) + used.count() * size_of::<Block<L>>()
    }

    /// The bytes that it can take.
    #[cfg(test)]
    pub(super) fn most_bytes(&self) -> usize {
        std::mem::size_of_val::<[_]>(&self.blocks) + self.blocks.len() * size_of::<Block<L>>()
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> usize {
        let used = |set: &L| set.lock().keys.iter().filter(|key| **key != 0).count();
        let blocks = self.blocks.iter().filter_map(|block| block.get());
        blocks.flat_map(|block| block.iter()).map(used).sum()
    }

    /// Keeps a state that was not drawn here.
    #[cfg(feature = "redis")]
    pub(crate) fn keep(&self, key: Key, counter: Counter, state: State, now: u64) {
        if let Some(set) = self.set(key.set) {
            set.lock().put(key, state, counter, now);
        }
    }

    /// The bucket is full again.
    pub(crate) fn forget(&self, key: Key) {
        if let Some(set) = self.used(key.set) {
            set.lock().remove(key);
        }
    }
}
