//! Stage 3: who sent the request.

use secure_policy::Access;

use super::Passage;
use super::failure::Failure;
use crate::Problem;
use crate::authn::{Sender, credential};
use crate::waiting::Waiting;

impl Passage {
    /// Whoever has to wait for others is given memory of its own to wait in: the others need less.
    pub(super) async fn identify(&mut self) -> Result<(), Problem> {
        let known = match self.identify_at_once() {
            Some(known) => known,
            None => self.ask_who().await,
        };
        match known {
            Ok(()) => Ok(()),
            Err(failure) => Err(match self.count_failure(failure) {
                Ok(answer) => answer,
                Err(failure) => self.ask_of_failure(failure).await,
            }),
        }
    }

    /// `None` where others have to be asked.
    fn identify_at_once(&mut self) -> Option<Result<(), Failure>> {
        if !self.mounted.needs_caller && matches!(self.mounted.policy.access, Access::Public { .. }) {
            return Some(Ok(()));
        }
        let authenticators = &self.mounted.security.authenticators;
        match authenticators.authenticate(&self.parts, self.peer, self.arrived.unix_seconds)? {
            Ok(sender) => Some(self.know(sender).map_err(|problem| self.failure(problem.into()))),
            Err(refused) => Some(Err(self.failure(refused))),
        }
    }

    fn ask_who(&mut self) -> Waiting<'_, Result<(), Failure>> {
        Box::pin(async {
            let authenticators = &self.mounted.security.authenticators;
            let sender = authenticators
                .ask(&self.parts, self.peer, self.arrived.unix_seconds)
                .await;
            let known = sender.and_then(|sender| self.know(sender));
            known.map_err(|problem| self.failure(problem.into()))
        })
    }

    /// Also of a caller who is refused, the record says who it is.
    fn know(&mut self, sender: Sender) -> Result<(), Problem> {
        let needed = self.mounted.needs_caller;
        self.nonce = sender.nonce;
        if sender.took_long {
            self.have_waited();
        }
        self.record.caller = sender.caller;
        match &self.record.caller {
            None if needed => Err(credential::missing()),
            Some(caller) if self.mounted.sender_constrained && !caller.is_sender_constrained() => {
                Err(credential::unbound())
            }
            _ => Ok(()),
        }
    }
}
