//! Whether a colour that a site chose can be read on the one behind it (WCAG 2.2, 1.4.3).

use std::collections::BTreeMap;

use super::options::ThemeOption;
use crate::content::data::Data;
use crate::diag::{Code, Diags, Span};

/// The least contrast of text to what is behind it.
const ENOUGH: f64 = 4.5;

/// Warns of an option that a site set, or whose background it set, if it can no longer be read.
pub(super) fn check<'v>(
    option: &ThemeOption,
    own: &BTreeMap<&str, (Data, Span)>,
    value: impl Fn(&str) -> Option<&'v Data>,
    diags: &mut Diags,
) {
    let Some(ground) = option.on.as_deref() else {
        return;
    };
    let Some((_, span)) = own.get(option.name.as_str()).or_else(|| own.get(ground)) else {
        return;
    };
    let (Some(front), Some(behind)) = (value(&option.name), value(ground)) else {
        return;
    };
    for page in ["light", "dark"] {
        let (Some(Data::Text(front)), Some(Data::Text(behind))) = (front.get(page), behind.get(page)) else {
            continue;
        };
        let found = ratio(front, behind);
        if found < ENOUGH {
            let message = format!(
                "`{}` {front} on `{ground}` {behind} has a contrast of {found:.1}:1 on {page} pages",
                option.name
            );
            diags.warning(Code::Contrast, *span, message).set_help(
                "text needs 4.5:1; choose another colour, or one for each: `{ light = \"#…\", dark = \"#…\" }`",
            );
        }
    }
}

/// The contrast of two colours, from 1 to 21.
fn ratio(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of `#rrggbb`, from 0 to 1.
fn luminance(color: &str) -> f64 {
    let channel = |at: usize| {
        let digits = color.get(at..at + 2).unwrap_or_default();
        let part = f64::from(u8::from_str_radix(digits, 16).unwrap_or(0)) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 0.001);
        assert!((ratio("#777777", "#ffffff") - 4.48).abs() < 0.01);
    }
}
