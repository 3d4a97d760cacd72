use secure_runtime::secure;

mod limits {
    secure_runtime::limits! {
        pub SEARCH = "30/min";
        pub EXPORT = rate("100/day", algorithm = "fixed_quota", per = "tenant");
    }
}

#[secure(get = "/orders", authenticated, rate = limits::search())]
async fn list() {}

fn main() {}
