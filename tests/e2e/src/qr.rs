//! QR codes in screenshots.

use image::GrayImage;

use crate::{Failure, Result};

/// The size of an image's corner that may be rounded, in CSS pixels.
const CORNER: f64 = 9.0;

/// The text of the one QR code in a PNG.
pub fn qr_text(png: &[u8]) -> Result<String> {
    text(image::load_from_memory(png)?.to_luma8())
}

fn text(image: GrayImage) -> Result<String> {
    let mut image = rqrr::PreparedImage::prepare(image);
    let grids = image.detect_grids();
    let grid = grids.first().ok_or_else(|| Failure::new("there is no QR code"))?;
    Ok(grid.decode()?.1)
}

/// A QR code as the screen shows it, in the screen's own pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Its text.
    pub text: String,
    /// A module's side, if all modules have the same and every pixel is black or white.
    pub module: Option<u32>,
    /// The width of the white margin.
    pub quiet: u32,
}

impl QrCode {
    /// Reads the code in this part of a PNG: left, top, width and height in CSS pixels, `ratio` screen pixels each.
    pub(crate) fn read(png: &[u8], part: [f64; 4], ratio: f64) -> Result<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen is small")]
        let pixels = |length: f64| (length * ratio).round() as u32;
        let [left, top, width, height] = part.map(pixels);
        let image = image::load_from_memory(png)?.to_luma8();
        let image = image::imageops::crop_imm(&image, left, top, width, height).to_image();
        if image.dimensions() != (width, height) {
            return Err(Failure::new("the code is not seen as a whole"));
        }
        let corner = pixels(CORNER);
        let in_corner = |x: u32, y: u32| x.min(width - 1 - x) < corner && y.min(height - 1 - y) < corner;
        let seen = || image.enumerate_pixels().filter(|(x, y, _)| !in_corner(*x, *y));
        let dark: Vec<_> = seen().filter(|(.., pixel)| pixel.0[0] < 128).collect();
        let bounds = |along: fn(u32, u32) -> u32| {
            let all = dark.iter().map(|(x, y, _)| along(*x, *y));
            Some((all.clone().min()?, all.max()?))
        };
        let ((x1, x2), (y1, y2)) =
            bounds(|x, _| x).zip(bounds(|_, y| y)).ok_or_else(|| Failure::new("the code is blank"))?;
        let quiet = [x1, width - 1 - x2, y1, height - 1 - y2].into_iter().min().unwrap_or_default();
        let pure = seen().all(|(.., pixel)| matches!(pixel.0[0], 0..=4 | 251..));
        let dark = |x, y| image.get_pixel(x, y).0[0] < 128;
        let rows = (y1..=y2).flat_map(|y| runs(x1..=x2, move |x| dark(x, y)));
        let columns = (x1..=x2).flat_map(|x| runs(y1..=y2, move |y| dark(x, y)));
        let module = rows.chain(columns).fold(0, greatest_common_divisor);
        // Versions have 21, 25, 29, ... modules (ISO/IEC 18004).
        let whole = module > 0 && (x2 - x1 + 1) / module % 4 == 1;
        Ok(Self { text: text(image.clone())?, module: Some(module).filter(|_| pure && whole), quiet })
    }
}

/// The lengths of the rows of equal pixels.
fn runs(range: std::ops::RangeInclusive<u32>, is_dark: impl Fn(u32) -> bool) -> Vec<u32> {
    let pixels: Vec<_> = range.map(is_dark).collect();
    pixels.chunk_by(|one, next| one == next).filter_map(|run| u32::try_from(run.len()).ok()).collect()
}

fn greatest_common_divisor(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}
