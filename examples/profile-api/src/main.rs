//! Serves the example, or prints a token for it.
//!
//! ```text
//! cargo run -p profile-api
//! cargo run -p profile-api -- token alice --scope "read:profile"
//! ```
#![allow(clippy::print_stdout, reason = "it is a command")]

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use profile_api::db::Db;
use profile_api::identity_provider::{IdentityProvider, USERS};
use tokio::net::TcpListener;

/// Profiles and orders, every endpoint secured
#[derive(Parser)]
struct Cli {
    /// Where to listen; port 0 picks a free one and prints it
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Where the database and the identity provider's key are kept
    #[arg(long, default_value = "profile-api-data", global = true)]
    data: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Prints a token that the running example accepts for an hour
    Token {
        /// alice, bob, vera (a vice president) or admin
        user: String,
        /// The token's scopes, separated by spaces
        #[arg(long, default_value = "")]
        scope: String,
    },
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    std::fs::create_dir_all(&cli.data)?;
    let provider = IdentityProvider::open(&cli.data)?;
    match cli.command {
        Some(Command::Token { user, scope }) => {
            let names: Vec<&str> = USERS.iter().map(|(name, ..)| *name).collect();
            let token = provider.token(&user, &scope)?;
            println!(
                "{}",
                token.ok_or_else(|| format!("there is no user {user:?}; there are {}", names.join(", ")))?
            );
            Ok(())
        }
        None => serve(cli.addr, cli.data, &provider).await,
    }
}

async fn serve(addr: SocketAddr, data: PathBuf, provider: &IdentityProvider) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let db = Db::open(&data.join("profile.db"))?;
    let app = profile_api::app(profile_api::security(provider.key()), db)?;
    let listener = TcpListener::bind(addr).await?;
    print_lines_to_try(listener.local_addr()?, &data);
    Ok(secure_runtime::serve(listener, app).await?)
}

fn print_lines_to_try(addr: SocketAddr, data: &std::path::Path) {
    let data = match data.to_str() {
        Some("profile-api-data") | None => String::new(),
        Some(path) => format!(" --data {path}"),
    };
    println!(
        r#"listening on http://{addr}

Try, in another terminal:

TOKEN=$(cargo run -q -p profile-api --{data} token alice --scope "read:profile write:profile read:orders")
# 200: her own profile
curl -i -H "Authorization: Bearer $TOKEN" http://{addr}/users/alice/profile
# 401: no token
curl -i http://{addr}/users/alice/profile
# 403: somebody else's profile
curl -i -H "Authorization: Bearer $TOKEN" http://{addr}/users/bob/profile
# 413: a body above 4 KiB
head -c 5000 /dev/zero | curl -i -X PUT -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" --data-binary @- http://{addr}/users/alice/profile
# 429: the eleventh request of a minute
for i in $(seq 11); do curl -s -o /dev/null -w '%{{http_code}}\n' -H "Authorization: Bearer $TOKEN" http://{addr}/users/alice/orders; done
"#
    );
}
