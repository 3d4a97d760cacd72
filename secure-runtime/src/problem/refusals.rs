use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use axum::response::Response;

use super::Problem;
use crate::audit::REQUEST_ID;
use crate::authn::Challenges;
use crate::authn::credential::{self, Scheme};
use crate::header_value::{lasting, number};
use crate::limit::too_many_requests;

/// How an application refuses: with challenges of its own. What floods are answered with is written once, and then copied.
pub(crate) struct Refusals {
    pub(crate) challenges: Challenges,
    usual: Box<[Usual]>,
}

/// A refusal, as whoever used this scheme is answered.
struct Usual {
    problem: Problem,
    used: Option<Scheme>,
    headers: HeaderMap,
    body: Bytes,
}

impl Refusals {
    pub(crate) fn new(challenges: Challenges) -> Self {
        // They are looked for in this order, and most of those who send bad tokens call them `Bearer`.
        let schemes = [Some(Scheme::Bearer), None, Some(Scheme::Dpop)];
        let of_credentials = schemes.into_iter().flat_map(|used| {
            let problems = credential::USUAL.map(credential::invalid).into_iter();
            let problems = problems.chain([credential::missing()]);
            problems.map(move |problem| (problem, used))
        });
        let usual = of_credentials.chain([(too_many_requests(0), None)]);
        Self {
            usual: usual
                .map(|(problem, used)| Usual::new(problem, used, &challenges))
                .collect(),
            challenges,
        }
    }

    /// The response to the request of this id. `used` is the scheme of its credential, which only a challenge depends on.
    pub(crate) fn respond(
        &self,
        problem: Problem,
        used: impl FnOnce() -> Option<Scheme>,
        request_id: HeaderValue,
    ) -> Response {
        let used = problem.0.challenge.as_ref().and_then(|_| used());
        let usual = self.usual.iter().find(|usual| usual.answers(&problem, used));
        let (headers, body) = match usual {
            Some(usual) => (usual.headers.clone(), Body::from(usual.body.clone())),
            None => (problem.headers(&self.challenges, used), Body::from(problem.document())),
        };
        let mut response = problem.respond(headers, body);
        // Whoever reports a refusal can name it.
        response.headers_mut().insert(&REQUEST_ID, request_id);
        response
    }
}

impl Usual {
    fn new(problem: Problem, used: Option<Scheme>, challenges: &Challenges) -> Self {
        let body = Bytes::from(problem.document());
        let mut headers = problem.headers(challenges, used);
        headers.values_mut().for_each(|value| *value = lasting(value.clone()));
        // A copy has no room for more, so what every answer has is there already.
        headers.insert(&REQUEST_ID, HeaderValue::from_static(""));
        headers.insert(CONTENT_LENGTH, number(body.len() as u64));
        Self {
            problem,
            used,
            headers,
            body,
        }
    }

    fn answers(&self, problem: &Problem, used: Option<Scheme>) -> bool {
        self.used == used && self.problem.reads_as(problem)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use http_body_util::BodyExt as _;

    use super::*;

    /// All that a client gets to see.
    fn seen(response: Response) -> (u16, HeaderMap, Bytes) {
        let (parts, body) = response.into_parts();
        let body = body.collect().now_or_never().unwrap().unwrap().to_bytes();
        (parts.status.as_u16(), parts.headers, body)
    }

    #[test]
    fn a_copy_says_what_would_be_written() {
        let challenges = Challenges {
            realm: "api".to_owned(),
            dpop_algs: Some("ES256".to_owned()),
            api_keys: true,
            resource_metadata: Some("https://api.test/.well-known/oauth-protected-resource".to_owned()),
            ..Challenges::unnamed()
        };
        let copying = Refusals::new(challenges.clone());
        let writing = Refusals {
            challenges,
            usual: Box::default(),
        };
        let problems: [fn() -> Problem; 6] = [
            || credential::invalid(credential::UNVERIFIED),
            || credential::invalid(credential::EXPIRED),
            || credential::missing(),
            || too_many_requests(7),
            || credential::missing().detail("in other words"),
            || credential::unbound(),
        ];
        for (i, problem) in problems.iter().enumerate() {
            for used in [None, Some(Scheme::Bearer), Some(Scheme::Dpop)] {
                let [copied, written] = [&copying, &writing].map(|refusals| {
                    let id = HeaderValue::from_static("id");
                    seen(refusals.respond(problem(), || used, id))
                });
                let (status, mut headers, body) = copied;
                // axum would add it.
                let length = headers.remove(CONTENT_LENGTH);
                assert_eq!(length, (i < 4).then(|| body.len().into()), "{i}, {used:?}");
                assert_eq!((status, headers, body), written, "{i}, {used:?}");
            }
        }
    }
}
