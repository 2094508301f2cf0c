//! Pixels of a drawing to PNG. A drawing has few colours, so each pixel is a number of one of 256, which
//! takes half of the bytes of full colours.

use foldhash::{HashMap, HashMapExt};
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use resvg::tiny_skia::Pixmap;

/// Red, green and blue.
type Colour = [u8; 3];

/// How many colours a picture has at most.
const MOST: usize = 256;

/// The PNG of an opaque drawing. Where edges have more shades than a palette has room for, the rarest of
/// them take the nearest other.
pub fn png(drawing: &Pixmap) -> Option<Vec<u8>> {
    let runs: Vec<(Colour, usize)> = (drawing.pixels().chunk_by(PartialEq::eq))
        .map(|run| ([run[0].red(), run[0].green(), run[0].blue()], run.len()))
        .collect();
    let palette = palette(&runs);
    let mut numbers: HashMap<Colour, u8> = HashMap::new();
    let mut rows: Vec<u8> = Vec::with_capacity(drawing.pixels().len());
    for (colour, length) in runs {
        let number = *numbers.entry(colour).or_insert_with(|| nearest(&palette, colour));
        rows.resize(rows.len() + length, number);
    }
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, drawing.width(), drawing.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    // Filters take differences of neighbours, which numbers of colours do not have.
    encoder.set_filter(Filter::NoFilter);
    // A tenth more bytes than at the usual level, and a third less time.
    encoder.set_deflate_compression(DeflateCompression::Level(4));
    encoder.write_header().ok()?.write_image_data(&rows).ok()?;
    Some(file)
}

/// The most frequent colours, the most frequent first.
fn palette(runs: &[(Colour, usize)]) -> Vec<Colour> {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for (colour, length) in runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut counts: Vec<(usize, Colour)> =
        counts.into_iter().map(|(colour, count)| (count, colour)).collect();
    counts.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    counts.truncate(MOST);
    counts.into_iter().map(|(_, colour)| colour).collect()
}

/// Which of the palette is nearest to a colour, by the squares of the differences; of equal ones the first.
fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let apart = |one: &Colour| -> u32 {
        one.iter().zip(colour).map(|(&one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let nearest = (0_u8..=u8::MAX).zip(palette).min_by_key(|(_, one)| apart(one));
    nearest.map_or(0, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::PremultipliedColorU8;

    use super::*;

    /// A drawing whose pixels have these colours, in one row.
    fn row(colours: &[Colour]) -> Pixmap {
        let mut drawing = Pixmap::new(u32::try_from(colours.len()).unwrap(), 1).unwrap();
        for (pixel, [red, green, blue]) in drawing.pixels_mut().iter_mut().zip(colours) {
            *pixel = PremultipliedColorU8::from_rgba(*red, *green, *blue, u8::MAX).unwrap();
        }
        drawing
    }

    fn read(file: &[u8]) -> Vec<Colour> {
        let pixels = image::load_from_memory(file).unwrap().into_rgb8();
        pixels.pixels().map(|pixel| pixel.0).collect()
    }

    #[test]
    fn up_to_256_colours_stay_as_they_are() {
        let colours: Vec<Colour> = (0..=u8::MAX).map(|shade| [shade, 255 - shade, 7]).collect();
        assert_eq!(read(&png(&row(&colours)).unwrap()), colours);
        assert_eq!(read(&png(&row(&[[9, 8, 7]])).unwrap()), [[9, 8, 7]]);
    }

    #[test]
    fn of_more_colours_the_rarest_take_the_nearest_other() {
        let mut colours: Vec<Colour> = (0..=u8::MAX).flat_map(|shade| [[shade, 0, 0]; 2]).collect();
        colours.push([40, 1, 0]);
        let seen = read(&png(&row(&colours)).unwrap());
        assert_eq!(seen.last(), Some(&[40, 0, 0]));
        assert_eq!(seen[..512], colours[..512]);
    }
}
