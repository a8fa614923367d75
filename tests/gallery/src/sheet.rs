//! One screen in all its looks, as one picture: a row for each language, with the light theme before the dark one.

use std::{env, error::Error, fs, path::PathBuf};

use image::{Rgb, RgbImage, imageops};

use crate::picture::Picture;

/// The gap between looks, in pixels.
const GAP: u32 = 8;
const BETWEEN: Rgb<u8> = Rgb([0x88, 0x88, 0x88]);

/// The looks so far.
#[derive(Default)]
pub struct Sheet {
    rows: Vec<(&'static str, Vec<Picture>)>,
}

impl Sheet {
    /// Puts a look after the others of its language.
    pub fn put(&mut self, language: &'static str, look: Picture) {
        match self.rows.last_mut() {
            Some((same, row)) if *same == language => row.push(look),
            _ => self.rows.push((language, vec![look])),
        }
    }

    /// Compares it with the sheet kept under that name, or keeps it if `LIFF_BIND_WRITE` is set. A sheet that looks
    /// different is left in `target/gallery`.
    pub fn keep(&self, name: &str) -> Result<(), Box<dyn Error>> {
        let sheet = self.assemble();
        let repository: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../.."].iter().collect();
        let file = format!("{name}.png");
        let kept = repository.join("docs/gallery").join(&file);
        if env::var_os("LIFF_BIND_WRITE").is_some() {
            return Ok(fs::write(kept, sheet.write()?)?);
        }
        if fs::read(&kept).is_ok_and(|kept| Picture::read(&kept).is_ok_and(|kept| kept.looks_like(&sheet))) {
            return Ok(());
        }
        let seen = repository.join("target/gallery");
        fs::create_dir_all(&seen)?;
        fs::write(seen.join(&file), sheet.write()?)?;
        Err(format!(
            "docs/gallery/{file} is not what was seen: compare it with target/gallery/{file}, and write it anew with LIFF_BIND_WRITE=1"
        )
        .into())
    }

    fn assemble(&self) -> Picture {
        let width = |row: &[Picture]| row.iter().map(|look| look.0.width() + GAP).sum::<u32>() + GAP;
        let height = |row: &[Picture]| row.iter().map(|look| look.0.height()).max().unwrap_or_default() + GAP;
        let rows = || self.rows.iter().map(|(_, row)| row.as_slice());
        let whole = (rows().map(width).max().unwrap_or(GAP), rows().map(height).sum::<u32>() + GAP);
        let mut sheet = RgbImage::from_pixel(whole.0, whole.1, BETWEEN);
        let mut top = GAP;
        for row in rows() {
            let mut left = GAP;
            for look in row {
                imageops::replace(&mut sheet, &look.0, left.into(), top.into());
                left += look.0.width() + GAP;
            }
            top += height(row);
        }
        Picture(sheet)
    }
}
