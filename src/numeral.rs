//! Numbers as people of a language write them: `1,234.5`, `1.234,5`, `१,२३,४५६`.
//!
//! A locale decides by its language and region, a script is passed over; `-u-nu-latn` asks for the digits 0 to 9. Without a locale
//! numbers are plain, `1234.5`, and so they are in languages that the table does not have.
//!
//! # Source
//! CLDR 48: decimal, group, minus and percent signs, grouping and default digits of each language.

use crate::number::{floor, number_text};
use alloc::string::String;

/// Numbers from here on have no decimals to speak of.
const LARGE: f64 = 1e15;

/// How numbers are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numerals<'t> {
    /// What stands before the decimals.
    decimal: &'t str,
    /// What stands between groups of digits; the empty text where there are none.
    group: &'t str,
    grouping: Grouping,
    minus: &'static str,
    /// A percentage, whose number stands for `#`.
    percent: &'static str,
    /// The digit 0; the others follow it.
    zero: char,
}

/// Where a group of digits ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Grouping {
    /// 1,234,567: `3` in the table
    Thousands,
    /// 1234 but 12,345: `5`
    FromFive,
    /// 12,34,567: `2`
    Indian,
}

const PLAIN: Numerals<'static> = Numerals {
    decimal: ".",
    group: "",
    grouping: Grouping::Thousands,
    minus: "-",
    percent: "#%",
    zero: '0',
};
const ENGLISH: Numerals<'static> = Numerals {
    group: ",",
    ..PLAIN
};

/// By language, or language and region where these differ from their language: decimal, group, which grouping, minus, percentage and
/// the digit 0. One text of lines is the smallest in a module.
#[rustfmt::skip]
const BY_LOCALE: &str = "\
af en-CZ en-EE en-HU en-LT en-LV en-PT en-SK en-UA en-ZA es-CR kk ky pt-AO tg uk uz|,|\u{a0}|3|-|#%|0\n\
am cy en es-BR es-BZ es-CU es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US es-419 fil ga gd ha ig ja kk-CN km kn ko ku-IQ mn ms mt sd-IN si so sw ta-MY ta-SG th ti ug yo zh zu|.|,|3|-|#%|0\n\
ar|.|,|3|\u{200e}-|#\u{200e}%\u{200e}|0\n\
ar-BH ar-DJ ar-EG ar-ER ar-IL ar-IQ ar-JO ar-KM ar-KW ar-LB ar-MR ar-OM ar-PS ar-QA ar-SA ar-SD ar-SO ar-SS ar-SY ar-TD ar-YE|\u{66b}|\u{66c}|3|\u{61c}-|#\u{66a}\u{61c}|\u{660}\n\
ar-DZ ar-LY ar-MA ar-TN|,|.|3|\u{200e}-|#\u{200e}%\u{200e}|0\n\
as bn|.|,|2|-|#%|\u{9e6}\n\
az bs el en-BE en-ES en-ID en-IT en-NL en-PL en-RO en-SI es-AR es-BO es-CL es-CO es-EC es-PY es-UY es-VE fy id is jv ln lo ms-BN ms-ID nl pt rw sc sr su sw-CD vi wo|,|.|3|-|#%|0\n\
be ru-UA|,|\u{a0}|5|-|#\u{a0}%|0\n\
bg hu hy ka lv pl pt-CH pt-CV pt-GQ pt-GW pt-LU pt-MO pt-MZ pt-PT pt-ST pt-TL sq|,|\u{a0}|5|-|#%|0\n\
br cs de-AT en-FI en-NO en-SE fr-CA ru sk tk tt|,|\u{a0}|3|-|#\u{a0}%|0\n\
ca da de dsb en-AT en-DE en-DK fr-LU fr-MA gl hsb kl lb mk qu-BO ro|,|.|3|-|#\u{a0}%|0\n\
ckb|\u{66b}|\u{66c}|3|\u{200f}-|#\u{a0}\u{66a}|\u{660}\n\
de-CH de-LI en-CH|.|'|3|-|#%|0\n\
en-FR en-GE eo fr-CH rm|,|\u{202f}|3|-|#%|0\n\
en-IN gu hi kok ml or pa ta te|.|,|2|-|#%|0\n\
es|,|.|5|-|#\u{a0}%|0\n\
et|,|\u{a0}|5|\u{2212}|#%|0\n\
eu|,|.|3|\u{2212}|%\u{a0}#|0\n\
fa|\u{66b}|\u{66c}|3|\u{200e}\u{2212}|#\u{66a}|\u{6f0}\n\
fi lt nb nn no se sv|,|\u{a0}|3|\u{2212}|#\u{a0}%|0\n\
fo hr|,|.|3|\u{2212}|#\u{a0}%|0\n\
fr|,|\u{202f}|3|-|#\u{a0}%|0\n\
gsw|.|'|3|\u{2212}|#\u{a0}%|0\n\
he ur|.|,|3|\u{200e}-|#%|0\n\
it|,|.|5|-|#%|0\n\
it-CH|.|'|5|-|#%|0\n\
ku tr|,|.|3|-|%#|0\n\
mr ne|.|,|2|-|#%|\u{966}\n\
my|.|,|3|-|#%|\u{1040}\n\
oc|,|\u{a0}|3|-|#\u{202f}%|0\n\
pa-PK ps uz-AF|\u{66b}|\u{66c}|3|\u{200e}-\u{200e}|#\u{66a}|\u{6f0}\n\
qu|.|,|3|-|#\u{a0}%|0\n\
sd|.|\u{66c}|3|\u{61c}-|#\u{66a}\u{61c}|\u{660}\n\
sl|,|.|5|\u{2212}|#\u{a0}%|0\n\
ur-IN|\u{66b}|\u{66c}|3|\u{200e}-\u{200e}|#%|\u{6f0}\n\
xh|.|\u{a0}|3|-|#%|0\n\
";

impl<'t> Numerals<'t> {
    /// Those of a locale.
    pub(crate) fn of(locale: Option<&str>) -> Numerals<'static> {
        let locale = locale.unwrap_or_default();
        // The library's search for a text is swift, and large.
        let end = locale.as_bytes().windows(3).position(|part| part == b"-u-");
        let parts = end.and_then(|end| locale.split_at_checked(end));
        let (tag, extension) = parts.unwrap_or((locale, ""));
        let mut subtags = tag.split('-');
        let language = subtags.next().unwrap_or_default();
        let region = subtags.find(|subtag| is_region(subtag));
        let of_region = region.and_then(|region| listed(language, Some(region)));
        let of_language = listed(language, None);
        let found = of_region.or(of_language).unwrap_or(PLAIN);
        if found.zero == ENGLISH.zero || !has_latin_digits(extension) {
            return found;
        }
        // Whoever has other digits writes these as the rest of the language does, or as English.
        let latin = of_language.filter(|numerals| numerals.zero == ENGLISH.zero);
        latin.unwrap_or(Numerals {
            grouping: found.grouping,
            ..ENGLISH
        })
    }

    /// The same with other signs between digits, where there are others.
    pub(crate) fn with(self, decimal: Option<&'t str>, group: Option<&'t str>) -> Numerals<'t> {
        Numerals {
            decimal: decimal.unwrap_or(self.decimal),
            group: group.unwrap_or(self.group),
            ..self
        }
    }

    /// A number with at most one decimal, half away from zero.
    pub(crate) fn amount(&self, number: f64) -> String {
        let mut digits = String::new();
        match (-LARGE..LARGE).contains(&number) {
            true => push_decimal(number, 1, &mut digits),
            false => digits = number_text(number),
        }
        // Nobody has a custom of writing powers of ten.
        match digits.contains('e') {
            true => digits,
            false => self.written(&digits),
        }
    }

    /// The same without groups, as years and the numbers of things are written.
    pub(crate) fn name(&self, number: f64) -> String {
        let ungrouped = Numerals { group: "", ..*self };
        ungrouped.amount(number)
    }

    /// A whole percentage.
    pub(crate) fn percentage(&self, percent: f64) -> String {
        self.percent.replace('#', &self.amount(percent))
    }

    /// Digits with their sign and decimals, as these people write them.
    fn written(&self, text: &str) -> String {
        let size = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = size.split_once('.').unwrap_or((size, ""));
        let is_grouped = self.grouping != Grouping::FromFive || whole.len() > 4;
        let mut out = String::new();
        if size.len() < text.len() {
            out.push_str(self.minus);
        }
        for (position, digit) in whole.bytes().enumerate() {
            if position > 0 && is_grouped && self.begins_group(whole.len() - position) {
                out.push_str(self.group);
            }
            out.push(self.digit(digit));
        }
        if !decimals.is_empty() {
            out.push_str(self.decimal);
        }
        for digit in decimals.bytes() {
            out.push(self.digit(digit));
        }
        out
    }

    /// Whether a group begins with so many digits left.
    fn begins_group(&self, left: usize) -> bool {
        match self.grouping {
            Grouping::Indian => left == 3 || (left > 3 && left % 2 == 1),
            Grouping::Thousands | Grouping::FromFive => left.is_multiple_of(3),
        }
    }

    fn digit(&self, ascii: u8) -> char {
        let place = u32::from(ascii.saturating_sub(b'0'));
        char::from_u32(u32::from(self.zero) + place).unwrap_or_default()
    }
}

/// The line of a language, or of that in a region.
fn listed(language: &str, region: Option<&str>) -> Option<Numerals<'static>> {
    let is_it = |tag: &str| match (tag.split_once('-'), region) {
        (None, None) => tag.eq_ignore_ascii_case(language),
        (Some((one, other)), Some(region)) => {
            one.eq_ignore_ascii_case(language) && other.eq_ignore_ascii_case(region)
        }
        _ => false,
    };
    let mut lines = BY_LOCALE.split('\n').map(|line| line.split('|'));
    let mut fields = lines.find_map(|mut fields| {
        let is_found = fields.next()?.split(' ').any(is_it);
        is_found.then_some(fields)
    })?;
    Some(Numerals {
        decimal: fields.next()?,
        group: fields.next()?,
        grouping: match fields.next()? {
            "2" => Grouping::Indian,
            "5" => Grouping::FromFive,
            _ => Grouping::Thousands,
        },
        minus: fields.next()?,
        percent: fields.next()?,
        zero: fields.next()?.chars().next()?,
    })
}

/// Two letters or three digits.
fn is_region(subtag: &str) -> bool {
    let mut bytes = subtag.bytes();
    match bytes.len() {
        2 => bytes.all(|byte| byte.is_ascii_alphabetic()),
        3 => bytes.all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// Whether an extension of a tag has `nu-latn`.
fn has_latin_digits(extension: &str) -> bool {
    let mut subtags = extension.split('-');
    let is = |subtag: &str, name: &str| subtag.eq_ignore_ascii_case(name);
    subtags.any(|subtag| is(subtag, "nu")) && subtags.next().is_some_and(|name| is(name, "latn"))
}

/// A number nearer to 0 than 10^15 with at most so many decimals, half away from zero.
pub(crate) fn push_decimal(number: f64, decimals: usize, out: &mut String) {
    let (mut unit, mut rest) = (1_u64, decimals);
    while rest > 0 {
        (unit, rest) = (unit * 10, rest - 1);
    }
    let size = if number < 0.0 { -number } else { number };
    let parts = floor(size * unit as f64 + 0.5) as u64;
    if number < 0.0 && parts > 0 {
        out.push('-');
    }
    push_digits(parts / unit, out);
    let mut fraction = parts % unit;
    if fraction > 0 {
        out.push('.');
    }
    while fraction > 0 {
        unit /= 10;
        out.push(char::from(b'0' + (fraction / unit) as u8));
        fraction %= unit;
    }
}

fn push_digits(number: u64, out: &mut String) {
    if number >= 10 {
        push_digits(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}
