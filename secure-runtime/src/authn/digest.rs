use aws_lc_rs::digest::{Context, SHA256};

/// SHA-256 of some texts. Each has its length in front, so that no two lists are read alike.
pub(super) fn of_parts(parts: &[&str]) -> [u8; 32] {
    let mut hash = Context::new(&SHA256);
    for part in parts {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    // SHA-256 has these 32 bytes.
    hash.finish().as_ref().first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::of_parts;

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(of_parts(&["ab", "c"]), of_parts(&["a", "bc"]));
        assert_ne!(of_parts(&["ab"]), of_parts(&["ab", ""]));
        assert_eq!(of_parts(&["ab", "c"]), of_parts(&["ab", "c"]));
        assert_ne!(of_parts(&[]), [0; 32]);
    }
}
