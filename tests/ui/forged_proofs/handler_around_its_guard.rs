

mod orders {
    #[secure_runtime::secure(get = "/orders", authenticated)]
    pub async fn list() {}
}

async fn around() {
    orders::list().await;
}

fn main() {}
