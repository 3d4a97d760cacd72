use secure_policy::{BindingKind, Policy};

/// Which checks of the policy were made.
///
/// The expansion makes each of them; this is the second pair of eyes. A check that was forgotten denies.
#[derive(Default)]
pub(super) struct Checked {
    bindings: u64,
    costs: u64,
    condition: bool,
    /// What is to be taken of limits, by their index.
    charges: Vec<(usize, u32)>,
}

impl Checked {
    /// What is loaded is checked when it is.
    pub(super) fn loaded(&mut self, binding: Option<usize>) {
        if let Some(index) = binding {
            self.binding(index);
        }
    }

    pub(super) fn binding(&mut self, index: usize) {
        self.bindings |= bit(index);
    }

    pub(super) fn charge(&mut self, index: usize, units: u32) {
        self.charges.push((index, units));
    }

    pub(super) fn take_charges(&mut self) -> Vec<(usize, u32)> {
        std::mem::take(&mut self.charges)
    }

    pub(super) fn cost(&mut self, index: usize) {
        self.costs |= bit(index);
    }

    pub(super) fn condition(&mut self) {
        self.condition = true;
    }

    /// Was every check made that the policy names?
    pub(super) fn covers(&self, required: &Required) -> bool {
        let Required {
            bindings,
            costs,
            condition,
            too_many,
        } = *required;
        let made = self.bindings & bindings == bindings && self.costs & costs == costs;
        made && !too_many && (self.condition || !condition)
    }
}

/// Which checks a policy names.
pub(crate) struct Required {
    bindings: u64,
    costs: u64,
    condition: bool,
    /// More than there are bits for: what is not noted counts as not made.
    too_many: bool,
}

impl Required {
    pub(crate) fn by(policy: &Policy) -> Self {
        let bindings = policy.bindings.iter().enumerate();
        let bindings = bindings.filter(|(_, binding)| binding.kind != BindingKind::Shared);
        let rates = policy.rates.iter().enumerate();
        let costs = rates.filter(|(_, rate)| rate.computed_cost().is_some());
        let all = |indices: &mut dyn Iterator<Item = usize>| indices.fold(0, |all, index| all | bit(index));
        Self {
            bindings: all(&mut bindings.map(|(index, _)| index)),
            costs: all(&mut costs.map(|(index, _)| index)),
            condition: policy.condition.is_some(),
            too_many: policy.bindings.len().max(policy.rates.len()) > 64,
        }
    }
}

/// Beyond the last one there is none.
fn bit(index: usize) -> u64 {
    1u64.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0)
}
