use secure_runtime::secure;

mod limits {
    secure_runtime::limits! {
        pub EXPORT = rate("100/day", per = "tenant");
    }
}

#[secure(get = "/orders", public = "a demo", rate = limits::EXPORT)]
async fn list() {}

fn main() {}
