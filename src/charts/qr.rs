//! A QR code as SVG and PNG: black squares on white with the quiet zone that scanners need. Knows no text's meaning.

use std::fmt::Write;

use qrcode::types::{Color, QrError};
use qrcode::{EcLevel, QrCode};

/// Squares of white around a code, by the standard.
const QUIET: usize = 4;
/// Pixels of a square in the picture.
const SQUARE_PIXELS: usize = 8;

/// A code as rows of squares, the quiet zone with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPicture {
    side: usize,
    dark: Vec<bool>,
}

/// The text is longer than any code holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("teks terlalu panjang untuk kode QR")]
pub struct TooLongForQr;

impl QrPicture {
    /// Draws the code of a text; a seventh of it may be dirty or torn.
    pub fn new(text: &str) -> Result<Self, TooLongForQr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_error: QrError| TooLongForQr)?;
        let inner = code.width();
        let side = inner + 2 * QUIET;
        let mut dark = vec![false; side * side];
        for (place, color) in code.to_colors().into_iter().enumerate() {
            dark[(place / inner + QUIET) * side + place % inner + QUIET] = color == Color::Dark;
        }
        Ok(Self { side, dark })
    }

    /// Squares of a side, the quiet zone with them.
    pub fn side(&self) -> usize {
        self.side
    }

    /// One unit a square.
    pub fn svg(&self) -> String {
        let side = self.side;
        let mut path = String::new();
        for (row, squares) in self.dark.chunks(side).enumerate() {
            let mut column = 0;
            while column < side {
                let run = squares[column..].iter().take_while(|dark| **dark).count();
                if run > 0 {
                    // Writing into a text cannot fail.
                    write!(path, "M{column} {row}h{run}v1h-{run}z").ok();
                }
                column += run.max(1);
            }
        }
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
        )
    }

    /// Black and white, some pixels a square.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let pixels = self.side * SQUARE_PIXELS;
        let line = pixels.div_ceil(8);
        let mut data = Vec::with_capacity(line * pixels);
        for squares in self.dark.chunks(self.side) {
            // A square is a byte: its eight pixels are one bit each.
            let row: Vec<u8> = squares.iter().map(|dark| if *dark { 0x00 } else { 0xff }).collect();
            for _ in 0..SQUARE_PIXELS {
                data.extend_from_slice(&row);
            }
        }
        let mut out = Vec::new();
        let pixels = u32::try_from(pixels).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut out, pixels, pixels);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&data)?;
        writer.finish()?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_read_by_another_library() {
        let text = "SIMPUL-SURAT 1 EVALUASI 2023-C2 2023-08-31 0123ABCDEF";
        let code = QrPicture::new(text).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(code.png().unwrap())).read_info().unwrap();
        let mut bits = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bits).unwrap();
        let side = code.side() * SQUARE_PIXELS;
        let line = side.div_ceil(8);
        let grey = |x: usize, y: usize| if bits[y * line + x / 8] >> (7 - x % 8) & 1 == 1 { 255 } else { 0 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
        let found = image.detect_grids();
        assert_eq!(found[0].decode().unwrap().1, text);
        assert!(code.svg().starts_with("<svg"));
    }
}
