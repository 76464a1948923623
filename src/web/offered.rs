//! Takes out of a page, on its way out, what leads where its reader may not go: words lose their address, buttons,
//! files and forms go whole. What acts is judged by the Puskesmas of its own address or fields, else by that of the page.
//! No template has to know who reads it, so none can forget it. Knows the table of rights alone.

use axum::extract::Query as Pairs;
use axum::http::{Method, Uri};

use super::rights::{RouteRights, lacking, need_of_route, route_of};
use crate::domain::access::{Access, Right};

/// Beginnings and ends of the elements that are looked at.
const LINK: ElementName = ElementName { begins: "<a ", ends: "</a>" };
const FORM: ElementName = ElementName { begins: "<form ", ends: "</form>" };
const FILES: ElementName = ElementName { begins: "<details class=\"take\">", ends: "</details>" };
/// Words of an address that ask for the form of a page, and not for the page.
const ASKS_FOR_FORM: [&str; 3] = ["ubah=", "tandai=", "isi-"];
/// Attribute of the page's body with the Puskesmas that its buttons are about.
const PLACE: &str = "data-puskesmas";
/// Attribute of a form that is not about the page's Puskesmas: what it sends says itself whose it is.
const ANYWHERE: &str = " data-mana-saja";
/// Name of the Puskesmas in addresses and forms.
const PLACE_FIELD: &str = "puskesmas";
/// Attribute of a link that is there for changing something, though its page can be read too.
const FOR_CHANGING: &str = " data-ubah";

/// Text with which an element begins, and with which it ends; none of them stands within another of its own.
#[derive(Clone, Copy)]
struct ElementName {
    begins: &'static str,
    ends: &'static str,
}

/// The reader of a page, and the Puskesmas that the page is about; none where it is about none, or several.
struct OfferReader<'a> {
    access: &'a Access,
    place: Option<String>,
}

/// A page without what its reader may not use.
pub fn page_for(page: &str, access: &Access) -> String {
    let body = page.find("<body").map_or("", |from| first_tag(&page[from..]));
    let reader = OfferReader { access, place: attribute(body, PLACE).map(plain).filter(|place| !place.is_empty()) };
    let linked = rewritten(page, LINK, |element| reader.link(element));
    let with_files = rewritten(&linked, FILES, |element| {
        let leads_somewhere = element.contains(" href=\"");
        if leads_somewhere { KeptElement::Whole } else { KeptElement::Nothing }
    });
    let mut is_told = false;
    rewritten(&with_files, FORM, |element| match reader.form_lacks(element) {
        None => KeptElement::Whole,
        Some(right) if !is_told && element.contains("class=\"button main\"") => {
            is_told = true;
            let there = if access.may_somewhere(right) { " di Puskesmas ini" } else { "" };
            KeptElement::Other(format!(
                "<p class=\"sub read-only\">Akun ini tidak berwenang {}{there}.</p>",
                right.label()
            ))
        }
        Some(_right) => KeptElement::Nothing,
    })
}

/// State in which an element stays on the page.
enum KeptElement {
    Whole,
    Nothing,
    Other(String),
}

/// The text with each element of a name as it stays.
fn rewritten(text: &str, name: ElementName, mut keep: impl FnMut(&str) -> KeptElement) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(name.begins) {
        let (before, from) = rest.split_at(place);
        let length = from.find(name.ends).map_or(from.len(), |end| end + name.ends.len());
        let (element, after) = from.split_at(length);
        whole.push_str(before);
        match keep(element) {
            KeptElement::Whole => whole.push_str(element),
            KeptElement::Nothing => {}
            KeptElement::Other(text) => whole.push_str(&text),
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

impl OfferReader<'_> {
    fn link(&self, element: &str) -> KeptElement {
        let tag = first_tag(element);
        let Some(address) = attribute(tag, "href") else { return KeptElement::Whole };
        let Some(route) = route_of_address(address) else { return KeptElement::Whole };
        let own = place_of_address(address);
        let place = own.as_deref().or(self.place.as_deref());
        let lacks = |method| need_of_route(route, &method).and_then(|need| lacking(need, self.access, place));
        let is_for_form = tag.contains(FOR_CHANGING) || asks_for_form(address);
        if is_for_form && lacks(Method::POST).is_some() {
            return KeptElement::Nothing;
        }
        if lacks(Method::GET).is_none() {
            return KeptElement::Whole;
        }
        let is_act =
            is_for_form || route.change.is_some() || tag.contains("class=\"button") || tag.contains(" download");
        if is_act {
            return KeptElement::Nothing;
        }
        KeptElement::Other(element.replacen(&format!(" href=\"{address}\""), "", 1))
    }

    /// The right that the reader lacks for sending a form.
    fn form_lacks(&self, element: &str) -> Option<Right> {
        let tag = first_tag(element);
        let address = attribute(tag, "action")?;
        let route = route_of_address(address)?;
        let method = if tag.contains("method=\"post\"") { Method::POST } else { Method::GET };
        let own = place_of_address(address).or_else(|| place_of_fields(element));
        let of_page = self.place.as_deref().filter(|_place| !tag.contains(ANYWHERE));
        lacking(need_of_route(route, &method)?, self.access, own.as_deref().or(of_page))
    }
}

/// The Puskesmas that an address names.
fn place_of_address(address: &str) -> Option<String> {
    let uri: Uri = plain(address).parse().ok()?;
    let Pairs(pairs) = Pairs::<Vec<(String, String)>>::try_from_uri(&uri).ok()?;
    let named = pairs.into_iter().find(|pair| pair.0 == PLACE_FIELD)?;
    Some(named.1).filter(|place| !place.is_empty())
}

/// The Puskesmas that a form sends without asking for it.
fn place_of_fields(form: &str) -> Option<String> {
    let hidden = form.split("<input ").skip(1).map(first_tag).filter(|tag| tag.contains("type=\"hidden\""));
    let mut named = hidden.filter(|tag| tag.contains(&format!("name=\"{PLACE_FIELD}\"")));
    named.find_map(|tag| attribute(&format!(" {tag}"), "value").map(plain)).filter(|place| !place.is_empty())
}

/// A text as it stood before it was written into a template.
fn plain(escaped: &str) -> String {
    let signs = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&"), ("&amp;", "&")];
    signs.iter().fold(escaped.to_owned(), |text, sign| text.replace(sign.0, sign.1))
}

fn asks_for_form(address: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_path, query)| query);
    query.split('&').any(|pair| ASKS_FOR_FORM.iter().any(|word| pair.trim_start_matches("#38;").starts_with(word)))
}

fn first_tag(element: &str) -> &str {
    element.find('>').map_or(element, |end| &element[..=end])
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let from = tag.split_once(&format!(" {name}=\""))?.1;
    from.split_once('"').map(|(value, _rest)| value)
}

fn route_of_address(address: &str) -> Option<&'static RouteRights> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if path.starts_with('/') { route_of(path) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::access::{Grant, Origin};

    fn access(grant: Grant) -> Access {
        Access::of_account("siti", Origin::CommandLine, vec![grant], &[])
    }

    fn viewer() -> Access {
        access(Grant::Viewer { puskesmas: "Mekarsari".to_owned() })
    }

    #[test]
    fn words_stay_and_acts_go() {
        let page = "<a href=\"/asal-angka?angka=BKT\">70,0</a> <a class=\"button\" href=\"/impor/3/batal\">Batalkan</a>\
                    <a href=\"/catatan/rtl?puskesmas=Mekarsari&#38;ubah=ab\">Ubah</a> <a href=\"#isi\">isi</a>";
        let facility =
            access(Grant::Facility { puskesmas: "Mekarsari".to_owned(), facility: "Klinik Alvi".to_owned() });
        assert_eq!(page_for(page, &facility), "<a>70,0</a>  <a href=\"#isi\">isi</a>");
        assert_eq!(page_for(page, &viewer()), "<a href=\"/asal-angka?angka=BKT\">70,0</a>  <a href=\"#isi\">isi</a>");
        let coordinator = access(Grant::Coordinator { puskesmas: "Mekarsari".to_owned() });
        assert_eq!(page_for(page, &coordinator), page);
    }

    #[test]
    fn the_first_main_form_that_goes_is_told() {
        let form =
            "<form method=\"post\" action=\"/impor/unggah\"><button class=\"button main\">Unggah</button></form>";
        let page = format!("<p>{form}</p>{form}<form method=\"get\" action=\"/laporan\"></form>");
        let told = page_for(&page, &viewer());
        assert_eq!(told.matches("tidak berwenang mengimpor rekap.").count(), 1, "{told}");
        assert!(!told.contains("/impor/unggah") && told.contains("action=\"/laporan\""), "{told}");
    }

    #[test]
    fn acts_are_judged_by_the_puskesmas_that_they_are_about() {
        let grants = vec![
            Grant::Viewer { puskesmas: "Mekarsari".to_owned() },
            Grant::Coordinator { puskesmas: "Bumi & Langit".to_owned() },
        ];
        let mixed = Access::of_account("siti", Origin::CommandLine, grants, &[]);
        let main = "<button class=\"button main\">Simpan</button>";
        let body = format!(
            "<a href=\"/impor/3/batal\">Batalkan</a><a href=\"/asal-angka?angka=BKT\">70</a>\
             <a href=\"/catatan/rtl?puskesmas=Bumi%20%26%20Langit&#38;ubah=a\">Ubah</a>\
             <form method=\"post\" action=\"/bukti/berkas/1/tarik\">{main}</form>\
             <form data-mana-saja method=\"post\" action=\"/impor/unggah\"></form>\
             <form method=\"post\" action=\"/catatan/rtl\"><input type=\"hidden\" name=\"puskesmas\" value=\"Bumi &#38; Langit\"></form>"
        );
        let page = |place: &str| page_for(&format!("<body data-puskesmas=\"{place}\">{body}"), &mixed);
        let viewed = page("UPT Puskesmas Mekarsari");
        assert!(!viewed.contains("/impor/3/batal") && !viewed.contains("/bukti/berkas"), "{viewed}");
        let told = "tidak berwenang mengubah catatan, bukti, dan teks laporan di Puskesmas ini.";
        assert!(viewed.contains(told), "{viewed}");
        for kept in ["/asal-angka", "ubah=a", "/impor/unggah", "action=\"/catatan/rtl\""] {
            assert!(viewed.contains(kept), "{kept}: {viewed}");
        }
        for place in ["Bumi &#38; Langit", ""] {
            assert!(page(place).ends_with(&body), "{}", page(place));
        }
        let elsewhere = body.replace("Bumi &#38; Langit", "Mekarsari").replace("Bumi%20%26%20Langit", "Mekarsari");
        let page = page_for(&format!("<body>{elsewhere}"), &mixed);
        assert!(!page.contains("ubah=a") && !page.contains("/catatan/rtl"), "{page}");
    }

    #[test]
    fn files_behind_one_word_go_with_the_last_of_them() {
        let files = "<details class=\"take\"><ul><li><a href=\"/api/v1/jobs\" download>CSV</a></li></ul></details>";
        assert_eq!(page_for(files, &viewer()), "");
        let open = files.replace("jobs", "facilities");
        assert_eq!(page_for(&open, &viewer()), open);
    }
}
