//! SVG files: whether they hold anything that may run or load when somebody opens them alone.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Fault;

/// Elements that run, embed or animate an address.
const ELEMENTS: [&str; 9] =
    ["script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate", "audio"];

/// Says what is unsafe about an SVG, if anything is.
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Broken("it is not UTF-8".to_owned()))?;
    let mut reader = Reader::from_str(text);
    let mut seen = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                seen = true;
                element(&tag)?;
            }
            Ok(Event::DocType(doctype)) if doctype.to_ascii_lowercase().contains("<!entity") => {
                return Err(Fault::Unsafe("entities of its own".to_owned()));
            }
            Ok(Event::PI(instruction)) if instruction.starts_with("xml-stylesheet") => {
                return Err(Fault::Unsafe("a link to a style sheet".to_owned()));
            }
            Ok(Event::Text(text)) => style(&squeezed(&text))?,
            Ok(Event::CData(text)) => style(&squeezed(&text))?,
            Ok(Event::Eof) if seen => return Ok(()),
            Ok(Event::Eof) => return Err(Fault::Broken("it holds no element".to_owned())),
            Ok(_) => {}
            Err(error) => return Err(Fault::Broken(error.to_string())),
        }
    }
}

fn element(tag: &BytesStart) -> Result<(), Fault> {
    let name = tag.local_name().as_ref().to_lowercase();
    if ELEMENTS.contains(&&*name) {
        return Err(Fault::Unsafe(format!("a <{name}> element")));
    }
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| Fault::Broken(error.to_string()))?;
        let key = attribute.key.local_name().as_ref().to_lowercase();
        if key.starts_with("on") {
            return Err(Fault::Unsafe(format!("an `{key}` attribute")));
        }
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
        let lower = squeezed(&value);
        let web = name == "a" && (lower.starts_with("https://") || lower.starts_with("http://"));
        if key == "href" && !web && !is_inner(&lower) {
            return Err(Fault::Unsafe(format!("a link to `{value}`")));
        }
        style(&lower)?;
    }
    Ok(())
}

/// Refuses style that loads something.
fn style(lower: &str) -> Result<(), Fault> {
    let mut urls = lower.split("url(").skip(1);
    if lower.contains("@import") || urls.any(|url| !is_inner(url.trim_start_matches(['"', '\'']))) {
        return Err(Fault::Unsafe("style that loads something".to_owned()));
    }
    Ok(())
}

/// Whether an address leads to a part of the file, or is a picture itself.
fn is_inner(address: &str) -> bool {
    address.starts_with('#') || address.starts_with("data:image/")
}

/// Without what a browser ignores in addresses, in lower case.
fn squeezed(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    kept.collect::<String>().to_lowercase()
}

/// Whole pixels of the width and height that the root element gives.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::from_str(std::str::from_utf8(bytes).ok()?);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                let pixels = |key: &str| {
                    let value = tag.try_get_attribute(key).ok()??;
                    value.value.trim_end_matches("px").trim().parse::<u32>().ok().filter(|&pixels| pixels > 0)
                };
                return Some((pixels("width")?, pixels("height")?));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(svg: &str) -> bool {
        matches!(check(svg.as_bytes()), Err(Fault::Unsafe(_)))
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        assert!(check(b"<svg width='10' height='20'><path d='M0 0'/><use href='#a'/></svg>").is_ok());
        assert!(fault("<svg><script>alert(1)</script></svg>"));
        assert!(fault("<svg xmlns:s='http://www.w3.org/2000/svg'><s:SCRIPT/></svg>"));
        assert!(fault("<svg onload='x()'/>"));
        assert!(fault("<svg><a href=' java&#10;script:x()'/></svg>"));
        assert!(fault("<svg><image href='https://x.example/a.png'/></svg>"));
        assert!(fault("<svg><style>@import 'https://x.example'</style></svg>"));
        assert!(fault("<svg><rect style='fill: url(https://x.example)'/></svg>"));
        assert!(check(b"<svg><rect fill='url(#p)'/><a href='https://x.example/'/></svg>").is_ok());
        assert!(fault("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"));
        assert!(matches!(check(b"\xff\xfe"), Err(Fault::Broken(_))));
        assert!(matches!(check(b""), Err(Fault::Broken(_))));
    }

    #[test]
    fn sizes_are_read_where_they_are_whole() {
        assert_eq!(size(b"<svg width='10px' height='20'/>"), Some((10, 20)));
        assert_eq!(size(b"<svg viewBox='0 0 1 1'/>"), None);
    }
}
