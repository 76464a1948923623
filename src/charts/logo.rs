//! A picture that somebody hands in for a letterhead, drawn anew as PNG: what comes out holds pixels and nothing
//! else, whatever stood in the file. An SVG reaches no file and no address; a PNG or JPEG is measured before it is
//! unpacked.

use std::sync::Arc;

use resvg::tiny_skia::{IntRect, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree};

use super::raster;

/// Bytes of a picture at most.
pub const LOGO_BYTES_MAX: usize = 1 << 20;
/// Pixels of a side of a PNG or JPEG at most.
const SIDE_PIXELS_MAX: u32 = 4_000;
/// Pixels of the longer side as it is kept: 25 mm at 600 dots an inch.
const KEPT_PIXELS: u32 = 600;
/// `<use>` elements of an SVG at most: each can double what is drawn.
const USES_MAX: usize = 12;

/// Why a picture cannot be a logo. The display is the message for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// Too many bytes.
    #[error("gambar lebih besar dari {} KB; perkecil dahulu", LOGO_BYTES_MAX >> 10)]
    TooLarge,
    /// Too many pixels.
    #[error("gambar lebih dari {SIDE_PIXELS_MAX} piksel di satu sisi; perkecil dahulu")]
    TooManyPixels,
    /// Neither PNG nor JPEG nor SVG, or broken.
    #[error("gambar tidak dapat dibaca; pakai PNG, JPEG, atau SVG")]
    Unreadable,
    /// An SVG that refers to its own parts too often.
    #[error("gambar SVG ini terlalu rumit; simpan sebagai PNG")]
    TooComplex,
    /// Nothing to be seen.
    #[error("gambar ini kosong: tidak ada yang terlihat di dalamnya")]
    Blank,
}

/// The picture as PNG, cut to what is to be seen, its longer side at most 600 pixels.
pub fn logo(bytes: &[u8]) -> Result<Vec<u8>, LogoError> {
    if bytes.len() > LOGO_BYTES_MAX {
        return Err(LogoError::TooLarge);
    }
    let tree = match measured(bytes)? {
        Some(kind) => framed(&kind)?,
        None => vector(bytes)?,
    };
    let drawn = tree.size();
    let scale = f64::from(KEPT_PIXELS) / f64::from(drawn.width().max(drawn.height()));
    if !scale.is_finite() || scale <= 0.0 {
        return Err(LogoError::Unreadable);
    }
    let mut pixmap = Pixmap::new(KEPT_PIXELS, KEPT_PIXELS).ok_or(LogoError::Unreadable)?;
    #[expect(clippy::cast_possible_truncation, reason = "a scale needs no more digits")]
    let scale = scale as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let seen = seen(&pixmap).ok_or(LogoError::Blank)?;
    let cut = pixmap.clone_rect(seen).ok_or(LogoError::Blank)?;
    cut.encode_png().map_err(|_error| LogoError::Unreadable)
}

/// A picture of pixels that is not too large; `None` where it may be an SVG.
fn measured(bytes: &[u8]) -> Result<Option<ImageKind>, LogoError> {
    let data = || Arc::new(bytes.to_vec());
    let (kind, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
        (ImageKind::PNG(data()), number(16).zip(number(20)))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        (ImageKind::JPEG(data()), jpeg_size(bytes))
    } else {
        return Ok(None);
    };
    match size.ok_or(LogoError::Unreadable)? {
        (0, _) | (_, 0) => Err(LogoError::Unreadable),
        (width, height) if width.max(height) > SIDE_PIXELS_MAX => Err(LogoError::TooManyPixels),
        _ => Ok(Some(kind)),
    }
}

/// Width and height of a JPEG, from its frame header (ITU T.81, B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return number(at + 7).zip(number(at + 5)),
            0x01 | 0xD0..=0xD9 => at += 2,
            _ => at += 2 + usize::try_from(number(at + 2)?).ok()?,
        }
    }
}

/// A drawing that holds the picture alone.
fn framed(kind: &ImageKind) -> Result<Tree, LogoError> {
    const FRAME: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='600'>\
        <image href='logo' width='600' height='600' preserveAspectRatio='xMidYMid meet'/></svg>";
    let kind = kind.clone();
    let mut options = options();
    options.image_href_resolver.resolve_string = Box::new(move |href, _options| (href == "logo").then(|| kind.clone()));
    Tree::from_str(FRAME, &options).map_err(|_error| LogoError::Unreadable)
}

fn vector(bytes: &[u8]) -> Result<Tree, LogoError> {
    let text = std::str::from_utf8(bytes).map_err(|_error| LogoError::Unreadable)?;
    let uses: usize = ["<use", ":use"].iter().map(|start| text.matches(start).count()).sum();
    if uses > USES_MAX || text.contains("<!ENTITY") {
        return Err(LogoError::TooComplex);
    }
    Tree::from_str(text, &options()).map_err(|_error| LogoError::Unreadable)
}

/// Fonts of ours, and no file behind any name.
fn options() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_href, _options| None),
        },
        ..raster::options()
    }
}

/// The smallest rectangle that holds every pixel that is not clear.
fn seen(pixmap: &Pixmap) -> Option<IntRect> {
    let mut left = u32::MAX;
    let mut top = u32::MAX;
    let mut right = 0;
    let mut bottom = 0;
    for (place, pixel) in (0_u32..).zip(pixmap.pixels()) {
        if pixel.alpha() > 0 {
            let x = place % pixmap.width();
            let y = place / pixmap.width();
            (left, top) = (left.min(x), top.min(y));
            (right, bottom) = (right.max(x + 1), bottom.max(y + 1));
        }
    }
    let x = i32::try_from(left).ok()?;
    let y = i32::try_from(top).ok()?;
    IntRect::from_xywh(x, y, right.checked_sub(left)?, bottom.checked_sub(top)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    const WIDE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>\
        <rect y='10' width='40' height='20' fill='green'/></svg>";

    #[test]
    fn a_drawing_is_cut_to_what_is_seen() {
        let png = logo(WIDE.as_bytes()).unwrap();
        assert_eq!(size(&png), (600, 300));
        assert_eq!(size(&logo(&png).unwrap()), (600, 300), "a PNG goes the same way");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let png = logo(WIDE.as_bytes()).unwrap();
        let mut huge = png.clone();
        huge[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        let mut broken = png;
        broken.truncate(40);
        let cases: [(&[u8], LogoError); 7] = [
            (b"", LogoError::Unreadable),
            (b"GIF89a", LogoError::Unreadable),
            (&[0xFF, 0xD8, 0xFF, 0xC0], LogoError::Unreadable),
            (b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", LogoError::Blank),
            (&huge, LogoError::TooManyPixels),
            (&broken, LogoError::Blank),
            (&vec![b' '; LOGO_BYTES_MAX + 1], LogoError::TooLarge),
        ];
        for (bytes, error) in cases {
            assert_eq!(logo(bytes), Err(error), "{bytes:.20?}");
        }
        let uses = "<use href='#a'/>".repeat(USES_MAX * 3);
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{uses}</svg>");
        assert_eq!(logo(svg.as_bytes()), Err(LogoError::TooComplex));
    }

    #[test]
    fn a_drawing_reaches_no_file() {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/assets/favicon.svg");
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='{own}' width='9' height='9'/></svg>"
        );
        assert_eq!(logo(svg.as_bytes()), Err(LogoError::Blank));
    }

    #[test]
    fn the_size_of_a_jpeg_stands_in_its_frame() {
        let start = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 17, 8, 1, 0, 2, 0, 3];
        assert_eq!(jpeg_size(&start), Some((512, 256)));
        assert_eq!(jpeg_size(&start[..12]), None);
    }
}
