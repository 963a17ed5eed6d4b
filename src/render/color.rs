//! The grammar of colours that may stand in an attribute: what CSS Color 3 has, plainly written.
//!
//! # Source
//! CSS Color Module Level 3 with the eight-digit and slash notations of Level 4; no `var()`, no `url()`, no escapes.

/// Characters of a colour, at most.
const MAX_LENGTH: usize = 64;

/// The named colours, one a word.
pub(super) const NAMES: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson currentcolor cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent turquoise violet wheat white whitesmoke yellow yellowgreen";

/// Whether a text is a colour.
pub(super) fn is_color(text: &str) -> bool {
    if text.len() > MAX_LENGTH || !text.is_ascii() {
        return false;
    }
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    match text.split_once('(') {
        None => NAMES.split(' ').any(|name| name.eq_ignore_ascii_case(text)),
        Some((name, rest)) => {
            let is_known = ["rgb", "rgba", "hsl", "hsla"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name));
            is_known && rest.strip_suffix(')').is_some_and(are_channels)
        }
    }
}

/// Three channels and perhaps an opacity: all between commas, or between spaces and the last behind a slash.
fn are_channels(text: &str) -> bool {
    let has_commas = text.contains(',');
    let (channels, opacity) = match (has_commas, text.split_once('/')) {
        (true, Some(_)) => return false,
        (false, Some((channels, opacity))) => (channels, Some(opacity)),
        (_, None) => (text, None),
    };
    let count = match has_commas {
        true => count_numbers(channels.split(',').map(|channel| channel.trim_matches(' '))),
        false => count_numbers(channels.split(' ').filter(|channel| !channel.is_empty())),
    };
    let is_opaque = opacity.is_none_or(|opacity| is_number(opacity.trim_matches(' ')));
    is_opaque && (count == Some(3) || (has_commas && count == Some(4)))
}

/// How many there are, if all are numbers.
fn count_numbers<'t>(mut parts: impl Iterator<Item = &'t str>) -> Option<usize> {
    parts.try_fold(0, |count, part| is_number(part).then_some(count + 1))
}

/// Digits with at most one point within or before them, perhaps a sign before and a percent sign behind.
fn is_number(text: &str) -> bool {
    let text = text.strip_suffix('%').unwrap_or(text);
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole)
        && fraction.map_or(!whole.is_empty(), |fraction| {
            !fraction.is_empty() && are_digits(fraction)
        })
}
