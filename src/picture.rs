//! Pictures as bytes: how large they are, without what a camera says of its owner, smaller.
//!
//! In: the bytes of a file that anybody may have made. Out: facts, bytes, or what is wrong with
//! them. Pure: no fs; the same bytes give the same bytes.

pub mod clean;
mod profile;
pub mod scale;
pub mod vector;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Limits};

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Scaled as lossy WebP.
    Jpeg,
    /// Scaled as lossless WebP.
    Png,
    /// Published as it is, without metadata.
    Webp,
    /// Published as it is if it holds no script.
    Svg,
    /// Published as it is.
    Other,
}

/// What a file's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The format by its bytes, not its name.
    pub format: Format,
    /// Pixels as shown; `None` where the format does not say.
    pub size: Option<(u32, u32)>,
    /// Whether smaller versions can be made of it.
    pub scalable: bool,
    /// Whether it lies on its side.
    pub turned: bool,
}

/// What is wrong with a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not what its name says, or ends too soon.
    Broken(String),
    /// More pixels than [`MOST_PIXELS`].
    TooLarge(u64, u64),
    /// An SVG with something that may run or load.
    Unsafe(String),
}

/// Pixels of a picture at most: those of the largest cameras, and 400 MB in memory.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Reads the header of a file. `name` helps with formats that have no signature.
pub fn facts(bytes: &[u8], name: &str) -> Result<Facts, Fault> {
    if name.to_ascii_lowercase().ends_with(".svg") {
        vector::check(bytes)?;
        return Ok(Facts { format: Format::Svg, size: vector::size(bytes), scalable: false, turned: false });
    }
    let size = imagesize::blob_size(bytes).map_err(|error| Fault::Broken(error.to_string()))?;
    let (width, height) = (size.width as u64, size.height as u64);
    if width == 0 || height == 0 || width.saturating_mul(height) > MOST_PIXELS {
        return Err(Fault::TooLarge(width, height));
    }
    let format = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => Format::Jpeg,
        Ok(ImageFormat::Png) => Format::Png,
        Ok(ImageFormat::WebP) => Format::Webp,
        _ => Format::Other,
    };
    // What is at most as large as the limit fits into 32 bits.
    let (width, height) = (width as u32, height as u32);
    let scalable = match format {
        Format::Jpeg => true,
        // A smaller version of a palette has more colours and more bytes than the whole (measured:
        // 20.7 kB at 480 pixels against 20.0 kB at 1600); one of an animation would stand still.
        Format::Png => {
            bytes.get(25) != Some(&3) && !bytes.windows(4).take(4096).any(|chunk| chunk == b"acTL")
        }
        Format::Webp | Format::Svg | Format::Other => false,
    };
    if !scalable {
        return Ok(Facts { format, size: Some((width, height)), scalable, turned: false });
    }
    let orientation = decoder(bytes)?.orientation().unwrap_or(Orientation::NoTransforms);
    let size = match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
    };
    Ok(Facts { format, size: Some(size), scalable, turned: orientation != Orientation::NoTransforms })
}

/// A decoder that takes no more memory than the largest allowed picture needs.
fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Fault> {
    let broken = |error: String| Fault::Broken(error);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| broken(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(65_535);
    limits.max_image_height = Some(65_535);
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| broken(error.to_string()))
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Broken(why) => write!(f, "the picture cannot be read: {why}"),
            Fault::TooLarge(width, height) => {
                write!(f, "the picture says that it has {width} × {height} pixels")
            }
            Fault::Unsafe(what) => write!(f, "the picture holds {what}"),
        }
    }
}
