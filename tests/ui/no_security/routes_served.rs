use secure_runtime::Routes;

async fn run(listener: tokio::net::TcpListener, routes: Routes) {
    secure_runtime::serve(listener, routes).await.ok();
}

fn main() {}
