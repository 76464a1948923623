//! SVG → PNG with the embedded Noto Sans alone: no font of the machine, no file, no address.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{BYTES_PER_PIXEL, Pixmap, PixmapMut, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::{ChartError, tokens};

/// Largest picture, in pixels.
const PIXELS_MAX: f32 = 40_000_000.0;

/// Longest side of a picture, in pixels: what every reader of pictures opens.
const SIDE_MAX: f32 = 16_000.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    fonts.set_sans_serif_family(tokens::FONT_FAMILY);
    Arc::new(fonts)
});

/// Our fonts and no other.
pub(super) fn options() -> Options<'static> {
    Options { font_family: tokens::FONT_FAMILY.to_owned(), fontdb: FONTS.clone(), ..Options::default() }
}

/// The wanted scale, or the largest at which a drawing stays within the limits of a picture.
pub(super) fn fitting_scale(svg: &str, wanted: f32) -> f32 {
    let side = |name: &str| {
        let from = svg.split_once(name)?.1;
        from.split('"').next()?.parse::<f32>().ok().filter(|side| *side > 0.0)
    };
    let Some((width, height)) = side("width=\"").zip(side("height=\"")) else { return wanted };
    // A pixel less on either side, since sizes are rounded up.
    let by_pixels = (PIXELS_MAX / (width * height)).sqrt() - 1.0 / width.min(height);
    wanted.min(by_pixels).min((SIDE_MAX - 1.0) / width.max(height))
}

/// Rasterises; `scale` 1.0 is one pixel for each unit of the SVG.
pub(super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let (tree, width, height) = read(svg, scale)?;
    let pixmap = Pixmap::new(width, height);
    let mut pixmap = pixmap.ok_or_else(|| ChartError::Png("tidak cukup memori".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| ChartError::Png(error.to_string()))
}

/// Makes pictures in sixteen greys, one after the other, on the same sheet of pixels.
#[derive(Debug, Default)]
pub struct GreyPictures {
    pixels: Vec<u8>,
    packed: Vec<u8>,
}

impl GreyPictures {
    /// A PNG in sixteen greys: for paper from a black-and-white printer it looks the same at half the size, and it is
    /// packed in a fiftieth of the time. What the drawing lets through is white.
    pub fn png(&mut self, svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
        let (tree, width, height) = read(svg, scale)?;
        // Two pixels a byte, the left one in its upper half; each row begins a byte.
        let row_bytes = BYTES_PER_PIXEL * usize::try_from(width).unwrap_or(usize::MAX);
        self.pixels.clear();
        self.pixels.resize(row_bytes * usize::try_from(height).unwrap_or(0), 0);
        let mut pixmap = PixmapMut::from_bytes(&mut self.pixels, width, height)
            .ok_or_else(|| ChartError::Png("ukurannya tidak cocok".to_owned()))?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap);
        self.packed.clear();
        for row in self.pixels.chunks_exact(row_bytes) {
            let (pixels, _) = row.as_chunks::<BYTES_PER_PIXEL>();
            let (pairs, last) = pixels.as_chunks::<2>();
            self.packed.extend(pairs.iter().map(|[left, right]| grey(*left) << 4 | grey(*right)));
            self.packed.extend(last.iter().map(|pixel| grey(*pixel) << 4));
        }
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_deflate_compression(png::DeflateCompression::Level(1));
        encoder.set_filter(png::Filter::NoFilter);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.packed)?;
            writer.finish()
        });
        written.map_err(|error| ChartError::Png(error.to_string()))?;
        Ok(out)
    }
}

/// Lightness of a premultiplied pixel on white, 0 to 15: Rec. 709 weights of 256.
#[inline]
fn grey([red, green, blue, alpha]: [u8; 4]) -> u8 {
    let light = (54 * u32::from(red) + 183 * u32::from(green) + 19 * u32::from(blue)) / 256 + (255 - u32::from(alpha));
    u8::try_from((light.min(255) * 15 + 127) / 255).unwrap_or(15)
}

/// Reads an SVG; gives its tree, and its width and height in pixels.
fn read(svg: &str, scale: f32) -> Result<(Tree, u32, u32), ChartError> {
    let tree = Tree::from_str(svg, &options()).map_err(|error| ChartError::Svg(error.to_string()))?;
    let width = (tree.size().width() * scale).ceil();
    let height = (tree.size().height() * scale).ceil();
    if !(width >= 1.0 && height >= 1.0 && width * height <= PIXELS_MAX) {
        return Err(ChartError::Png(format!("ukuran {width} × {height} piksel di luar batas")));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    Ok((tree, width as u32, height as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_pixels_stand_where_the_drawing_has_them() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'>\
                   <rect width='1' height='1'/><rect x='2' y='1' width='1' height='1' fill='#777'/></svg>";
        // On a sheet that was drawn on before.
        let mut pictures = GreyPictures::default();
        pictures.png(&svg.replace("#777", "red"), 2.0).unwrap();
        let bytes = pictures.png(svg, 1.0).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut rows = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rows).unwrap();
        assert_eq!(rows, [0x0F, 0xF0, 0xFF, 0x70]);
        assert!(pictures.png(svg, 0.0).is_err());
    }
}
