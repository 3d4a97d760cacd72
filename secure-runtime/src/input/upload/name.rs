/// A suggested name has at most so many characters …
const MAX_CHARS: usize = 128;

/// … and so many bytes, which is what file systems take.
const MAX_BYTES: usize = 255;

/// Names that are devices on Windows, with any ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// What is left of a client's name for a file after whatever could lead somewhere else, or mislead a reader.
pub(super) fn suggestion(sent: &str) -> Option<String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| is_harmless(*c)).take(MAX_CHARS).collect();
    let ends = kept.char_indices().map(|(start, c)| start + c.len_utf8());
    let end = ends.take_while(|end| *end <= MAX_BYTES).last().unwrap_or(0);
    let name = kept
        .split_at(end)
        .0
        .trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let device = DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem));
    (!name.is_empty() && !device).then(|| name.to_owned())
}

fn is_harmless(c: char) -> bool {
    // What no file name has on Windows, `:` among it, which would name a hidden stream.
    let reserved = matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*');
    // What is not seen, or turns the rest of the line around: `photo_gpj.exe`.
    let invisible = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    !c.is_control() && !reserved && !invisible
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn suggested_names_lead_nowhere() {
        for (sent, kept) in [
            ("photo.png", "photo.png"),
            ("Übersicht 2026.pdf", "Übersicht 2026.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\win.ini", "win.ini"),
            ("C:\\Users\\me\\photo.png", "photo.png"),
            ("/etc/.htaccess", "htaccess"),
            ("...hidden. . ", "hidden"),
            ("a\r\nSet-Cookie: b\0.png", "aSet-Cookie b.png"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("file.txt::$DATA", "file.txt$DATA"),
            ("\u{feff}\u{200b}.a", "a"),
        ] {
            assert_eq!(suggestion(sent).as_deref(), Some(kept), "{sent:?}");
        }
        for nothing in [
            "",
            ".",
            "..",
            "/",
            "a/",
            "..\\",
            "\0\r\n",
            " . . ",
            "CON",
            "nul.txt",
            "com1 .png",
            "\u{202e}",
        ] {
            assert_eq!(suggestion(nothing), None, "{nothing:?}");
        }
        assert_eq!(suggestion(&"a".repeat(500)).unwrap().len(), 128);
        let wide = suggestion(&"日".repeat(500)).unwrap();
        assert!(wide.chars().count() == 85 && wide.len() == 255, "{}", wide.len());
    }
}
