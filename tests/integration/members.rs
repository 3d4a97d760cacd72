//! Members of inputs that only some callers may set, or none.

use axum::extract::{Form, Query};
use axum::{Json, Router};
use secure_runtime::testing::{TestIssuer, TestToken};
use secure_runtime::{Patch, RoleHierarchy, SecureRouter, Security, input, output, secure};

use crate::support::{Answer, get, request, router, send};

#[input]
struct Line {
    #[input(length(max = 20))]
    product: String,
    #[input(role = "clerk", range(max = 50))]
    discount: Option<u8>,
}

#[input]
#[serde(rename_all = "camelCase")]
struct Order {
    #[input(owner)]
    user_id: String,
    #[input(length(max = 5))]
    lines: Vec<Line>,
    #[input(scope = "admin:orders", length(max = 20))]
    paid_by: Option<String>,
    #[input(scope = "admin:orders", role = "clerk", length(max = 20))]
    approved_by: Patch<String>,
    #[input(server)]
    created_at: u64,
}

#[secure(post = "/orders", scope = "write:orders")]
async fn write_order(Json(order): Json<Order>) -> String {
    let discounts = order.lines.iter().filter_map(|line| line.discount).count();
    let products = order.lines.iter().map(|line| line.product.as_str()).collect::<String>();
    let (paid, approved) = (order.paid_by, order.approved_by);
    format!(
        "{} {products} {discounts} {paid:?} {approved:?} {}",
        order.user_id, order.created_at
    )
}

#[input]
struct Filter {
    #[input(scope = "admin:orders", length(max = 20))]
    user: Option<String>,
    #[input(server)]
    internal: String,
}

#[secure(get = "/orders", scope = "read:orders")]
async fn list(Query(filter): Query<Filter>) -> String {
    format!("{:?} {:?}", filter.user, filter.internal)
}

#[secure(post = "/filters", scope = "read:orders")]
async fn filter_by_form(Form(filter): Form<Filter>) -> String {
    format!("{:?} {:?}", filter.user, filter.internal)
}

#[secure(post = "/anybody", public = "a test of what nobody in particular may set")]
async fn anybody(Json(filter): Json<Filter>) -> String {
    format!("{:?} {:?}", filter.user, filter.internal)
}

struct Stand {
    issuer: TestIssuer,
    router: Router,
}

fn roles() -> RoleHierarchy {
    RoleHierarchy::new().role("clerk", &[]).role("manager", &["clerk"])
}

impl Stand {
    fn new() -> Self {
        let issuer = TestIssuer::default();
        let app = SecureRouter::new(Security::builder(issuer.jwt()).roles(roles())).mount((
            write_order,
            list,
            filter_by_form,
            anybody,
        ));
        Self {
            router: router(app.build().unwrap()),
            issuer,
        }
    }

    fn alice(&self) -> TestToken<'_> {
        self.issuer.token("alice").scope("write:orders read:orders")
    }

    fn admin(&self) -> TestToken<'_> {
        self.alice()
            .scope("write:orders read:orders admin:orders")
            .roles(&["manager"])
    }

    async fn order(&self, token: &TestToken<'_>, body: &str) -> Answer {
        let bearer = format!("Bearer {}", token.sign());
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        send(&self.router, request("POST", "/orders", &headers, body.to_owned())).await
    }
}

/// An order of alice's with this in it.
fn with(members: &str) -> String {
    format!(r#"{{"userId":"alice","lines":[{{"product":"a"}}]{members}}}"#)
}

/// 403 that names exactly these members.
fn assert_forbidden(answer: &Answer, members: &[(&str, &str)]) {
    let problem = answer.assert_problem(403).json();
    let errors = problem["errors"].as_array().unwrap().iter();
    let named: Vec<_> = errors
        .map(|error| (error["pointer"].as_str().unwrap(), error["rule"].as_str().unwrap()))
        .collect();
    assert_eq!(named, members, "{problem}");
    assert_eq!(
        answer.header("www-authenticate"),
        None,
        "no other token of the same caller would do"
    );
}

#[tokio::test]
async fn z4_the_right_callers_set_what_is_theirs_to_set() {
    let stand = Stand::new();
    let told = |answer: Answer| (answer.status.as_u16(), String::from_utf8(answer.body).unwrap());
    let plain = told(stand.order(&stand.alice(), &with("")).await);
    assert_eq!(plain, (200, "alice a 0 None Absent 0".to_owned()));
    let all = r#","paidBy":"x","approvedBy":"y""#;
    let by_admin = told(stand.order(&stand.admin(), &with(all)).await);
    assert_eq!(by_admin, (200, "alice a 0 Some(\"x\") Value(\"y\") 0".to_owned()));
    let discount = r#"{"userId":"alice","lines":[{"product":"a","discount":5}]}"#;
    let by_clerk = told(stand.order(&stand.alice().roles(&["clerk"]), discount).await);
    assert_eq!(by_clerk, (200, "alice a 1 None Absent 0".to_owned()));
    // Null says nothing of an option, so it sets nothing.
    let null = told(stand.order(&stand.alice(), &with(r#","paidBy":null"#)).await);
    assert_eq!(null.0, 200);
}

#[tokio::test]
async fn z4_others_are_told_which_member_is_not_theirs() {
    let stand = Stand::new();
    let (paid, approved) = (("#/paidBy", "scope"), ("#/approvedBy", "scope"));
    for (members, named) in [
        (r#","paidBy":"x""#, &[paid][..]),
        (r#","\u0070aidBy":"x""#, &[paid]),
        // Of another type, or against its rules: who may not set it learns nothing of it.
        (r#","paidBy":7"#, &[paid]),
        (r#","paidBy":"longer than twenty characters""#, &[paid]),
        (r#","paidBy":["x"]"#, &[paid]),
        (r#","approvedBy":"x""#, &[approved]),
        // Removing is setting.
        (r#","approvedBy":null"#, &[approved]),
        (r#","paidBy":"x","approvedBy":"y""#, &[paid, approved]),
        // Beside other faults, which do not show before.
        (r#","paidBy":"x","nonsense":1"#, &[paid]),
    ] {
        assert_forbidden(&stand.order(&stand.alice(), &with(members)).await, named);
    }
    // Scope without role, and role without scope: both must hold.
    for half in [
        stand.alice().scope("write:orders admin:orders"),
        stand.alice().roles(&["manager"]),
        stand.alice().scope("write:orders admin:orders").roles(&["other"]),
        stand.alice().scope("write:orders admin:ordersx").roles(&["clerk"]),
    ] {
        assert_forbidden(&stand.order(&half, &with(r#","approvedBy":"x""#)).await, &[approved]);
    }
    let nested = r#"{"userId":"alice","lines":[{"product":"a"},{"product":"b","discount":5}]}"#;
    assert_forbidden(
        &stand.order(&stand.alice(), nested).await,
        &[("#/lines/1/discount", "role")],
    );
    let wrong = r#"{"userId":"alice","lines":[{"product":"a"},{"product":7,"discount":"x"}]}"#;
    assert_forbidden(
        &stand.order(&stand.alice(), wrong).await,
        &[("#/lines/1/discount", "role")],
    );
}

/// Who sends enough of them does not pass for somebody who cannot spell.
#[tokio::test]
async fn z4_many_other_faults_do_not_hide_a_member() {
    let stand = Stand::new();
    let unknown: String = (0..200).map(|i| format!(",\"a{i}\":1")).collect();
    let body = with(&format!(r#"{unknown},"paidBy":"x""#));
    assert_forbidden(&stand.order(&stand.alice(), &body).await, &[("#/paidBy", "scope")]);
    let lines = r#"{"product":5},"#.repeat(200) + r#"{"product":"a","discount":5}"#;
    let body = format!(r#"{{"userId":"alice","lines":[{lines}]}}"#);
    let discount = ("#/lines/200/discount", "role");
    assert_forbidden(&stand.order(&stand.alice(), &body).await, &[discount]);
}

/// What is misspelt is no member, and a member given twice is not read at all.
#[tokio::test]
async fn b1_b3_no_other_spelling_sets_a_member() {
    let stand = Stand::new();
    for (members, status) in [
        (r#","PaidBy":"x""#, 422),
        (r#","paid_by":"x""#, 422),
        (r#","paidBy ":"x""#, 422),
        (r#","paidBy\u0000":"x""#, 422),
        (r#","paidBy":null,"paidBy":"x""#, 400),
        (r#","paidBy":null,"p\u0061idBy":"x""#, 400),
    ] {
        for token in [stand.alice(), stand.admin()] {
            stand.order(&token, &with(members)).await.assert_problem(status);
        }
    }
}

/// The member that names the caller names nobody else, whatever else the caller may do.
#[tokio::test]
async fn z2_a_member_that_names_the_caller() {
    let stand = Stand::new();
    for other in ["bob", "Alice", "alice ", "", "ali\\u0063e\\u0000"] {
        let body = format!(r#"{{"userId":"{other}","lines":[]}}"#);
        assert_forbidden(&stand.order(&stand.admin(), &body).await, &[("#/userId", "owner")]);
    }
    let client = stand.alice().claim("client_id", "alice");
    assert_forbidden(&stand.order(&client, &with("")).await, &[("#/userId", "owner")]);
    let missing = stand.order(&stand.alice(), r#"{"lines":[]}"#).await;
    assert_eq!(missing.assert_problem(422).json()["errors"][0]["pointer"], "#/userId");
}

#[tokio::test]
async fn b1_nobody_sets_what_the_server_sets() {
    let stand = Stand::new();
    for token in [stand.alice(), stand.admin()] {
        for value in ["1", "null", "\"x\"", "0"] {
            let answer = stand.order(&token, &with(&format!(",\"createdAt\":{value}"))).await;
            let errors = answer.assert_problem(422).json()["errors"].clone();
            assert_eq!(
                (&errors[0]["pointer"], &errors[0]["rule"]),
                (&"#/createdAt".into(), &"server".into())
            );
        }
    }
}

#[tokio::test]
async fn z4_queries_and_forms_have_such_members_too() {
    let stand = Stand::new();
    let ask = |token: &TestToken<'_>, pairs: &str| {
        let bearer = format!("Bearer {}", token.sign());
        let form = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let query = get(&format!("/orders?{pairs}"), &form[..1]);
        let form = request("POST", "/filters", &form, pairs.to_owned());
        let router = stand.router.clone();
        async move { [send(&router, query).await, send(&router, form).await] }
    };
    for answer in ask(&stand.admin(), "user=bob").await {
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_slice()),
            (200, &b"Some(\"bob\") \"\""[..])
        );
    }
    for pairs in ["user=bob", "us%65r=bob", "user="] {
        for answer in ask(&stand.alice(), pairs).await {
            assert_forbidden(&answer, &[("#/user", "scope")]);
        }
    }
    for pairs in ["internal=x", "User=bob"] {
        for answer in ask(&stand.admin(), pairs).await {
            answer.assert_problem(422);
        }
    }
    for answer in ask(&stand.admin(), "user=a&user=b").await {
        answer.assert_problem(400);
    }
}

/// Where nobody is asked who they are, nobody may set what only some may.
#[tokio::test]
async fn z4_nobody_in_particular_may_set_nothing_in_particular() {
    let stand = Stand::new();
    let bearer = format!("Bearer {}", stand.admin().sign());
    for headers in [
        &[("content-type", "application/json")][..],
        &[("content-type", "application/json"), ("authorization", &bearer)],
    ] {
        let post = |body: &'static str| send(&stand.router, request("POST", "/anybody", headers, body));
        assert_eq!(post("{}").await.status, 200);
        post(r#"{"user":"x"}"#).await.assert_problem(401);
    }
}

#[output]
struct Shown {
    #[expose(scope = "admin:ordesr")]
    a: u8,
    #[expose(role = "clrek")]
    b: u8,
}

#[secure(post = "/misspelt", scope = "write:orders")]
async fn misspelt(Json(filter): Json<Filter>) -> Json<Vec<Shown>> {
    let _ = filter;
    Json(vec![Shown { a: 1, b: 2 }])
}

mod vocabulary {
    secure_runtime::scopes! {
        /// Orders are read.
        pub READ = "read:orders";
        /// Orders are written.
        pub WRITE = "write:orders";
    }
}

/// A misspelt scope or role in a member would hide it from everybody: the application does not start.
#[test]
fn members_ask_for_declared_scopes_and_roles_only() {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).roles(roles()).scopes(vocabulary::ALL);
    let faults = SecureRouter::new(security)
        .mount(misspelt)
        .build()
        .unwrap_err()
        .to_string();
    for name in ["\"admin:orders\"", "\"admin:ordesr\"", "\"clrek\""] {
        assert!(faults.contains(name) && faults.contains("misspelt"), "{name}: {faults}");
    }
    assert!(
        !faults.contains("\"write:orders\"") && !faults.contains("\"clerk\""),
        "{faults}"
    );
}
