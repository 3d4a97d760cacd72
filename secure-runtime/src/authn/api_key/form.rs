//! How a key is written: `prefix_` + id + `_` + secret + checksum, in letters and digits.

use aws_lc_rs::error::Unspecified;
use zeroize::{Zeroize as _, Zeroizing};

use super::key::ApiKey;

/// Letters and digits: a double click selects all of a key, and no scanner, shell or URL breaks it up.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 71 random bits: no two keys of one store have the same.
const ID: usize = 12;
/// 256 random bits.
const SECRET: usize = 43;
/// A CRC-32 in base 62.
const CHECKSUM: usize = 6;
const TAIL: usize = SECRET + CHECKSUM;
const MAX_PREFIX: usize = 24;

/// A regular expression that finds the keys of `prefix` in any text, for secret scanners.
///
/// It uses nothing but classes and counts, which every engine knows. What it finds is a key with near certainty: 61
/// characters of one alphabet in two groups. Whoever wants to be sure compares the checksum: the last six characters are
/// the CRC-32 (IEEE) of everything before them, in base 62 with the digits `0-9A-Za-z`, the highest first.
///
/// ```
/// use secure_runtime::api_key::scanner_pattern;
///
/// assert_eq!(scanner_pattern("myapp"), "myapp_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
/// ```
#[must_use]
pub fn scanner_pattern(prefix: &str) -> String {
    format!("{}_[0-9A-Za-z]{{{ID}}}_[0-9A-Za-z]{{{TAIL}}}", regex::escape(prefix))
}

/// The form of the keys under one prefix.
#[derive(Clone)]
pub(super) struct Form {
    /// With the `_` that ends it.
    lead: Box<str>,
}

impl Form {
    /// `None` for a prefix that is not lower-case letters and digits, a letter first, in groups with `_` between them.
    pub(super) fn new(prefix: &str) -> Option<Self> {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let fits = prefix.len() <= MAX_PREFIX && prefix.starts_with(|c: char| c.is_ascii_lowercase());
        (fits && prefix.split('_').all(is_word)).then(|| Self {
            lead: format!("{prefix}_").into(),
        })
    }

    pub(super) fn prefix(&self) -> &str {
        self.lead.trim_end_matches('_')
    }

    /// A fresh key.
    ///
    /// # Errors
    ///
    /// If the system has no random numbers.
    pub(super) fn generate(&self) -> Result<ApiKey, Unspecified> {
        // As large as it gets, so that it never moves and leaves a copy behind.
        let mut text = String::with_capacity(self.len());
        text.push_str(&self.lead);
        push_random(&mut text, ID)?;
        let id = text.get(self.lead.len()..).unwrap_or_default().into();
        text.push('_');
        push_random(&mut text, SECRET)?;
        let checksum = checksum(&text);
        text.extend(checksum.map(char::from));
        Ok(ApiKey::new(id, text))
    }

    /// The id in a key, if it is one: the prefix, the form and the checksum are right. Most of what is no key of ours ends
    /// here, before a store is asked.
    pub(super) fn id<'k>(&self, text: &'k str) -> Option<&'k str> {
        let (id, tail) = text.strip_prefix(&*self.lead)?.split_once('_')?;
        let is_coded = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_coded(id, ID) || !is_coded(tail, TAIL) {
            return None;
        }
        let (body, sum) = text.split_at_checked(text.len().checked_sub(CHECKSUM)?)?;
        (checksum(body) == *sum.as_bytes()).then_some(id)
    }

    /// Does a key stand anywhere in the text?
    pub(super) fn is_in(&self, text: &str) -> bool {
        text.match_indices(&*self.lead).any(|(start, _)| {
            let candidate = text.get(start..start.saturating_add(self.len()));
            candidate.is_some_and(|candidate| self.id(candidate).is_some())
        })
    }

    /// How many bytes a key has.
    pub(super) fn len(&self) -> usize {
        self.lead.len() + ID + 1 + TAIL
    }
}

/// The CRC-32 in base 62, the highest digit first.
pub(super) fn checksum(text: &str) -> [u8; CHECKSUM] {
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut digits = [b'0'; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = digit_of(rest % 62);
        rest /= 62;
    }
    digits
}

/// Characters that are all equally likely: the bytes that would make some of them likelier are left out.
fn push_random(text: &mut String, count: usize) -> Result<(), Unspecified> {
    let mut bytes = Zeroizing::new([0; 64]);
    let mut missing = count;
    while missing > 0 {
        aws_lc_rs::rand::fill(&mut *bytes)?;
        let fair = bytes.iter().filter(|byte| **byte < 4 * 62).take(missing);
        let before = text.len();
        text.extend(fair.map(|byte| char::from(digit_of(u32::from(byte % 62)))));
        missing -= text.len() - before;
    }
    bytes.zeroize();
    Ok(())
}

fn digit_of(value: u32) -> u8 {
    let index = usize::try_from(value % 62).unwrap_or_default();
    ALPHABET.get(index).copied().unwrap_or(b'0')
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn form() -> Form {
        Form::new("myapp").unwrap()
    }

    #[test]
    fn p1_a_key_has_256_random_bits_and_no_two_are_alike() {
        let keys: Vec<_> = (0..2_000).map(|_| form().generate().unwrap()).collect();
        let texts: HashSet<&str> = keys.iter().map(ApiKey::expose).collect();
        let ids: HashSet<&str> = keys.iter().map(ApiKey::id).collect();
        assert_eq!((texts.len(), ids.len()), (keys.len(), keys.len()));
        assert!(f64::from(62).log2() * SECRET as f64 >= 256.0);
        assert!(f64::from(62).log2() * ID as f64 >= 64.0);

        // 86,000 characters over 62: about 1,387 each. 15 % off is more than five standard deviations,
        // and where 256 is not cut down to a multiple of 62, eight characters are 21 % off.
        let mut seen = [0_u32; 128];
        for key in &keys {
            assert_eq!(key.expose().len(), form().len());
            let secret = key.expose().rsplit('_').next().unwrap();
            secret[..SECRET].bytes().for_each(|byte| seen[usize::from(byte)] += 1);
        }
        let expected = 2_000.0 * SECRET as f64 / 62.0;
        for &byte in ALPHABET {
            let share = f64::from(seen[usize::from(byte)]) / expected;
            assert!((0.85..1.15).contains(&share), "{} {share}", char::from(byte));
        }
    }

    #[test]
    fn p1_scanners_find_every_key_in_any_text() {
        for prefix in ["myapp", "a", "my_app_live", "x9"] {
            let form = Form::new(prefix).unwrap();
            let pattern = regex::Regex::new(&scanner_pattern(prefix)).unwrap();
            for _ in 0..200 {
                let key = form.generate().unwrap();
                let text = format!("KEY=\"{}\"\n", key.expose());
                assert_eq!(pattern.find(&text).map(|found| found.as_str()), Some(key.expose()));
                assert!(form.is_in(&text) && form.is_in(&format!("{prefix}_{}", key.expose())));
            }
            assert!(!pattern.is_match(&format!("{prefix}_settings_are_read_from_the_environment")));
        }
        assert!(!regex::Regex::new(&scanner_pattern("a.b")).unwrap().is_match(&format!(
            "axb_{}_{}",
            "0".repeat(ID),
            "0".repeat(TAIL)
        )));
    }

    #[test]
    fn the_checksum_is_crc32_in_base_62() {
        // The check value of CRC-32/ISO-HDLC over these nine digits is CBF43926.
        let mut value = 0_u64;
        for digit in checksum("123456789") {
            value = value * 62 + ALPHABET.iter().position(|known| *known == digit).unwrap() as u64;
        }
        assert_eq!(value, 0xcbf4_3926);
        assert_eq!(checksum(""), *b"000000");
    }

    #[test]
    fn p1_one_wrong_character_is_noticed_wherever_it_stands() {
        let key = form().generate().unwrap();
        assert_eq!(form().id(key.expose()), Some(key.id()));
        for i in 0..key.expose().len() {
            for other in [b'a', b'B', b'7', b'_', b' '] {
                let mut bytes = key.expose().as_bytes().to_vec();
                if bytes[i] == other {
                    continue;
                }
                bytes[i] = other;
                assert_eq!(form().id(std::str::from_utf8(&bytes).unwrap()), None, "{i}");
            }
        }
    }

    #[test]
    fn p1_nothing_but_a_key_is_a_key() {
        let key = form().generate().unwrap();
        let text = key.expose();
        let own_checksum = |body: &str| format!("{body}{}", String::from_utf8(checksum(body).to_vec()).unwrap());
        for cut in 0..text.len() {
            assert_eq!(form().id(&text[..cut]), None);
        }
        let secret = "s".repeat(SECRET);
        for other in [
            format!(" {text}"),
            format!("{text} "),
            format!("{text}0"),
            format!("{text}\n"),
            text.to_uppercase(),
            text.replacen('_', "-", 1),
            text.replacen('_', "__", 1),
            text.replace("myapp", "myapq"),
            Form::new("other").unwrap().generate().unwrap().expose().to_owned(),
            own_checksum(&format!("myapp_short_{secret}")),
            own_checksum(&format!("myapp_{}_{secret}s", "0".repeat(ID))),
            own_checksum(&format!("myapp_{}_{secret}", "é".repeat(ID / 2))),
            own_checksum(&format!("other_{}_{secret}", "0".repeat(ID))),
            "é".repeat(40),
            "a".repeat(64 * 1024),
            format!("myapp_{}", "_".repeat(64 * 1024)),
            String::new(),
        ] {
            assert_eq!(form().id(&other), None, "{other:.80}");
        }
        assert!(
            form()
                .id(&own_checksum(&format!("myapp_{}_{secret}", "0".repeat(ID))))
                .is_some()
        );
    }

    #[test]
    fn prefixes_are_words() {
        for good in ["a", "myapp", "my_app_live", "x9", &"p".repeat(MAX_PREFIX)] {
            assert_eq!(Form::new(good).unwrap().prefix(), good);
        }
        for bad in [
            "",
            "_",
            "My",
            "9x",
            "a_",
            "_a",
            "a__b",
            "a-b",
            "ä",
            "a b",
            "a\n",
            &"p".repeat(25),
        ] {
            assert!(Form::new(bad).is_none(), "{bad:?}");
        }
    }
}
