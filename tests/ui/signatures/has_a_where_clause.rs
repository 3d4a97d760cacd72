use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list()
where
    u8: Copy,
{
}

fn main() {}
