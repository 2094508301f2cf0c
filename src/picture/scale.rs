//! Smaller versions, as WebP: lossy for photographs (libwebp, the one lossy encoder there is),
//! lossless for PNGs, whose edges would blur.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, RgbImage, RgbaImage};
use resize::Pixel::{RGB8, RGBA8P};
use resize::Type::Catrom;
use rgb::FromSlice;

use super::profile::{self, Space, telling};
use super::{Facts, Fault, Format, decoder};

/// Pixels from side to side of smaller versions.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// Changes whenever the same bytes would become other bytes, so that no cache gives old ones.
pub const VERSION: u32 = 4;

/// Quality of lossy WebP, 0 to 100: no difference to the eye at the sizes above.
const QUALITY: f32 = 80.0;
/// Quality of a JPEG that is written again only to stand upright.
const UPRIGHT: u8 = 92;

/// The widths that a picture is scaled to, never up.
pub fn widths(facts: &Facts) -> Vec<u32> {
    match (facts.scalable, facts.size) {
        (true, Some((own, _))) => WIDTHS.into_iter().filter(|&width| width < own).collect(),
        _ => Vec::new(),
    }
}

/// The picture at a width, or upright at its own; without metadata.
pub fn scaled(bytes: &[u8], format: Format, width: Option<u32>) -> Result<Vec<u8>, Fault> {
    let broken = |error: image::ImageError| Fault::Broken(error.to_string());
    let mut decoder = decoder(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    if let Some(width) = width.filter(|&width| width < image.width()) {
        let height = u64::from(image.height()) * u64::from(width) / u64::from(image.width());
        image = smaller(image, width, (height as u32).max(1))?;
    }
    let mut out = Vec::new();
    match (format, width) {
        (Format::Png, Some(_)) => {
            let image = if image.color().has_alpha() {
                DynamicImage::ImageRgba8(image.into_rgba8())
            } else {
                DynamicImage::ImageRgb8(image.into_rgb8())
            };
            image
                .write_with_encoder(profiled(
                    WebPEncoder::new_lossless(&mut out),
                    telling(profile, Space::Colour),
                ))
                .map_err(broken)?;
        }
        (Format::Png, None) => {
            let encoder = image::codecs::png::PngEncoder::new(&mut out);
            image.write_with_encoder(profiled(encoder, profile)).map_err(broken)?;
        }
        (_, Some(_)) => {
            let image = image.into_rgb8();
            let encoder = webp::Encoder::from_rgb(&image, image.width(), image.height());
            let encoded = encoder
                .encode_simple(false, QUALITY)
                .map_err(|error| Fault::Broken(format!("it cannot be scaled: {error:?}")))?;
            match telling(profile, Space::Colour) {
                Some(profile) => {
                    out = profile::in_webp(&encoded, (image.width(), image.height()), &profile);
                }
                None => out.extend_from_slice(&encoded),
            }
        }
        (_, None) => {
            // Grey stays grey, everything else is colour.
            let (image, space) = match image.color().has_color() {
                true => (DynamicImage::ImageRgb8(image.into_rgb8()), Space::Colour),
                false => (DynamicImage::ImageLuma8(image.into_luma8()), Space::Grey),
            };
            let encoder = JpegEncoder::new_with_quality(&mut out, UPRIGHT);
            image.write_with_encoder(profiled(encoder, telling(profile, space))).map_err(broken)?;
        }
    }
    Ok(out)
}

/// A picture at a smaller size, with an alpha channel if it had one.
fn smaller(image: DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Fault> {
    let broken = |error: resize::Error| Fault::Broken(format!("it cannot be scaled: {error}"));
    let [from_width, from_height, to_width, to_height] =
        [image.width(), image.height(), width, height].map(|side| side as usize);
    if image.color().has_alpha() {
        let (from, mut to) = (image.into_rgba8(), RgbaImage::new(width, height));
        resize::new(from_width, from_height, to_width, to_height, RGBA8P, Catrom)
            .and_then(|mut resizer| resizer.resize(from.as_rgba(), to.as_rgba_mut()))
            .map_err(broken)?;
        return Ok(DynamicImage::ImageRgba8(to));
    }
    let (from, mut to) = (image.into_rgb8(), RgbImage::new(width, height));
    resize::new(from_width, from_height, to_width, to_height, RGB8, Catrom)
        .and_then(|mut resizer| resizer.resize(from.as_rgb(), to.as_rgb_mut()))
        .map_err(broken)?;
    Ok(DynamicImage::ImageRgb8(to))
}

/// An encoder that keeps the colour profile, if it can.
fn profiled<E: ImageEncoder>(mut encoder: E, profile: Option<Vec<u8>>) -> E {
    if let Some(profile) = profile {
        // Without it the colours are a little off, which is no reason to fail.
        let _ = encoder.set_icc_profile(profile);
    }
    encoder
}
