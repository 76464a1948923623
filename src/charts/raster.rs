//! SVG → PNG with the embedded Noto Sans alone: no font of the machine, no file, no address.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::{ChartError, tokens};

/// Largest picture, in pixels.
const PIXELS_MAX: f32 = 40_000_000.0;

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

/// Rasterises; `scale` 1.0 is one pixel for each unit of the SVG.
pub(super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = Tree::from_str(svg, &options()).map_err(|error| ChartError::Svg(error.to_string()))?;
    let (width, height) = ((tree.size().width() * scale).ceil(), (tree.size().height() * scale).ceil());
    if !(width >= 1.0 && height >= 1.0 && width * height <= PIXELS_MAX) {
        return Err(ChartError::Png(format!("ukuran {width} × {height} piksel di luar batas")));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let pixmap = Pixmap::new(width as u32, height as u32);
    let mut pixmap = pixmap.ok_or_else(|| ChartError::Png("tidak cukup memori".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| ChartError::Png(error.to_string()))
}
