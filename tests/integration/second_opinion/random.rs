//! Choices that a seed decides, so that a run can be had again.

use serde_json::{Map, Value, json};

/// SplitMix64 (Steele, Lea, Flood 2014): even, quick, and of no use for secrets.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one_of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    /// Any JSON value, without a member twice.
    pub(super) fn json(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 8 } else { 10 };
        match self.below(kinds) {
            0 => Value::Null,
            1 => json!(self.percent(50)),
            2 => json!(self.next().cast_signed()),
            3 => json!(f64::from_bits(self.next())),
            4 => json!(i32::try_from(self.below(2_000_000)).unwrap() - 1_000_000),
            5 => json!(
                [
                    "alice",
                    "at+jwt",
                    "none",
                    "",
                    "é 😀",
                    "\0",
                    "\u{2028}",
                    "https://api.test"
                ][self.below(8)]
            ),
            6 | 7 => {
                let length = self.below(12);
                String::from_utf8_lossy(&self.bytes(length)).into_owned().into()
            }
            8 => (0..self.below(4)).map(|_| self.json(depth - 1)).collect(),
            _ => {
                let mut members = Map::new();
                for _ in 0..self.below(4) {
                    members.insert(format!("m{}", self.below(9)), self.json(depth - 1));
                }
                members.into()
            }
        }
    }
}
