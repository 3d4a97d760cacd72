//! The types, each behind an endpoint of its own.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use secure_runtime::{Paging, SecureApp, SecureRouter, SecurityBuilder, secure};

use super::structures::*;
use super::values::*;

/// An endpoint for each type, at a path with the type's name.
macro_rules! subjects {
    ($($module:ident $ty:ty;)+) => {
        $(
            mod $module {
                use super::*;

                #[secure(authenticated)]
                pub(super) async fn take(Json(_): Json<$ty>) -> StatusCode {
                    StatusCode::NO_CONTENT
                }
            }
        )+

        /// An endpoint for each type.
        pub(super) fn app(security: SecurityBuilder) -> SecureApp {
            let mut router = SecureRouter::new(security);
            $(router = router.route(concat!("/", stringify!($module)), secure_runtime::post($module::take));)+
            router.build().unwrap()
        }
    };
}

subjects! {
    text Text;
    exact_text ExactText;
    maybe_text MaybeText;
    patch_text PatchText;
    list List;
    maybe_list MaybeList;
    map Map;
    patch_map PatchMap;
    unsigned Unsigned;
    signed Signed;
    least Least;
    most Most;
    maybe_number MaybeNumber;
    patch_number PatchNumber;
    double Double;
    single Single;
    bits Bits;
    plain Plain;
    word Word;
    letters Letters;
    ranges Ranges;
    line Line;
    either Either;
    two_ends TwoEnds;
    mail Mail;
    maybe_mail MaybeMail;
    link Link;
    tags Tags;
    mails Mails;
    grid Grid;
    names Names;
    holes Holes;
    point Point;
    nested Nested;
    tree Tree;
    newtypes Newtypes;
    name Name;
    age Age;
    few Few;
    maybe_name Option<Name>;
    ages Vec<Age>;
    points BTreeMap<String, Point>;
    word3 Word3;
    external External;
    internal Internal;
    adjacent Adjacent;
    choices Choices;
    renamed Renamed;
    defaults Defaults;
    wrapped_point Wrapper<Point>;
    wrapped_name Wrapper<Name>;
    guarded Guarded;
    restricted Restricted;
    paging Paging;
}
