//! `serve NAME`: serves one scenario on a free port of the loopback interface, which it prints with the path and the token to
//! ask with, until standard input ends. On the first processor, if the system allows.

use std::io::Read as _;
use std::net::SocketAddr;

use axum::serve::ListenerExt as _;
use secure_bench_peers::{Place, add_up_metrics, pin, record_metrics, scenarios, write_audit_lines};
use secure_benches::scenario::{Group, Issuer, Signing, user};
use tokio::net::TcpListener;

fn main() -> Result<(), String> {
    let name: Vec<String> = std::env::args().skip(1).collect();
    let name = name.join(" ");
    pin(Place::First);
    record_metrics();
    add_up_metrics();
    let scenario = scenarios().into_iter().find(|scenario| scenario.name == name);
    let scenario = scenario.ok_or_else(|| format!("`{name}` is no scenario"))?;
    if scenario.group == Group::Audit {
        write_audit_lines();
    }
    // As many workers as there are processors for us: one, where we are pinned.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let app = scenario.app().router();
    let served = runtime.block_on(async move {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let alice = user(1);
        let token = Issuer::shared(Signing::Hs256).token(&alice);
        println!("http://{address}/e0/users/{alice}/profile {token}");
        let listener = listener.tap_io(|connection| {
            if let Err(error) = connection.set_nodelay(true) {
                eprintln!("{error}");
            }
        });
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await?
    });
    served.map(drop).map_err(|error: std::io::Error| error.to_string())
}
