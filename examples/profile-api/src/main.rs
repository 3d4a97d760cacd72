//! Serves the example, or prints a token for it.
//!
//! ```text
//! cargo run -p profile-api
//! cargo run -p profile-api -- token alice --scope "read:profile"
//! cargo run -p profile-api -- --config examples/profile-api/example.toml
//! cargo run -p profile-api -- --config examples/profile-api/example.toml key reporting --scope "read:reports" --tenant acme
//! ```
#![allow(clippy::print_stdout, reason = "it is a command")]

use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use profile_api::db::Db;
use profile_api::identity_provider::{IdentityProvider, USERS};
use profile_api::keys;
use secure_runtime::Security;
use tokio::net::TcpListener;

/// Profiles and orders, every endpoint secured
#[derive(Parser)]
struct Cli {
    /// Where to listen; port 0 picks a free one and prints it
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Where the database and the keys are kept [default: profile-api-data, beside the configuration if there is one]
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Reads the security from this file, in TOML or JSON, and accepts API keys as well
    #[arg(long)]
    config: Option<PathBuf>,
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
    /// Prints an API key for a program, once; it is good for ninety days, where the example runs with `--config`
    Key {
        /// The program's name
        client: String,
        /// The key's scopes, separated by spaces
        #[arg(long, default_value = "")]
        scope: String,
        /// The organisation that the program belongs to
        #[arg(long)]
        tenant: Option<String>,
    },
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    let folder = cli.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let data = cli.data.unwrap_or_else(|| folder.join("profile-api-data"));
    std::fs::create_dir_all(&data)?;
    let provider = IdentityProvider::open(&data)?;
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
        Some(Command::Key { client, scope, tenant }) => {
            println!("{}", keys::issue(&data, &client, &scope, tenant.as_deref()).await?);
            Ok(())
        }
        None => serve(cli.addr, data, cli.config, &provider).await,
    }
}

async fn serve(
    addr: SocketAddr,
    data: PathBuf,
    config: Option<PathBuf>,
    provider: &IdentityProvider,
) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let db = Db::open(&data.join("profile.db"))?;
    let has_keys = config.is_some();
    let security = match config {
        Some(config) => {
            keys::prepare(&data).await?;
            Security::from_config(config)
        }
        None => profile_api::security(provider.key()),
    };
    let app = profile_api::app(security, db)?;
    let listener = TcpListener::bind(addr).await?;
    print_lines_to_try(listener.local_addr()?, &data, has_keys);
    Ok(secure_runtime::serve(listener, app).await?)
}

fn print_lines_to_try(addr: SocketAddr, data: &Path, has_keys: bool) {
    let data = match data.to_str() {
        Some("profile-api-data") | None => String::new(),
        Some(path) => format!(" --data {path}"),
    };
    let keys = if has_keys {
        format!(
            r#"
KEY=$(cargo run -q -p profile-api --{data} key reporting --scope read:reports --tenant acme)
# 200: a program, by its key
curl -i -H "X-API-Key: $KEY" http://{addr}/organisations/acme/report
"#
        )
    } else {
        String::new()
    };
    println!(
        r#"listening on http://{addr}

Try, in another terminal:
{keys}
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
