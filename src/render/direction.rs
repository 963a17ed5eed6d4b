//! Which way a language is written.

/// Languages that are written from right to left, where their tag names no script.
///
/// # Source
/// CLDR 46, `characterOrder` of the likely script of each.
const RIGHT_TO_LEFT: &str = "ar arc ckb dv fa glk he iw ks lrc mzn nqo pnb prs ps sd syr ug ur yi";
/// Scripts that are.
const RIGHT_TO_LEFT_SCRIPTS: &str = "adlm arab aran hebr mand nkoo rohg samr syrc thaa";

/// By the script of a tag, else by its language.
pub(super) fn is_right_to_left(locale: &str) -> bool {
    let is_among = |list: &str, subtag: &str| {
        list.split(' ')
            .any(|known| known.eq_ignore_ascii_case(subtag))
    };
    let mut subtags = locale.split('-');
    let language = subtags.next().unwrap_or_default();
    let script = subtags.next().filter(|subtag| {
        subtag.len() == 4 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    match script {
        Some(script) => is_among(RIGHT_TO_LEFT_SCRIPTS, script),
        None => is_among(RIGHT_TO_LEFT, language),
    }
}
