use super::{Scenario, ours};
use crate::Bounds;

/// Plain axum as the first, and then those that have bounds, in their order.
///
/// # Errors
///
/// If the bounds cannot be read, or name what is no scenario.
pub fn bounded(bounds: &Bounds) -> Result<Vec<Scenario>, String> {
    let mut ours = ours();
    let mut all = vec![Scenario::plain()];
    for bound in bounds.iter() {
        let name = &bound.scenario;
        let place = ours.iter().position(|scenario| scenario.name == *name);
        let place = place.ok_or_else(|| format!("bounds.toml: `{name}` is no scenario"))?;
        all.push(ours.swap_remove(place));
    }
    Ok(all)
}
