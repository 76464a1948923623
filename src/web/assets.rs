//! Styles, script, fonts and the favicon, all from within the binary; compressed once, at first use.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::error::PageError;
use super::font::{FONTS, faces};
use super::memo::{StoredAnswer, stored_answer};
use crate::charts::tokens;

const STYLE: &str = include_str!("assets/simpul.css");
const INTAKE_STYLE: &str = include_str!("assets/impor.css");
const REPORT_STYLE: &str = include_str!("assets/laporan.css");
const GUIDE_STYLE: &str = include_str!("assets/bantuan.css");
const DAY_STYLE: &str = include_str!("assets/tanggal.css");
const SCRIPT: &str = concat!(
    include_str!("assets/simpul.js"),
    include_str!("assets/impor.js"),
    include_str!("assets/tanggal.js"),
    include_str!("assets/pindai.js")
);
const MEETING_STYLE: &str = include_str!("assets/rapat.css");
const MEETING_SCRIPT: &str =
    concat!(include_str!("assets/tanggal.js"), include_str!("assets/rapat-simpan.js"), include_str!("assets/rapat.js"));
const FAVICON: &str = include_str!("assets/favicon.svg");
/// A year: the address of a changed file changes with [`version`].
const CACHE: &str = "public, max-age=31536000, immutable";

struct Asset {
    name: &'static str,
    stored: StoredAnswer,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |name, media: &'static str, bytes: Bytes| Asset {
        name,
        stored: StoredAnswer::new(HeaderValue::from_static(media), None, bytes),
    };
    let mut assets = vec![
        asset("simpul.css", "text/css; charset=utf-8", Bytes::from(style())),
        asset("simpul.js", "text/javascript; charset=utf-8", Bytes::from_static(SCRIPT.as_bytes())),
        asset("rapat.css", "text/css; charset=utf-8", Bytes::from_static(MEETING_STYLE.as_bytes())),
        asset("rapat.js", "text/javascript; charset=utf-8", Bytes::from_static(MEETING_SCRIPT.as_bytes())),
        asset("favicon.svg", "image/svg+xml", Bytes::from_static(FAVICON.as_bytes())),
    ];
    for font in FONTS.iter() {
        assets.push(asset(font.small_name, "font/ttf", Bytes::from_static(&font.small)));
        assets.push(asset(font.whole_name, "font/ttf", Bytes::from_static(font.whole)));
    }
    assets
});

static VERSION: LazyLock<String> = LazyLock::new(|| {
    use sha2::Digest;
    let mut digest = sha2::Sha256::new();
    digest.update(style());
    digest.update(SCRIPT);
    digest.update(MEETING_STYLE);
    digest.update(MEETING_SCRIPT);
    digest.finalize().iter().take(5).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
});

/// Short hash of style and script, for their addresses.
pub fn version() -> &'static str {
    &VERSION
}

fn style() -> String {
    let faces = faces();
    let root = properties(&[
        ("ink", tokens::INK),
        ("muted", tokens::MUTED),
        ("paper", tokens::PAPER),
        ("surface", tokens::SURFACE),
        ("grid", tokens::GRID),
        ("line", tokens::LINE),
        ("primary", tokens::PRIMARY),
        ("good", tokens::GOOD),
        ("fair", tokens::FAIR),
        ("fair-edge", tokens::FAIR_EDGE),
        ("poor", tokens::POOR),
        ("outline", tokens::NO_DATA),
        ("rise", tokens::RISE),
        ("fall", tokens::POOR),
        ("low", tokens::LOW),
    ]);
    let wall = properties(&[
        ("muted", tokens::ROOM_MUTED),
        ("primary", tokens::ROOM_PRIMARY),
        ("rise", tokens::ROOM_RISE),
        ("fall", tokens::ROOM_FALL),
    ]);
    format!(
        "{faces}:root{{{root}}}.proyektor,.rapat,.pemimpin{{{wall}}}\n{STYLE}\n{INTAKE_STYLE}\n{REPORT_STYLE}\n\
         {GUIDE_STYLE}\n{DAY_STYLE}"
    )
}

/// Custom properties of a rule.
fn properties(colors: &[(&str, &str)]) -> String {
    colors.iter().map(|(name, color)| format!("--{name}:{color}")).collect::<Vec<_>>().join(";")
}

/// One asset by name.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => {
            let mut response = stored_answer(&asset.stored, &headers);
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
            response
        }
        None => PageError::not_found("Berkas tampilan ini tidak ada.").into_response(),
    }
}

/// The favicon at the place where browsers look for it.
pub async fn favicon(headers: HeaderMap) -> Response {
    asset(Path("favicon.svg".to_owned()), headers).await
}
