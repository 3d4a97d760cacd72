use ::redis::{Cmd, RedisError, ServerErrorKind};

use super::connection::Connection;

/// A script that servers run as a whole.
pub(crate) struct Script {
    text: String,
    hash: String,
}

impl Script {
    pub(crate) fn new(text: String) -> Self {
        let hash = ::redis::Script::new(&text).get_hash().to_owned();
        Self { text, hash }
    }

    pub(crate) fn call(&self) -> Call<'_> {
        Call {
            script: self,
            keys: Vec::new(),
            arguments: Vec::new(),
        }
    }
}

/// One call, with what it is given.
pub(crate) struct Call<'s> {
    script: &'s Script,
    keys: Vec<String>,
    arguments: Vec<String>,
}

impl Call<'_> {
    /// In a cluster all keys have to lie in one slot.
    pub(crate) fn key(&mut self, key: impl Into<String>) -> &mut Self {
        self.keys.push(key.into());
        self
    }

    pub(crate) fn arg(&mut self, argument: impl ToString) -> &mut Self {
        self.arguments.push(argument.to_string());
        self
    }

    /// The whole script goes only to a server that has it not, which is told by its answer. The client's own way would load it
    /// into every server of a cluster, and fail if any of them is away.
    pub(super) async fn ask<T: ::redis::FromRedisValue>(&self, connection: &mut Connection) -> Result<T, RedisError> {
        match connection.ask(&self.command("EVALSHA", &self.script.hash)).await {
            Err(error) if error.kind() == ServerErrorKind::NoScript.into() => connection.ask(&self.whole()).await,
            answer => answer,
        }
    }

    /// The call with the script's text.
    pub(crate) fn whole(&self) -> Cmd {
        self.command("EVAL", &self.script.text)
    }

    fn command(&self, name: &str, script: &str) -> Cmd {
        let mut command = ::redis::cmd(name);
        command
            .arg(script)
            .arg(self.keys.len())
            .arg(&self.keys)
            .arg(&self.arguments);
        command
    }
}
