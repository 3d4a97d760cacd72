use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;

use super::{Asked, Drawn, Shared, script};
use crate::authn::Unavailable;
use crate::limit::backend::Counted;
use crate::limit::counter::Verdict;

impl Shared {
    /// One call for each slot, at the same time. Where all count or none, what was taken is given back if another refused, or
    /// said nothing.
    pub(super) async fn draw_by_slot(
        &self,
        mut asked: Vec<Asked<'_>>,
        counted: Counted,
    ) -> Result<Vec<Verdict>, Unavailable> {
        asked.sort_by(|a, b| slot_of(&a.key).cmp(slot_of(&b.key)));
        let parts: Vec<_> = asked.chunk_by(|a, b| slot_of(&a.key) == slot_of(&b.key)).collect();
        let mut answers = join_all(parts.iter().map(|part| self.draw_part(part, counted))).await;
        let is_admitted = |answer: &Result<Drawn, Unavailable>| answer.as_ref().is_ok_and(Drawn::is_admitted);
        if counted == Counted::Together && !answers.iter().all(is_admitted) {
            let taken = parts.iter().zip(&mut answers).filter(|(_, answer)| is_admitted(answer));
            let back = taken.filter_map(|(part, answer)| answer.as_mut().ok().map(|drawn| self.undo(part, drawn)));
            join_all(back).await;
        }
        let mut verdicts = vec![Verdict::default(); asked.len()];
        for (part, answer) in parts.into_iter().zip(answers) {
            for (Asked { place, .. }, said) in part.iter().zip(answer?.verdicts) {
                if let Some(verdict) = verdicts.get_mut(*place) {
                    *verdict = said;
                }
            }
        }
        Ok(verdicts)
    }

    /// Gives back what was drawn, and says what is left then. What cannot be given back stays counted.
    async fn undo(&self, part: &[Asked<'_>], drawn: &mut Drawn) {
        match self.give_back(part, drawn).await {
            Ok(after) => *drawn = after,
            Err(error) => {
                tracing::warn!(target: "secure::limit", %error, "a request that was refused stays counted in some of its limits");
            }
        }
    }

    async fn give_back(&self, part: &[Asked<'_>], drawn: &Drawn) -> Result<Drawn, Unavailable> {
        let mut call = self.back.call();
        let Some(first) = part.first() else {
            return Err(Unavailable::new("nothing was drawn"));
        };
        let mut mark = [0; 16];
        rand::fill(&mut mark).map_err(|_| Unavailable::new("there is no randomness"))?;
        // In the same slot, since it begins as that key does.
        call.key(format!("{}:back:{}", first.key, URL_SAFE_NO_PAD.encode(mark)));
        call.arg(drawn.at);
        for (Asked { demand, key, .. }, verdict) in part.iter().zip(&drawn.verdicts) {
            let (algorithm, parameters) = script::arguments(demand.limit.counter);
            call.key(key).arg(algorithm).arg(demand.cost).arg(verdict.wait);
            for parameter in parameters.into_iter().flatten() {
                call.arg(parameter);
            }
        }
        Drawn::read(&self.redis.run::<Vec<u64>>(&call).await?, part.len())
    }
}

/// What decides on a key's slot: what stands in its first braces, or all of it.
fn slot_of(key: &str) -> &str {
    let braced = key.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
    braced.map_or(key, |(tag, _)| if tag.is_empty() { key } else { tag })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_decided_as_the_servers_do() {
        for (key, slot) in [
            ("secure:limit:{alice}:a", "alice"),
            ("{shop}:limit:{alice}:a", "shop"),
            ("a{b:limit:{alice}:a", "b:limit:{alice"),
            ("{}limit:{alice}:a", "{}limit:{alice}:a"),
            ("}limit:{alice}:a", "alice"),
            ("limit", "limit"),
        ] {
            assert_eq!(slot_of(key), slot, "{key}");
        }
    }
}
