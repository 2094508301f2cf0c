//! Colour profiles: which of them go with a picture, and how a WebP carries one.
//!
//! In: an ICC profile and a picture's bytes. Out: the bytes with the profile. The profile is kept
//! rather than applied, for converting colours would depend on the machine's arithmetic.

/// Where a profile says what colours it is for.
const SPACE: std::ops::Range<usize> = 16..20;

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Red, green and blue.
    Colour,
    /// Shades of grey.
    Grey,
}

/// The profile, if it fits pixels of this kind and says more than that they are sRGB, which
/// everything that shows pictures takes for granted (that profile weighs 3 kB).
pub fn telling(profile: Option<Vec<u8>>, space: Space) -> Option<Vec<u8>> {
    let wanted: &[u8] = match space {
        Space::Colour => b"RGB ",
        Space::Grey => b"GRAY",
    };
    profile.filter(|profile| profile.get(SPACE) == Some(wanted) && !is_srgb(profile))
}

/// Whether a profile names itself sRGB, in ASCII or UTF-16.
fn is_srgb(profile: &[u8]) -> bool {
    let has = |name: &[u8]| profile.windows(name.len()).any(|part| part == name);
    has(b"sRGB IEC61966") || has(b"\0s\0R\0G\0B\0 \0I\0E\0C")
}

/// A simple lossy WebP (`RIFF`, `WEBP`, one chunk) as an extended one that carries a profile.
pub fn in_webp(simple: &[u8], size: (u32, u32), profile: &[u8]) -> Vec<u8> {
    /// Behind `RIFF`, its length and `WEBP`.
    const CHUNKS: usize = 12;
    const HAS_PROFILE: u8 = 0b0010_0000;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let three = |value: u32| value.to_le_bytes()[..3].to_vec();
    let head = [vec![HAS_PROFILE, 0, 0, 0], three(size.0 - 1), three(size.1 - 1)].concat();
    chunk(&mut out, b"VP8X", &head);
    chunk(&mut out, b"ICCP", profile);
    out.extend_from_slice(simple.get(CHUNKS..).unwrap_or_default());
    let length = (out.len() - 8) as u32;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(body);
    out.extend(std::iter::repeat_n(0, body.len() % 2));
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageDecoder, ImageEncoder};

    use crate::picture::{Format, decoder, scale};

    /// The head of a profile for a space of colours, and the name it gives itself.
    fn profile(space: &[u8; 4], name: &str) -> Vec<u8> {
        let mut profile = vec![0; 131];
        profile[16..20].copy_from_slice(space);
        profile.extend_from_slice(name.as_bytes());
        profile
    }

    fn photograph(profile: Vec<u8>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile).unwrap();
        let pixels: Vec<u8> = (0..600 * 40 * 3).map(|at| (at % 251) as u8).collect();
        encoder.write_image(&pixels, 600, 40, image::ExtendedColorType::Rgb8).unwrap();
        bytes
    }

    fn kept(profile: Vec<u8>) -> (Option<Vec<u8>>, (u32, u32)) {
        let small = scale::scaled(&photograph(profile), Format::Jpeg, Some(480)).unwrap();
        let mut decoder = decoder(&small).unwrap();
        let found = decoder.icc_profile().unwrap();
        let size = decoder.dimensions();
        let pixels = image::DynamicImage::from_decoder(decoder).unwrap();
        assert_eq!((pixels.width(), pixels.height()), size);
        (found, size)
    }

    #[test]
    fn a_smaller_photograph_keeps_the_profile_of_wide_colours() {
        let wide = profile(b"RGB ", "Display P3");
        assert_eq!(kept(wide.clone()), (Some(wide), (480, 32)));
    }

    #[test]
    fn a_profile_that_says_nothing_or_does_not_fit_is_left_out() {
        assert_eq!(kept(profile(b"RGB ", "sRGB IEC61966-2.1")).0, None);
        assert_eq!(kept(profile(b"CMYK", "Coated FOGRA39")).0, None);
        assert_eq!(kept(b"short".to_vec()).0, None);
    }
}
