//! Texts that `TestIssuer` cannot make: MACs under keys that are public, and MACs over segments that are no base64url.
//!
//! Each MAC is HMAC-SHA256, printed by this with a `=` at its end, where the key's bytes stand in the file `key`:
//!
//! ```sh
//! printf %s 'HEADER.PAYLOAD' | openssl dgst -sha256 -binary -mac hmac -macopt hexkey:$(xxd -p -c0 key) | basenc --base64url
//! ```

/// `{"typ":"at+jwt","alg":"HS256","x":"x"}`, of a length that leaves two bits unused.
pub(crate) const HEADER: &str = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiIsIngiOiJ4In0";

/// An access token's claims for alice, until 2100. It leaves two bits unused, and has a `-` and a `_`.
pub(crate) const PAYLOAD: &str = concat!(
    "eyJpc3MiOiJodHRwczovL2lzc3Vlci50ZXN0IiwiYXVkIjoiaHR0cHM6Ly9hcGkudGVzdCIsInN1YiI6ImFsaWNlIiwi",
    "Y2xpZW50X2lkIjoidGVzdC1jbGllbnQiLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwianRpIjoidmVj",
    "dG9yIiwieCI6Ing_Pz4-In0",
);

/// The secret of the vectors in [`ENCODINGS`] and [`CANONICAL`].
pub(crate) const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

/// The MAC over `HEADER.PAYLOAD`.
pub(crate) const CANONICAL: &str = "CDYcqim2gad6puUA8A-HjDz9kf-ek_Pm6K0QBoSUyWk";

/// What was done to a segment, from which text at its end to which, and the MAC over the result.
pub(crate) const ENCODINGS: [(&str, Segment, &str, &str, &str); 5] = [
    (
        "a padded header",
        Segment::Header,
        "In0",
        "In0=",
        "wp6EaI7BkxlW5wdgHcGgi5XfTQsZzbX40m3VF5zzxXw",
    ),
    (
        "a padded payload",
        Segment::Payload,
        "In0",
        "In0=",
        "ASxrXTJQCPdIzkbKScc37r-pE61zYOCIsmHL-PtdEpU",
    ),
    (
        "stray bits in the header",
        Segment::Header,
        "In0",
        "In1",
        "lj7MrLe1EP2ihv9b8lZXPHnWih3dcq2ytNBZWrVko8s",
    ),
    (
        "stray bits in the payload",
        Segment::Payload,
        "In0",
        "In1",
        "IfdU7R4vWn0lLcd0sVegzHmycxEtdB-aVoqCC-57rtw",
    ),
    (
        "the alphabet of plain base64",
        Segment::Payload,
        "_Pz4-In0",
        "/Pz4+In0",
        "xlzgnSkXoipFfN7UsyywAmRnUJSn-JLottkKgSu-Avk",
    ),
];

/// Which segment a vector changes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Segment {
    Header,
    Payload,
}

/// A P-256 public key.
pub(crate) const EC_PEM: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQg9DEHp+BAGnHHniRXfbwZTUYTLL
GIK57p/WrRa9vvkkiejrUrdn26xZIQRNtd5fBs7vTQvgJLm5KDfvjP4mCA==
-----END PUBLIC KEY-----
";

/// An RSA public key of 2048 bits.
pub(crate) const RSA_PEM: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4HX0IE8u9z0+s91sfaWo
hSszivsZGtqa3J6C0QjzgV1dnoJz2CJpZ8ETD04v0agdv10yE2vO7VtzEF1eb7Pp
7aGPHsGaKCTAk4yRSlBmuGNrerUWzyyEKX+t4ynnJ5nXQDQwp9GSQKKvXZOBO68w
JG/Bzenu9hp9QWLEt7LLboN1RGmuGtNibKSOoWQGmpBX5vPE87fhWJrnu8OwT8E4
HZm6GC+SvqjftdqOfZnyIKqHlPvX2oPieSFJnROlNRRh1hk74xGi1o1wboqUP9TU
HEhUh/DF3sgnwIg4VuVkEzurNGl5QshyOct6brhTUi0FD+NZA/dEQp8Rctz/YHgx
SQIDAQAB
-----END PUBLIC KEY-----
";

/// An RSA public key of 1024 bits: `openssl genrsa 1024 | openssl rsa -pubout`.
pub(crate) const RSA_1024_PEM: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCeevYmGzgaZA8L74PoaHGquDwr
XF0NLSGDMV+bNYmogZKREvf/8dYZD+LGC0cwlNX5gPHD1c3gi8z6zUjBZFIA/wcj
PTbAGQT70V5yW9LNY1OgHkKCs7yiwJQQTCHTA/upHvnxFmWJUQjgn6mf4DrF43NE
VhuCLinLgajK3Lm4pQIDAQAB
-----END PUBLIC KEY-----
";

/// An RSA public key of 2047 bits, which has as many bytes as one of 2048.
pub(crate) const RSA_2047_PEM: &str = "-----BEGIN PUBLIC KEY-----
MIIBITANBgkqhkiG9w0BAQEFAAOCAQ4AMIIBCQKCAQBnH6MS0IogBX+CLa7uiX4m
qUFW7nYHO6MPdOFeb06VK919O72PyyUTLNVSMmIl7IeITGRzKBu6Mva/9vdEw/Xu
BUj1JnLg+DZW0nrY0Q3gyyJOi0PY84LjwXdNbGWeWYIrdct1gfDaqS8tm1EM55Xb
b3vaHFtdyBxTzyUF6WoLbBxCHsyMhqNqB86/7xSgFLlchSjHcJO7Ol8HjFts27Xw
29pn4E/N+IkixE7zZBTa0i/3zFnYm9EY7O1yexYaqq36IXMEgBDOXQOoItLIBjr4
3zB/lISbzMOqy+0C2XvLR6kLPhVYeyJI+2pPg/kuxFqAhSEFyiORka8aV/hOxUxH
AgMBAAE=
-----END PUBLIC KEY-----
";

/// The same key in another form, and the MAC over `HEADER.PAYLOAD` with these bytes as the secret.
pub(crate) const EC_AS_SECRET: [(Form, &str); 5] = [
    (Form::Pem, "5-9EA2g0e2pwQLzUARgZUNK6aXL7DVhNGbpaOVlrkiE"),
    (
        Form::PemWithoutLastNewline,
        "mp_BPI--X_EdgPRRLNMfJFSMVyORq9o2v7RzZznk_S8",
    ),
    (Form::PemWithCrlf, "GfV15oBlPYP7tKaF8EKEc7hMPYLEfgQ09UtRqSRAghw"),
    (Form::Base64, "EeSWrnIUaMMo_7Zn8Vrrzs3ZHdrbDHZdeQUKg87ps10"),
    (Form::Der, "dGPfqQZhIrvIu9UzTgYzersyqzVv8gzb0qMB1eSbvEc"),
];

/// As [`EC_AS_SECRET`].
pub(crate) const RSA_AS_SECRET: [(Form, &str); 5] = [
    (Form::Pem, "_i5BgnZalJiU_G3Xe_e613JWBC2chbKNw_UPH4HV_XE"),
    (
        Form::PemWithoutLastNewline,
        "2cbE42Gs732RPWfSPk5WkmsNjira0rfUAFWVWmBnWiw",
    ),
    (Form::PemWithCrlf, "0IFT_kvYSOdfCOhGIMEWQNyomTMMze3lV9zJspSJ6l4"),
    (Form::Base64, "A1WnXVcIj9soQMv1eIMDOnUhHBYsW4Cc9tugreOV-0E"),
    (Form::Der, "D1_oXnP5fPjXoSra1l_hj9ooZQKmbPZPkUATDYwufe8"),
];

/// The forms of a public key that somebody could take for a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    Pem,
    PemWithoutLastNewline,
    PemWithCrlf,
    Base64,
    Der,
}

impl Form {
    pub(crate) fn of(self, pem: &str) -> Vec<u8> {
        match self {
            Self::Pem => pem.into(),
            Self::PemWithoutLastNewline => pem.trim_end().into(),
            Self::PemWithCrlf => pem.replace('\n', "\r\n").into(),
            Self::Base64 => body(pem).into(),
            Self::Der => der(pem),
        }
    }
}

/// What a PEM text encodes.
pub(crate) fn der(pem: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(body(pem)).unwrap()
}

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}
