use secure_runtime::secure;

mod limits {
    secure_runtime::limits! {
        pub SEARCH = "30/min";
        pub EXPORT = rate("100/day", algorithm = "fixed_quota", per = "tenant");
    }
}

const SEARCH: secure_runtime::policy::Rate = secure_runtime::policy::Rate::new(30, 60);

#[secure(get = "/orders", authenticated, rate = SEARCH)]
async fn list() {}

fn main() {}
