use std::collections::{BTreeMap, BTreeSet};

use secure_policy::{Expr, valid_role};

use crate::startup::Fault;

/// Which roles there are, and which others each includes.
///
/// ```
/// use secure_runtime::RoleHierarchy;
///
/// let roles = RoleHierarchy::new()
///     .role("admin", &["support", "manager"])
///     .role("support", &[])
///     .role("manager", &["employee"])
///     .role("employee", &[]);
/// ```
///
/// Once it is given, it is the whole vocabulary: an endpoint that asks for a role outside it keeps the application from
/// starting, and a role of a token outside it counts for nothing. Without one, roles are compared as they are.
#[derive(Clone, Debug, Default)]
pub struct RoleHierarchy {
    includes: BTreeMap<String, BTreeSet<String>>,
}

impl RoleHierarchy {
    /// A hierarchy without roles.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a role, and those that whoever has it has as well.
    #[must_use]
    pub fn role(mut self, name: &str, includes: &[&str]) -> Self {
        let set = self.includes.entry(name.to_owned()).or_default();
        set.extend(includes.iter().map(|&role| role.to_owned()));
        self
    }

    /// Every role includes, from here on, what its included ones include.
    pub(crate) fn prepare(mut self, faults: &mut Vec<Fault>) -> Self {
        let mut fault = |role: &str, fault: String, help: &str| {
            faults.push(Fault::new(format!("role {role:?}"), fault, help));
        };
        for (role, included) in &self.includes {
            if !valid_role(role) {
                fault(
                    role,
                    "is not a role's name".to_owned(),
                    "use letters, digits, `_`, `-`, `.`, `:` and `/`",
                );
            }
            for other in included.iter().filter(|other| !self.includes.contains_key(*other)) {
                fault(
                    role,
                    format!("includes {other:?}, which is not declared"),
                    "declare it with `.role(…)`",
                );
            }
        }
        let closed: BTreeMap<_, _> = self
            .includes
            .keys()
            .map(|role| (role.clone(), self.reachable(role)))
            .collect();
        for role in closed
            .iter()
            .filter(|(role, all)| all.contains(*role))
            .map(|(role, _)| role)
        {
            fault(
                role,
                "includes itself, directly or through others".to_owned(),
                "break the circle",
            );
        }
        self.includes = closed;
        self
    }

    fn reachable(&self, role: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut next: Vec<&str> = vec![role];
        while let Some(role) = next.pop() {
            for included in self.includes.get(role).into_iter().flatten() {
                if found.insert(included.clone()) {
                    next.push(included);
                }
            }
        }
        found
    }

    /// The names in `expr` that nobody can have.
    pub(crate) fn undeclared<'e>(&self, expr: &'e Expr) -> Vec<&'e str> {
        expr.names().into_iter().filter(|name| !self.declares(name)).collect()
    }

    /// Can anybody have it? Without a hierarchy, whoever has a token that says so.
    pub(crate) fn declares(&self, role: &str) -> bool {
        self.includes.is_empty() || self.includes.contains_key(role)
    }

    /// Adds a role of a token, and what it includes.
    pub(crate) fn expand(&self, role: &str, into: &mut BTreeSet<Box<str>>) {
        if self.includes.is_empty() {
            into.insert(role.into());
        } else if let Some(included) = self.includes.get(role) {
            into.insert(role.into());
            into.extend(included.iter().map(|role| role.as_str().into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_brings_all_that_it_includes_and_nothing_else() {
        let mut faults = Vec::new();
        let roles = RoleHierarchy::new()
            .role("vp", &["manager"])
            .role("manager", &["employee"])
            .role("employee", &[])
            .prepare(&mut faults);
        assert!(faults.is_empty());
        let expand = |role: &str| {
            let mut all = BTreeSet::new();
            roles.expand(role, &mut all);
            all.into_iter().map(String::from).collect::<Vec<_>>()
        };
        assert_eq!(expand("vp"), ["employee", "manager", "vp"]);
        assert_eq!(expand("employee"), ["employee"]);
        assert!(expand("root").is_empty());
    }

    #[test]
    fn circles_and_unknown_roles_are_faults() {
        let mut faults = Vec::new();
        let _ = RoleHierarchy::new()
            .role("a", &["b"])
            .role("b", &["a", "ghost"])
            .prepare(&mut faults);
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
