use secure_runtime::{SecureRouter, Security, secure};

#[secure(get = "/orders/1", authenticated)]
async fn list_1() {}

#[secure(get = "/orders/2", authenticated)]
async fn list_2() {}

#[secure(get = "/orders/3", authenticated)]
async fn list_3() {}

#[secure(get = "/orders/4", authenticated)]
async fn list_4() {}

#[secure(get = "/orders/5", authenticated)]
async fn list_5() {}

#[secure(get = "/orders/6", authenticated)]
async fn list_6() {}

#[secure(get = "/orders/7", authenticated)]
async fn list_7() {}

#[secure(get = "/orders/8", authenticated)]
async fn list_8() {}

#[secure(get = "/orders/9", authenticated)]
async fn list_9() {}

#[secure(get = "/orders/10", authenticated)]
async fn list_10() {}

#[secure(get = "/orders/11", authenticated)]
async fn list_11() {}

#[secure(get = "/orders/12", authenticated)]
async fn list_12() {}

#[secure(get = "/orders/13", authenticated, rate = "0/s")]
async fn list_13() {}

#[secure(get = "/orders/14", authenticated)]
async fn list_14() {}

#[secure(get = "/orders/15", authenticated)]
async fn list_15() {}

#[secure(get = "/orders/16", authenticated)]
async fn list_16() {}

#[secure(get = "/orders/17", authenticated)]
async fn list_17() {}

#[secure(get = "/orders/18", authenticated)]
async fn list_18() {}

#[secure(get = "/orders/19", authenticated)]
async fn list_19() {}

#[secure(get = "/orders/20", authenticated)]
async fn list_20() {}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security)
        .mount((list_1, list_2, list_3, list_4, list_5, list_6, list_7, list_8, list_9, list_10))
        .mount((list_11, list_12, list_13, list_14, list_15, list_16, list_17, list_18, list_19, list_20))
}

fn main() {}
