use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use mime::Mime;

use crate::header_field::sole;

/// Does the client take this format (RFC 9110 §12.5.1)? Without the field, and where it cannot be read, it takes everything.
pub(crate) fn accepts(headers: &HeaderMap, media: &str) -> bool {
    // What most clients send.
    if let Ok(field) = sole(headers, &ACCEPT)
        && field.is_none_or(|field| field == "*/*")
    {
        return true;
    }
    let fields = headers.get_all(ACCEPT);
    let Ok(media) = media.parse::<Mime>() else {
        return true;
    };
    let fields = fields.iter().filter_map(|field| field.to_str().ok());
    let ranges: Vec<Mime> = fields
        .flat_map(|field| field.split(','))
        .filter_map(|range| range.trim().parse().ok())
        .collect();
    if ranges.is_empty() {
        return true;
    }
    // The most specific range counts: `application/json;q=0, */*` takes everything but JSON.
    let matching = ranges
        .iter()
        .filter_map(|range| Some((specificity(range, &media)?, range)));
    matching
        .max_by_key(|(specificity, _)| *specificity)
        .is_some_and(|(_, range)| is_wanted(range))
}

/// How closely the range describes the format; `None` if it does not.
fn specificity(range: &Mime, media: &Mime) -> Option<u8> {
    match (range.type_(), range.subtype()) {
        (mime::STAR, _) => Some(0),
        (kind, mime::STAR) if kind == media.type_() => Some(1),
        (kind, subtype) if kind == media.type_() && subtype == media.subtype() => Some(2),
        _ => None,
    }
}

/// A weight of 0 is "not this" (RFC 9110 §12.4.2).
fn is_wanted(range: &Mime) -> bool {
    let weight = range
        .get_param("q")
        .and_then(|weight| weight.as_str().parse::<f32>().ok());
    weight.is_none_or(|weight| weight > 0.0)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::accepts;

    #[test]
    fn b2_the_most_specific_range_counts() {
        let takes = |accept: &[&str]| {
            let mut headers = HeaderMap::new();
            for field in accept {
                headers.append("accept", field.parse().unwrap());
            }
            accepts(&headers, "application/json")
        };
        for fine in [
            &[][..],
            &["application/json"],
            &["*/*"],
            &["application/*"],
            &["text/html, application/json;q=0.1"],
            &["text/html", "application/json"],
            &["Application/JSON"],
            &["text/html;q=0, */*"],
            &["application/json;q=0.001, */*;q=0"],
            &["nonsense"],
        ] {
            assert!(takes(fine), "{fine:?}");
        }
        for unmet in [
            &["text/html"][..],
            &["application/json;q=0"],
            &["application/json;q=0.0, */*"],
            &["text/*"],
            &["application/xml, text/html;q=0.9"],
            &["application/jsonx"],
            &["*/*;q=0"],
        ] {
            assert!(!takes(unmet), "{unmet:?}");
        }
    }
}
