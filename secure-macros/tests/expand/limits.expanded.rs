/// All searches of a caller together.
pub const SEARCH: ::secure_runtime::policy::Rate = ::secure_runtime::policy::Rate::new(
        30u32,
        60u64,
    )
    .named("search");
#[cfg(feature = "export")]
pub(crate) const FULL_TEXT: ::secure_runtime::policy::Rate = ::secure_runtime::policy::Rate::new(
        100u32,
        86400u64,
    )
    .counted_by(::secure_runtime::policy::Algorithm::FixedQuota)
    .cost_of(2u32)
    .per(::secure_runtime::policy::Per::Tenant)
    .named("full-text");
const r#TYPE: ::secure_runtime::policy::Rate = ::secure_runtime::policy::Rate::new(
        10u32,
        10u64,
    )
    .burst_of(20u32)
    .named("type");
