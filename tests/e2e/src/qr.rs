//! QR codes in screenshots.

use crate::{Failure, Result};

/// The text of the one QR code in a PNG.
pub fn qr_text(png: &[u8]) -> Result<String> {
    let image = image::load_from_memory(png)?.to_luma8();
    let mut image = rqrr::PreparedImage::prepare(image);
    let grids = image.detect_grids();
    let grid = grids.first().ok_or_else(|| Failure::new("there is no QR code"))?;
    Ok(grid.decode()?.1)
}
