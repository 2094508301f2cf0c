//! Takes out what a camera or a program wrote beside the pixels: place, time, serial numbers,
//! thumbnails, comments. Colour profiles stay. The pixels are not touched.

use super::Format;

/// The file without metadata; `None` where its parts do not add up. A format that is not known
/// stays as it is.
pub fn clean(bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
        Format::Svg | Format::Other => Some(bytes.to_owned()),
    }
}

/// Whether a segment of a JPEG says how to show the pixels.
fn stays(marker: u8, body: &[u8]) -> bool {
    match marker {
        // JFIF without a thumbnail; Adobe's colour transform.
        0xE0 => body.starts_with(b"JFIF\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_owned();
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        // A marker may be padded.
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if marker == 0xD9 {
            // What stands behind the end, such as a second picture of the camera, goes.
            out.extend_from_slice(&[0xFF, 0xD9]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + length)?;
        if stays(marker, segment.get(4..)?) {
            out.extend_from_slice(segment);
        }
        at += segment.len();
        if marker == 0xDA {
            let scan = &bytes[at..at + scan_length(&bytes[at..])];
            out.extend_from_slice(scan);
            at += scan.len();
        }
    }
}

/// How far compressed data go: up to the next marker that is not a restart.
fn scan_length(rest: &[u8]) -> usize {
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7);
    rest.windows(2).position(ends).unwrap_or(rest.len())
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: usize = 8;
    let mut out = bytes.get(..SIGNATURE)?.to_owned();
    let mut at = SIGNATURE;
    while at < bytes.len() {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        if !matches!(&chunk[4..8], b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        at += chunk.len();
        if &chunk[4..8] == b"IEND" {
            break;
        }
    }
    Some(out)
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 12;
    let mut out = bytes.get(..HEADER)?.to_owned();
    let mut at = HEADER;
    while at + 8 <= bytes.len() {
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let padded = length.checked_add(length % 2)?;
        let chunk = bytes.get(at..at.checked_add(padded)?.checked_add(8)?)?;
        at += chunk.len();
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            // Its second byte says which parts there are.
            b"VP8X" => {
                let start = out.len();
                out.extend_from_slice(chunk);
                *out.get_mut(start + 8)? &= !0b0000_1100;
            }
            _ => out.extend_from_slice(chunk),
        }
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}
