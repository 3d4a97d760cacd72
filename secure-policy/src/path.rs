use std::fmt;

use crate::ParseError;

/// A parameter of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, without braces.
    pub name: String,
    /// Does it take the whole rest of the path, as in `{*rest}`?
    pub catch_all: bool,
}

/// A route's path, in axum's syntax: `/users/{user_id}/files/{*rest}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    text: String,
    parameters: Vec<Parameter>,
}

impl PathTemplate {
    /// Reads a path.
    ///
    /// # Errors
    ///
    /// If it does not start with `/`, has the older `:name` or `*name` syntax, an empty segment, a query, a parameter
    /// that fills only part of its segment, a nameless or repeated parameter, or a catch-all before the end.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let Some(rest) = text.strip_prefix('/') else {
            return Err(ParseError::new(
                format!("the path `{text}` does not start with `/`"),
                format!("write `\"/{text}\"`"),
            ));
        };
        if let Some(bad) = text
            .chars()
            .find(|c| matches!(c, '?' | '#' | '%') || !c.is_ascii_graphic())
        {
            return Err(ParseError::new(
                format!("`{}` cannot stand in a path", bad.escape_default()),
                "write the path alone, as it is matched after decoding, in printable ASCII",
            ));
        }
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut segments = rest.split('/').peekable();
        while let Some(segment) = segments.next() {
            let last = segments.peek().is_none();
            if segment.is_empty() && !last {
                return Err(ParseError::new(
                    format!("the path `{text}` has an empty segment"),
                    "remove the doubled `/`",
                ));
            }
            let Some(parameter) = parameter(segment)? else {
                continue;
            };
            if parameter.catch_all && !last {
                return Err(ParseError::new(
                    format!("`{segment}` takes the rest of the path, so nothing can follow it"),
                    "put it last, or drop the `*`",
                ));
            }
            if parameters.iter().any(|p| p.name == parameter.name) {
                return Err(ParseError::new(
                    format!("the path names `{}` twice", parameter.name),
                    "give each parameter a name of its own",
                ));
            }
            parameters.push(parameter);
        }
        Ok(Self {
            text: text.to_owned(),
            parameters,
        })
    }

    /// The path as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The path with its parameters' names left out: two paths of one shape match the same requests.
    #[must_use]
    pub fn shape(&self) -> String {
        let segments = self.text.split('/').map(|segment| match segment.as_bytes() {
            [b'{', b'*', ..] => "{*}",
            [b'{', ..] => "{}",
            _ => segment,
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// This path below `prefix`.
    #[must_use]
    pub fn below(&self, prefix: &Self) -> Self {
        let base = prefix.text.trim_end_matches('/');
        // As in axum, `/` below `/orders` is `/orders` itself.
        let text = match (base, self.text.as_str()) {
            ("", own) => own.to_owned(),
            (base, "/") => base.to_owned(),
            (base, own) => format!("{base}{own}"),
        };
        let parameters = [prefix.parameters.as_slice(), self.parameters.as_slice()].concat();
        Self { text, parameters }
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn parameter(segment: &str) -> Result<Option<Parameter>, ParseError> {
    if let Some(name) = segment.strip_prefix(':').or_else(|| segment.strip_prefix('*')) {
        return Err(ParseError::new(
            format!("`{segment}` is axum 0.7's syntax"),
            if segment.starts_with(':') {
                format!("write `{{{name}}}`")
            } else {
                format!("write `{{*{name}}}`")
            },
        ));
    }
    if !segment.contains(['{', '}']) {
        return Ok(None);
    }
    let Some(inner) = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) else {
        return Err(ParseError::new(
            format!("a parameter must fill its whole segment, which `{segment}` does not"),
            "put a `/` around `{name}`",
        ));
    };
    let (catch_all, name) = match inner.strip_prefix('*') {
        Some(name) => (true, name),
        None => (false, inner),
    };
    let mut chars = name.chars();
    let starts_well = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !starts_well || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(ParseError::new(
            format!("`{segment}` does not name a parameter"),
            "write `{name}`, with the name of a Rust variable",
        ));
    }
    Ok(Some(Parameter {
        name: name.to_owned(),
        catch_all,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_parameters_in_order() {
        let path = PathTemplate::parse("/users/{user_id}/files/{*rest}").unwrap();
        let names: Vec<_> = path
            .parameters()
            .iter()
            .map(|p| (p.name.as_str(), p.catch_all))
            .collect();
        assert_eq!(names, [("user_id", false), ("rest", true)]);
        assert_eq!(path.shape(), "/users/{}/files/{*}");
        let nested = path.below(&PathTemplate::parse("/v1/").unwrap());
        assert_eq!(nested.as_str(), "/v1/users/{user_id}/files/{*rest}");
        assert!(PathTemplate::parse("/").unwrap().parameters().is_empty());
    }

    #[test]
    fn refuses_malformed_paths() {
        for text in [
            "",
            "users",
            "/a//b",
            "/:id",
            "/*rest",
            "/{}",
            "/{*}",
            "/{id",
            "/id}",
            "/a{id}",
            "/{id}.json",
            "/{1d}",
            "/{id}/{id}",
            "/{*rest}/x",
            "/a?b",
            "/a%20b",
            "/a b",
            "/{i-d}",
            "/\u{e9}",
        ] {
            assert!(PathTemplate::parse(text).is_err(), "{text}");
        }
    }
}
