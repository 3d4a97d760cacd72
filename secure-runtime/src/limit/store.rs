use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use governor::nanos::Nanos;
use governor::state::StateStore;

/// Cells in one set. A key can stand in any cell of its set.
const WAYS: usize = 16;

/// Where governor keeps the state of each key: a table of fixed size.
///
/// A key's state is one number, the time at which its bucket will be full again. A key without a cell has a full
/// bucket, so a cell whose time has passed holds nothing, and the cell whose time comes first holds the least. When a set
/// is full, that one gives way. To push out a caller who has used up *d* seconds of a limit, a flood has to use up as much
/// with each of the 15 other keys of the set, and it cannot choose the set: the hash is keyed. What is given up is at
/// most the least used bucket of a full set.
#[derive(Clone)]
pub(crate) struct Store(Arc<Table>);

struct Table {
    sets: Box<[Mutex<Set>]>,
    hasher: RandomState,
}

type Set = [Cell; WAYS];

#[derive(Clone, Copy)]
struct Cell {
    /// 0 marks a cell that was never used.
    key: u64,
    full_at: u64,
}

/// A key in a [`Store`]: a keyed hash, so that neither names nor addresses are kept, and nobody can choose where they land.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(u64);

impl Store {
    /// A table for `capacity` keys, rounded up to whole sets. It takes 16 bytes and a little a key, at once and for good.
    pub(crate) fn new(capacity: usize) -> Self {
        let sets = capacity.div_ceil(WAYS).max(1);
        Self(Arc::new(Table {
            sets: (0..sets)
                .map(|_| Mutex::new([Cell { key: 0, full_at: 0 }; WAYS]))
                .collect(),
            hasher: RandomState::new(),
        }))
    }

    pub(crate) fn key(&self, of: impl Hash) -> Key {
        Key(self.0.hasher.hash_one(of).max(1))
    }

    /// The bytes that the table takes.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        std::mem::size_of_val::<[_]>(&self.0.sets)
    }

    #[cfg(test)]
    fn keys(&self) -> usize {
        let used = |set: &Mutex<Set>| set.lock().unwrap().iter().filter(|cell| cell.key != 0).count();
        self.0.sets.iter().map(used).sum()
    }
}

impl StateStore for Store {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let table = &self.0;
        // The high half chooses the set, the whole tells keys of a set apart.
        let index = ((u128::from(key.0) * table.sets.len() as u128) >> 64) as usize;
        let Some(set) = table.sets.get(index) else {
            return f(None).map(|(result, _)| result);
        };
        // A set is only ever written whole cells at a time: after a panic elsewhere it is as good as before.
        let mut set = set.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = set.iter_mut().find(|cell| cell.key == key.0) {
            let (result, full_at) = f(Some(Nanos::new(cell.full_at)))?;
            cell.full_at = full_at.as_u64();
            return Ok(result);
        }
        let (result, full_at) = f(None)?;
        if let Some(cell) = set.iter_mut().min_by_key(|cell| cell.full_at) {
            *cell = Cell {
                key: key.0,
                full_at: full_at.as_u64(),
            };
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(store: &Store, of: impl Hash, full_at: u64) {
        let key = store.key(of);
        let stored: Result<(), ()> = store.measure_and_replace(&key, |_| Ok(((), Nanos::new(full_at))));
        stored.unwrap();
    }

    fn get(store: &Store, of: impl Hash) -> Option<u64> {
        let key = store.key(of);
        let seen = std::cell::Cell::new(None);
        let _: Result<(), ()> = store.measure_and_replace(&key, |state| {
            seen.set(state.map(Nanos::as_u64));
            Err(())
        });
        seen.get()
    }

    #[test]
    fn a_refusal_changes_nothing() {
        let store = Store::new(100);
        assert_eq!(get(&store, "a"), None);
        put(&store, "a", 7);
        assert_eq!(get(&store, "a"), Some(7));
        assert_eq!(get(&store, "a"), Some(7));
    }

    #[test]
    fn a_million_keys_take_no_more_room_than_the_cap_and_keep_the_busiest() {
        let capacity = 100_000;
        let store = Store::new(capacity);
        let before = store.bytes();
        for caller in 0..100u32 {
            put(&store, ("busy", caller), 1_000_000_000);
        }
        for flood in 0..1_000_000u64 {
            put(&store, ("flood", flood), 1_000 + flood);
        }
        assert_eq!(store.bytes(), before);
        assert!(before <= 20 * capacity, "{before} bytes for {capacity} keys");
        assert!(store.keys() <= capacity);
        for caller in 0..100u32 {
            assert_eq!(get(&store, ("busy", caller)), Some(1_000_000_000));
        }
    }
}
