//! *Bantuan*: the guide of `docs/panduan.md` as a page, with its pictures, from within the binary, and the reference of
//! definition files. Knows no data but whose pages the menu leads to.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

use super::{PageQuery, html};
use crate::definitions::reference;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::memo::{StoredAnswer, stored_answer};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// The address of the page.
pub const PATH: &str = "/bantuan";
/// The address of the reference of definition files.
pub const DEFINITIONS_PATH: &str = "/bantuan/definisi";
const GUIDE: &str = include_str!("../../../docs/panduan.md");
/// Pictures change with the program alone, but their address does not: a day.
const CACHE: &str = "public, max-age=86400";

/// Pictures of the guide by the name that it gives them.
static PICTURES: LazyLock<Vec<(&'static str, StoredAnswer)>> = LazyLock::new(|| {
    let picture = |name, bytes: &'static [u8]| {
        (name, StoredAnswer::new(HeaderValue::from_static("image/png"), None, Bytes::from_static(bytes)))
    };
    vec![
        picture("asal-angka.png", include_bytes!("../../../docs/asal-angka.png")),
        picture("laporan.png", include_bytes!("../../../docs/laporan.png")),
        picture("pratinjau.png", include_bytes!("../../../docs/pratinjau.png")),
        picture("pws.png", include_bytes!("../../../docs/pws.png")),
        picture("rapat.png", include_bytes!("../../../docs/rapat.png")),
        picture("ringkasan.png", include_bytes!("../../../docs/ringkasan.png")),
    ]
});

static RENDERED: LazyLock<Rendered> = LazyLock::new(|| Rendered::from_markdown(GUIDE));
static DEFINITIONS: LazyLock<Rendered> = LazyLock::new(|| Rendered::from_markdown(&reference::reference()));

/// A chapter in the list of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chapter {
    id: String,
    title: String,
}

/// A guide as HTML.
#[derive(Clone, Debug)]
struct Rendered {
    chapters: Vec<Chapter>,
    body: String,
}

impl Rendered {
    /// Renders a guide in Markdown: its title is left to the page, every other heading can be linked to, pictures come
    /// from [`picture`], and HTML in it stays text.
    fn from_markdown(markdown: &str) -> Self {
        let mut events: Vec<Event<'_>> = Vec::new();
        let mut chapters = Vec::new();
        let mut heading: Option<usize> = None;
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES).map(plain) {
            match &event {
                Event::Start(Tag::Heading { .. }) => heading = Some(events.len()),
                Event::End(TagEnd::Heading(level)) => {
                    let start = heading.take().unwrap_or(events.len());
                    let title: String = events[start..].iter().filter_map(text).collect();
                    if *level == HeadingLevel::H1 {
                        events.truncate(start);
                        continue;
                    }
                    let id = id_of(&title);
                    let same = ids.entry(id.clone()).and_modify(|same| *same += 1).or_insert(1);
                    let chapter = Chapter { id: if *same == 1 { id } else { format!("{id}-{same}") }, title };
                    if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(start) {
                        *id = Some(CowStr::from(chapter.id.clone()));
                    }
                    if *level == HeadingLevel::H2 {
                        chapters.push(chapter);
                    }
                }
                _ => {}
            }
            events.push(event);
        }
        let mut body = String::new();
        push_html(&mut body, events.into_iter());
        Self {
            chapters,
            body: body.replace("<table>", "<div class=\"box\"><table>").replace("</table>", "</table></div>"),
        }
    }
}

/// The event with its pictures at their address here, and HTML as text.
fn plain(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let dest_url = CowStr::from(format!("{PATH}/gambar/{dest_url}"));
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    }
}

fn text<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

/// The title in small letters, a hyphen between words.
fn id_of(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: PageFrame,
    chapters: &'static [Chapter],
    body: &'static str,
    others: &'static [(&'static str, &'static str)],
}

/// Pages beside the guide: words and address.
const OTHERS: [(&str, &str); 3] = [
    ("Kunci berkas definisi", DEFINITIONS_PATH),
    ("Gaya halaman dan grafik", "/gaya"),
    ("Lisensi", "/bantuan/lisensi"),
];

/// `GET /bantuan`: the guide for the coordinator.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Bantuan", PATH);
    "Panduan untuk koordinator; tersedia tanpa internet".clone_into(&mut frame.subtitle);
    html(&HelpPage { frame, chapters: &RENDERED.chapters, body: &RENDERED.body, others: &OTHERS })
}

/// `GET /bantuan/definisi`: the reference of keys of definition files.
pub async fn definitions(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| definitions_page(site, &query)).await
}

fn definitions_page(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Kunci berkas definisi", PATH);
    frame.crumbs = vec![("Bantuan".to_owned(), PATH.to_owned()), (frame.title.clone(), String::new())];
    html(&HelpPage { frame, chapters: &DEFINITIONS.chapters, body: &DEFINITIONS.body, others: &[] })
}

/// `GET /bantuan/gambar/{name}`: a picture of the guide.
pub async fn picture(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((_, stored)) = PICTURES.iter().find(|(known, _)| *known == name) else {
        return PageError::not_found("Gambar ini tidak ada di panduan.").into_response();
    };
    let mut response = stored_answer(stored, &headers);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_can_be_linked_to_and_html_stays_text() {
        let made =
            Rendered::from_markdown("# Judul\n\n## Impor & *pertama*\n\n<b>a</b>\n\n### Lagi\n\n![Gambar](pws.png)\n");
        assert_eq!(made.chapters, [Chapter { id: "impor-pertama".to_owned(), title: "Impor & pertama".to_owned() }]);
        assert!(!made.body.contains("Judul") && !made.body.contains("<b>"), "{}", made.body);
        assert!(made.body.contains("<h3 id=\"lagi\">") && made.body.contains("&lt;b&gt;"), "{}", made.body);
        assert!(made.body.contains("src=\"/bantuan/gambar/pws.png\" alt=\"Gambar\""), "{}", made.body);
    }

    #[test]
    fn headings_of_the_same_words_have_addresses_of_their_own() {
        let made = Rendered::from_markdown("## a\n\n### b\n\n## c\n\n### b\n");
        assert!(made.body.contains("<h3 id=\"b\">") && made.body.contains("<h3 id=\"b-2\">"), "{}", made.body);
    }

    #[test]
    fn the_guide_names_only_pictures_and_chapters_that_are_there() {
        let pictures: Vec<&str> =
            RENDERED.body.split("src=\"/bantuan/gambar/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let known: Vec<&str> = PICTURES.iter().map(|(name, _)| *name).collect();
        assert!(!pictures.is_empty() && pictures.iter().all(|name| known.contains(name)), "{pictures:?}");
        assert!(known.iter().all(|name| pictures.contains(name)), "a picture that no chapter shows");
        let links = RENDERED.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links {
            assert!(RENDERED.body.contains(&format!("id=\"{}\"", link.trim_start_matches('#'))), "{link}");
        }
        let mut ids: Vec<&str> =
            RENDERED.body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "two headings of one address");
    }
}
