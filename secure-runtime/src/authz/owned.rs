use std::fmt;
use std::ops::Deref;

use axum::extract::FromRef;
use axum::http::StatusCode;
use schemars::{Schema, SchemaGenerator};
use secure_policy::{Binding, BindingKind, Source};
use serde::Serializer;

use super::Identifier;
use super::binding::{is_mine, refused, stands_in};
use crate::Problem;
use crate::audit::Reason;
use crate::authn::{Principal, credential};
use crate::input::{Argument, Extract, FromHead, Input, Intake, Read, checked, malformed, path, read_word};
use crate::output::{Output, Viewer};

/// An object that belongs to somebody, and that a request names in its path.
///
/// ```
/// use secure_runtime::{Owned, Problem, Resource, input, output, secure};
/// # #[derive(Clone)] struct Db;
/// # impl Db { async fn order(&self, _: OrderId) -> Result<Option<Order>, Problem> { Ok(None) } }
///
/// #[input]
/// struct OrderId(u64);
///
/// #[output]
/// struct Order { #[expose] id: u64, #[expose] total: u64, #[expose(never)] user_id: String }
///
/// impl Resource for Order {
///     type Id = OrderId;
///     type State = Db;
///     type Owner = String;
///     type Error = Problem;
///
///     async fn load(id: OrderId, db: &Db) -> Result<Option<Self>, Problem> {
///         db.order(id).await
///     }
///
///     fn owner(&self) -> &String {
///         &self.user_id
///     }
/// }
///
/// /// One of the caller's own orders. Nobody else learns that there is one.
/// #[secure(get = "/orders/{order_id}", scope = "read:orders", owner("order_id", hidden))]
/// async fn get_order(order: Owned<Order>) -> axum::Json<Owned<Order>> {
///     axum::Json(order)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be loaded by what a path names",
    label = "nothing says how to load it, and whose it is",
    note = "help: write `impl secure_runtime::Resource for {Self}`, with its `load` and its `owner`",
    note = "see [S031] in the book's error index"
)]
pub trait Resource: Sized + Send {
    /// What the path names it by. Its rules are checked before anything is loaded.
    type Id: Input + Send;
    /// Where it is loaded from: the application's state, or a part of it.
    type State: Send + Sync;
    /// Whose it is.
    type Owner: Identifier + ?Sized;
    /// Why it cannot be loaded, which is another thing than that there is none.
    type Error: Into<Problem> + Send;

    /// Loads it; `None` if there is none.
    fn load(id: Self::Id, state: &Self::State) -> impl Future<Output = Result<Option<Self>, Self::Error>> + Send;

    /// The subject that it belongs to.
    fn owner(&self) -> &Self::Owner;

    /// The tenant that it belongs to. Where there is one, no caller of another touches it.
    fn tenant(&self) -> Option<&str> {
        None
    }
}

/// An object that was loaded, and that the caller may touch: an argument of a handler.
///
/// It is loaded once, by the parameter of the path that `owner`, `tenant` or `shared` names, after scope and role and before
/// a byte of the body is read. Only the gate makes one, so a function that takes it cannot be called with another's.
///
/// ```compile_fail
/// let forged = secure_runtime::Owned { value: 5 };
/// ```
pub struct Owned<T> {
    value: T,
}

impl<T> Owned<T> {
    /// The object.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Owned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Owned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Owned").field(&self.value).finish()
    }
}

impl<T: Output> Output for Owned<T> {
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.show(viewer, serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

impl<T: Resource> Argument for Owned<T> {
    const SOURCE: Source = Source::Path;
    const LOADS: bool = true;
}

impl<T: Resource> FromHead for Owned<T> {}

impl<S, T> Extract<S> for Owned<T>
where
    S: Sync,
    T: Resource,
    T::State: FromRef<S>,
{
    async fn extract(intake: &mut Intake<'_>, state: &S, read: Read<Self>) -> Result<Self, Problem> {
        let binding = read.binding().and_then(|index| intake.policy.bindings.get(index));
        let binding = binding.ok_or_else(|| Problem::broken("an object is loaded by no parameter of the path"))?;
        // Nobody in particular owns nothing, so for nobody nothing is loaded but what is shared.
        if intake.caller.is_none() && binding.kind != BindingKind::Shared {
            return Err(credential::missing());
        }
        let id = named::<T::Id>(intake, binding)?;
        let state = T::State::from_ref(state);
        let loaded = T::load(id, &state).await.map_err(Into::into)?;
        let value = loaded.ok_or_else(|| Problem::refusal(StatusCode::NOT_FOUND, Reason::Absent))?;
        check(binding, &value, intake.caller)?;
        Ok(Self { value })
    }
}

/// The parameter that the binding names.
fn named<Id: Input>(intake: &mut Intake<'_>, binding: &Binding) -> Result<Id, Problem> {
    path::no_empty_part(intake)?;
    let parameters = path::parameters(intake)?;
    let word = parameters.iter().find(|(name, _)| *name == binding.name());
    let (_, word) = word.ok_or_else(|| Problem::broken("the path has no parameter of this name"))?;
    let id = read_word(word).ok_or_else(|| malformed("the path is not of the form that this endpoint expects"))?;
    checked(id, intake.caller)
}

/// Whose it is, as its binding asks. The tenant is asked for wherever there is one, and no scope stands in for it.
fn check<T: Resource>(binding: &Binding, value: &T, caller: Option<&Principal>) -> Result<(), Problem> {
    let same_tenant = match (value.tenant(), binding.kind) {
        (Some(tenant), _) => caller.ok_or_else(credential::missing)?.tenant() == Some(tenant),
        (None, BindingKind::Tenant) => false,
        (None, BindingKind::Owner | BindingKind::Shared) => true,
    };
    if !same_tenant {
        return Err(refused(binding, Reason::Tenant));
    }
    let allowed = match binding.kind {
        BindingKind::Owner => {
            let caller = caller.ok_or_else(credential::missing)?;
            is_mine(value.owner(), caller) || stands_in(binding, caller)
        }
        BindingKind::Tenant | BindingKind::Shared => true,
    };
    if allowed {
        Ok(())
    } else {
        Err(refused(binding, Reason::Owner))
    }
}
