//! Values of an outlet's keys: addresses, domains, countries, reach.

use super::{OptText, Scope, SpanKey, Text};
use crate::diag::{Code, Diags, Spanned};
use crate::link::{Address, address};

pub(super) fn text(text: OptText) -> Option<Box<str>> {
    text.filter(|text| !text.value.trim().is_empty()).map(|text| text.value.into())
}

pub(super) fn web(url: OptText, diags: &mut Diags) -> Option<Box<str>> {
    let url = url?;
    if address(&url.value) == Address::Web {
        return Some(url.value.into());
    }
    diags
        .warning(Code::UnsafeLink, url.span, format!("`{}` is no web address and was dropped", url.value))
        .set_help("write an address that begins with https:// or http://");
    None
}

pub(super) fn domain(domain: Spanned<Text>, diags: &mut Diags) -> Option<(Box<str>, SpanKey)> {
    let name = crate::link::normal_host(domain.value.trim());
    let good = crate::link::is_domain(&name);
    if !good {
        diags
            .error(Code::BadValue, domain.span, format!("`{}` is no domain", domain.value))
            .set_help("write it as `example.org`, without https:// and path");
    }
    good.then(|| (name.into(), SpanKey(domain.span)))
}

pub(super) fn country_code(country: Spanned<Text>, diags: &mut Diags) -> Option<Box<str>> {
    let good = country.value.len() == 2 && country.value.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !good {
        diags
            .error(Code::BadValue, country.span, format!("`{}` is no country code", country.value))
            .set_help("write the two letters of ISO 3166, such as `DE`");
    }
    good.then(|| country.value.to_ascii_uppercase().into())
}

pub(super) fn scope_from(scope: &Spanned<Text>, diags: &mut Diags) -> Option<Scope> {
    let all = [Scope::Local, Scope::National, Scope::International];
    let found = all.into_iter().find(|known| known.name() == scope.value);
    if found.is_none() {
        diags
            .error(Code::BadValue, scope.span, format!("`{}` is no scope", scope.value))
            .set_help("write `local`, `national` or `international`");
    }
    found
}
