/// Numbers that look random, and are the same at each build (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap_or(0) % bound
    }

    /// In so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// So many of them, in any order.
    pub(crate) fn some<'a, T>(&mut self, all: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = all.iter().collect();
        (0..count.min(all.len()))
            .map(|_| left.swap_remove(self.below(left.len())))
            .collect()
    }
}
