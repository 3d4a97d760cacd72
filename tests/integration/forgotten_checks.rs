//! The gate's second pair of eyes: an endpoint, written by hand, that forgets a check which its policy names, denies.

use axum::http::StatusCode;
use secure_runtime::gate::{Admission, Arrived, Gate, Responding, Response, declared_answer};
use secure_runtime::policy::{Access, Binding, BindingKind, Condition, List, Method, Per, Policy, Rate, Route, Source};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Description, Endpoint, EndpointOf, NeedsCaller, Problem, SecureEndpoint, SecureRouter, Security};

use crate::support::{get, router, send};

/// Makes the first `MADE` of its five checks.
enum Forgetful<const MADE: usize> {}

impl<const MADE: usize> Endpoint for Forgetful<MADE> {
    const POLICY: &'static Policy = &Policy {
        endpoint: "forgetful",
        route: Some(Route {
            method: Method::Get,
            path: "/forgetful",
        }),
        access: Access::Caller {
            scope: None,
            role: None,
        },
        bindings: List::many(&[
            Binding {
                kind: BindingKind::Owner,
                value: "user_id",
                source: Source::Query,
                or_scope: None,
                hidden: false,
            },
            Binding {
                kind: BindingKind::Tenant,
                value: "org_id",
                source: Source::Query,
                or_scope: None,
                hidden: false,
            },
        ]),
        condition: Some(Condition {
            source: "true",
            mentions: &[],
        }),
        rates: List::many(&[
            Rate::new(100, 60),
            Rate::new(1000, 3600).cost_by("query.size"),
            Rate::new(1000, 3600).per(Per::Ip).cost_by("order.size"),
        ]),
        max_body: None,
        timeout: None,
        body_timeout: None,
        concurrency: None,
        gzip: false,
        sender_constrained: false,
    };

    fn describe(_: &mut Description) {}
}

impl<const MADE: usize> NeedsCaller for Forgetful<MADE> {}

impl<const MADE: usize, S: Send> SecureEndpoint<S> for Forgetful<MADE> {
    fn call(admission: Admission, _: S) -> Responding {
        admission.pass(|gate| Box::pin(Self::stages(gate)))
    }
}

impl<const MADE: usize> Forgetful<MADE> {
    async fn stages(gate: Gate<'_, Arrived>) -> Result<Response, Problem> {
        let mut gate = gate.identify().await?.authorize().await?;
        if MADE >= 1 {
            gate.bind(0, &"alice")?;
        }
        if MADE >= 2 {
            gate.bind(1, &"acme")?;
        }
        if MADE >= 3 {
            gate.spend(1, gate.cost(|_| 5_u32)?).await?;
        }
        let mut gate = gate.bound();
        if MADE >= 4 {
            gate.condition(|_| true)?;
        }
        if MADE >= 5 {
            gate.spend(2, gate.cost_for_anyone(|_| 5_u32)).await?;
        }
        let gate = gate.clear()?;
        gate.call(declared_answer(), async { StatusCode::NO_CONTENT }).await
    }
}

async fn status<const MADE: usize>() -> u16 {
    let issuer = TestIssuer::default();
    let app = SecureRouter::<()>::new(Security::builder(issuer.jwt())).mount(EndpointOf::<Forgetful<MADE>>::VALUE);
    let router = router(app.build().unwrap());
    let token = format!("Bearer {}", issuer.token("alice").tenant("acme").sign());
    send(&router, get("/forgetful", &[("authorization", &token)]))
        .await
        .status
        .as_u16()
}

#[tokio::test(flavor = "current_thread")]
async fn z7_a_check_that_was_forgotten_denies() {
    assert_eq!(status::<0>().await, 500);
    assert_eq!(status::<1>().await, 500);
    assert_eq!(status::<2>().await, 500);
    assert_eq!(status::<3>().await, 500);
    assert_eq!(status::<4>().await, 500);
    assert_eq!(status::<5>().await, 204);
}
