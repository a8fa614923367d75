//! A picture of a screen, in few colours.

use std::{cmp::Reverse, collections::BTreeMap, error::Error, io::Cursor};

use image::{ImageReader, Rgb, RgbImage, imageops};

/// The side of the squares whose mean brightness is compared, in pixels. Smoother than letters, finer than lines.
const SQUARE: u32 = 10;
/// A square differs from this difference on, out of 255.
const TOLERANCE: u32 = 40;
/// One in this many squares may differ.
const SLACK: usize = 300;

/// How many colours a file has: four bits a pixel.
const COLOURS: usize = 16;

/// A picture. Each channel has 16 shades: it is only looked at and compared, and is kept in the repository.
pub struct Picture(pub(crate) RgbImage);

impl Picture {
    /// Reads a PNG.
    pub fn read(png: &[u8]) -> Result<Self, Box<dyn Error>> {
        let mut image = ImageReader::new(Cursor::new(png)).with_guessed_format()?.decode()?.into_rgb8();
        for Rgb(channels) in image.pixels_mut() {
            *channels = channels.map(|channel| (channel >> 4) * 17);
        }
        Ok(Self(image))
    }

    /// A PNG of its 16 commonest colours; the others become the nearest of them.
    pub fn write(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut frequency = BTreeMap::new();
        for pixel in self.0.pixels() {
            *frequency.entry(pixel.0).or_insert(0_u32) += 1;
        }
        let mut colours: Vec<[u8; 3]> = frequency.keys().copied().collect();
        colours.sort_by_key(|colour| Reverse(frequency.get(colour).copied()));
        let palette = colours.get(..COLOURS).unwrap_or(&colours);
        let nearest: BTreeMap<[u8; 3], u8> = colours
            .iter()
            .map(|colour| {
                (
                    *colour,
                    (0_u8..)
                        .zip(palette)
                        .min_by_key(|(_, own)| distance(*colour, **own))
                        .map_or(0, |(number, _)| number),
                )
            })
            .collect();
        let number = |pixel: &Rgb<u8>| nearest.get(&pixel.0).copied().unwrap_or_default();
        let pairs = |row: Vec<u8>| {
            row.chunks(2)
                .map(|pair| pair.iter().fold(0, |byte, number| byte << 4 | number) << (4 * (2 - pair.len())))
                .collect::<Vec<u8>>()
        };
        let data: Vec<u8> = self.0.rows().flat_map(|row| pairs(row.map(number).collect())).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.0.width(), self.0.height());
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(palette.concat());
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.write_header()?.write_image_data(&data)?;
        Ok(bytes)
    }

    /// Whether a person would call the two the same.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        if self.0.dimensions() != other.0.dimensions() {
            return false;
        }
        let shrunk = |picture: &Self| {
            let grey = imageops::grayscale(&picture.0);
            let (width, height) = grey.dimensions();
            imageops::resize(&grey, width.div_ceil(SQUARE), height.div_ceil(SQUARE), imageops::FilterType::Triangle)
        };
        let (one, two) = (shrunk(self), shrunk(other));
        let pairs = one.pixels().zip(two.pixels());
        let different = pairs.filter(|(one, two)| u32::from(one.0[0].abs_diff(two.0[0])) > TOLERANCE).count();
        different * SLACK <= one.pixels().len()
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.into_iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}
