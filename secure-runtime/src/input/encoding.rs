//! `Content-Encoding` of a request's body (RFC 9110 §8.4).

use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use axum::http::{HeaderMap, HeaderValue};

use super::refusals::unsupported;
#[cfg(feature = "gzip")]
use super::refusals::{malformed, too_large};
use crate::Problem;
use crate::header_field::{Repeated, sole};

/// How a body is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// As it is.
    Identity,
    /// RFC 9110 §8.4.1.3.
    #[cfg(feature = "gzip")]
    Gzip,
}

/// The one coding of the body. `gzip` says whether the endpoint reads that.
///
/// # Errors
///
/// 415 for any other coding, and for several, with what the endpoint reads (RFC 7694 §3).
pub(super) fn coding(headers: &HeaderMap, gzip: bool) -> Result<Coding, Problem> {
    let gzip = gzip && cfg!(feature = "gzip");
    let name = match sole(headers, &CONTENT_ENCODING) {
        Ok(None) => return Ok(Coding::Identity),
        Ok(Some(field)) => field.to_str().unwrap_or_default().trim().to_ascii_lowercase(),
        Err(Repeated) => String::new(),
    };
    match name.as_str() {
        "identity" => Ok(Coding::Identity),
        #[cfg(feature = "gzip")]
        "gzip" | "x-gzip" if gzip => Ok(Coding::Gzip),
        _ => {
            let offered = if gzip { "gzip" } else { "identity" };
            Err(unsupported("this endpoint does not read a body in this content coding")
                .header(ACCEPT_ENCODING, HeaderValue::from_static(offered)))
        }
    }
}

/// So many bytes are inflated at a stroke: other requests have their turn in between, and the time-out too.
#[cfg(feature = "gzip")]
const STROKE: usize = 64 * 1024;

/// What a single gzip member (RFC 1952) inflates to. No allocation is larger than `cap` bytes.
///
/// # Errors
///
/// 413 above the cap; 400 for what is broken or breaks off, for a wrong checksum, and for anything after the member.
#[cfg(feature = "gzip")]
pub(super) async fn inflate(body: &[u8], cap: usize) -> Result<axum::body::Bytes, Problem> {
    use std::io::Read as _;

    let mut member = flate2::bufread::GzDecoder::new(body);
    let (mut inflated, mut stroke) = (Vec::new(), vec![0; STROKE.min(cap.saturating_add(1))]);
    loop {
        let read = member.read(&mut stroke);
        let read = read.map_err(|error| malformed("the body is not gzip, or not all of it").because(error))?;
        if read == 0 {
            break;
        }
        let needed = inflated.len() + read;
        if needed > cap {
            return Err(too_large());
        }
        if needed > inflated.capacity() {
            let wanted = inflated.capacity().saturating_mul(2).clamp(needed, cap);
            inflated.reserve_exact(wanted - inflated.len());
        }
        inflated.extend_from_slice(stroke.get(..read).unwrap_or_default());
        tokio::task::yield_now().await;
    }
    if !member.into_inner().is_empty() {
        return Err(malformed("something follows the gzip member in the body"));
    }
    Ok(inflated.into())
}

#[cfg(test)]
pub(super) mod tests {
    use std::pin::pin;

    use axum::Json;
    use axum::body::{Body, Bytes};
    use axum::extract::Form;
    use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
    use axum::http::{Request, StatusCode};
    use axum::response::IntoResponse as _;
    use futures_util::FutureExt as _;
    use secure_policy::{Access, ByteSize, Policy};

    use crate::Problem;
    use crate::input::{Argument, Extract, Intake, UncheckedBody, last_argument};

    static POLICY: Policy = Policy::new("test", Access::Optional);

    /// The argument that is read from this request, whose body may have so many bytes.
    pub(in crate::input) fn argument<T: Argument + Extract<()>>(
        fields: &[(HeaderName, &str)],
        body: Body,
        max_body: u64,
        gzip: bool,
    ) -> Result<T, Problem> {
        let mut request = Request::builder();
        for (name, value) in fields {
            request = request.header(name, *value);
        }
        let (mut parts, body) = request.body(body).unwrap().into_parts();
        let mut intake = Intake {
            parts: &mut parts,
            caller: None,
            body: Some(body),
            max_body: ByteSize::new(max_body),
            policy: &POLICY,
            gzip,
            security: None,
            origin: None,
        };
        // Whatever it waits for is there already.
        let mut read = pin!(async { T::extract(&mut intake, &(), last_argument()).await });
        loop {
            if let Some(read) = read.as_mut().now_or_never() {
                return read;
            }
        }
    }

    /// In pieces, and at most 1000 bytes of it.
    fn read<T: Argument + Extract<()>>(media: &str, codings: &[&str], body: &[u8], gzip: bool) -> Result<T, Problem> {
        let codings = codings.iter().map(|coding| (CONTENT_ENCODING, *coding));
        let fields: Vec<_> = codings.chain([(CONTENT_TYPE, media)]).collect();
        let chunks = body
            .chunks(7)
            .map(|chunk| Ok::<_, std::io::Error>(Bytes::copy_from_slice(chunk)));
        let body = Body::from_stream(futures_util::stream::iter(chunks.collect::<Vec<_>>()));
        argument(&fields, body, 1000, gzip)
    }

    fn json(codings: &[&str], body: &[u8], gzip: bool) -> Result<String, Problem> {
        read::<Json<String>>("application/json", codings, body, gzip).map(|Json(text)| text)
    }

    /// The status, and the coding that the answer offers.
    fn refusal<T>(result: Result<T, Problem>) -> (StatusCode, Option<String>) {
        let response = result.map(|_| ()).unwrap_err().into_response();
        let offered = response.headers().get(ACCEPT_ENCODING);
        (
            response.status(),
            offered.map(|value| value.to_str().unwrap().to_owned()),
        )
    }

    fn unsupported(offered: &str) -> (StatusCode, Option<String>) {
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, Some(offered.to_owned()))
    }

    #[test]
    fn l1_a_body_may_say_that_it_is_not_coded() {
        assert_eq!(json(&[], b"\"a\"", false).unwrap(), "a");
        assert_eq!(json(&["Identity"], b"\"a\"", true).unwrap(), "a");
    }

    #[test]
    fn l1_codings_that_nobody_asked_for_are_refused() {
        let unread: [&[&str]; 8] = [
            &["gzip"],
            &["x-gzip"],
            &["br"],
            &["deflate"],
            &[""],
            &["identity, gzip"],
            &["identity", "identity"],
            &["gzip, gzip"],
        ];
        for codings in unread {
            assert_eq!(
                refusal(json(codings, b"\"a\"", false)),
                unsupported("identity"),
                "{codings:?}"
            );
        }
        let any = read::<UncheckedBody<Bytes>>("text/plain", &["gzip"], b"a", true);
        assert_eq!(
            refusal(any),
            unsupported("identity"),
            "nobody counts what it inflates to"
        );
        let form = read::<Form<Vec<String>>>("application/x-www-form-urlencoded", &["gzip"], b"a=1", false);
        assert_eq!(refusal(form), unsupported("identity"));
    }

    #[cfg(feature = "gzip")]
    mod gzip {
        use std::io::Write as _;

        use super::*;

        fn gzip(content: &[u8]) -> Vec<u8> {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        }

        fn text(length: usize) -> Vec<u8> {
            format!("\"{}\"", "a".repeat(length - 2)).into_bytes()
        }

        const BAD: (StatusCode, Option<String>) = (StatusCode::BAD_REQUEST, None);
        const LARGE: (StatusCode, Option<String>) = (StatusCode::PAYLOAD_TOO_LARGE, None);

        #[test]
        fn l1_gzip_is_read_where_it_is_asked_for() {
            for coding in ["gzip", "GZip", "x-gzip", " gzip "] {
                assert_eq!(json(&[coding], &gzip(b"\"a\""), true).unwrap(), "a", "{coding:?}");
            }
            for codings in [&["br"][..], &["gzip, gzip"], &["gzip", "gzip"], &["gzip, identity"]] {
                assert_eq!(refusal(json(codings, b"", true)), unsupported("gzip"), "{codings:?}");
            }
        }

        #[test]
        fn b2_the_cap_holds_for_what_comes_out() {
            assert!(json(&["gzip"], &gzip(&text(1000)), true).is_ok());
            assert_eq!(refusal(json(&["gzip"], &gzip(&text(1001)), true)), LARGE);
            let bomb = gzip(&vec![b' '; 256 * 1024]);
            assert!(bomb.len() < 1000, "{}", bomb.len());
            assert_eq!(refusal(json(&["gzip"], &bomb, true)), LARGE);
        }

        #[test]
        fn b2_the_cap_holds_for_what_comes_in() {
            // Stored and not compressed: 1000 bytes and the frame around them.
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
            encoder.write_all(&text(1000)).unwrap();
            assert_eq!(refusal(json(&["gzip"], &encoder.finish().unwrap(), true)), LARGE);
        }

        #[test]
        fn b2_no_allocation_is_larger_than_the_cap() {
            let body = gzip(&vec![b'a'; 200_000]);
            for cap in [200_000, 200_001, 250_000, 10_000_000] {
                let inflated = super::super::inflate(&body, cap);
                let inflated = tokio::runtime::Builder::new_current_thread()
                    .build()
                    .unwrap()
                    .block_on(inflated)
                    .unwrap();
                assert_eq!(inflated.len(), 200_000);
                let capacity = inflated.try_into_mut().unwrap().capacity();
                assert!(capacity <= cap && capacity <= 400_000, "{capacity} of {cap}");
            }
        }

        #[test]
        fn b2_gzip_is_whole_and_alone() {
            let whole = gzip(b"\"abcdefghijklmnopqrstuvwxyz\"");
            for length in 0..whole.len() {
                assert_eq!(refusal(json(&["gzip"], &whole[..length], true)), BAD, "{length} bytes");
            }
            for after in [&b"\0"[..], b"\"b\"", &whole] {
                assert_eq!(refusal(json(&["gzip"], &[&whole, after].concat(), true)), BAD);
            }
            let mut checksum = whole.clone();
            checksum[whole.len() - 5] ^= 1;
            assert_eq!(refusal(json(&["gzip"], &checksum, true)), BAD);
            assert_eq!(refusal(json(&["gzip"], b"\"a\"", true)), BAD);
        }
    }
}
