//! Takes out of a page, on its way out, what leads where its reader may not go: words lose their address, buttons,
//! files and forms go whole. No template has to know who reads it, so none can forget it. Knows the table of rights alone.

use axum::http::Method;

use super::rights::{RouteRights, lacking, need_of_route, route_of};
use crate::domain::access::{Access, Right};

/// Beginnings and ends of the elements that are looked at.
const LINK: ElementName = ElementName { begins: "<a ", ends: "</a>" };
const FORM: ElementName = ElementName { begins: "<form ", ends: "</form>" };
const FILES: ElementName = ElementName { begins: "<details class=\"take\">", ends: "</details>" };
/// Words of an address that ask for the form of a page, and not for the page.
const ASKS_FOR_FORM: [&str; 3] = ["ubah=", "tandai=", "isi-"];
/// Attribute of a link that is there for changing something, though its page can be read too.
const FOR_CHANGING: &str = " data-ubah";

/// Text with which an element begins, and with which it ends; none of them stands within another of its own.
#[derive(Clone, Copy)]
struct ElementName {
    begins: &'static str,
    ends: &'static str,
}

/// A page without what its reader may not use.
pub fn page_for(page: &str, access: &Access) -> String {
    let linked = rewritten(page, LINK, |element| link_for(element, access));
    let with_files = rewritten(&linked, FILES, |element| {
        let leads_somewhere = element.contains(" href=\"");
        if leads_somewhere { KeptElement::Whole } else { KeptElement::Nothing }
    });
    let mut is_told = false;
    rewritten(&with_files, FORM, |element| match form_lacks(element, access) {
        None => KeptElement::Whole,
        Some(right) if !is_told && element.contains("class=\"button main\"") => {
            is_told = true;
            KeptElement::Other(format!("<p class=\"sub read-only\">Akun ini tidak berwenang {}.</p>", right.label()))
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

fn link_for(element: &str, access: &Access) -> KeptElement {
    let tag = first_tag(element);
    let Some(address) = attribute(tag, "href") else { return KeptElement::Whole };
    let Some(route) = route_of_address(address) else { return KeptElement::Whole };
    let is_for_form = tag.contains(FOR_CHANGING) || asks_for_form(address);
    let lacks_change = || need_of_route(route, &Method::POST).and_then(|need| lacking(need, access));
    if is_for_form && lacks_change().is_some() {
        return KeptElement::Nothing;
    }
    let lacks = need_of_route(route, &Method::GET).and_then(|need| lacking(need, access));
    let Some(_right) = lacks else { return KeptElement::Whole };
    let is_act = is_for_form || route.change.is_some() || tag.contains("class=\"button") || tag.contains(" download");
    if is_act {
        return KeptElement::Nothing;
    }
    KeptElement::Other(element.replacen(&format!(" href=\"{address}\""), "", 1))
}

fn asks_for_form(address: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_path, query)| query);
    query.split('&').any(|pair| ASKS_FOR_FORM.iter().any(|word| pair.trim_start_matches("#38;").starts_with(word)))
}

/// The right that the reader of a form lacks for sending it.
fn form_lacks(element: &str, access: &Access) -> Option<Right> {
    let tag = first_tag(element);
    let route = route_of_address(attribute(tag, "action")?)?;
    let method = if tag.contains("method=\"post\"") { Method::POST } else { Method::GET };
    lacking(need_of_route(route, &method)?, access)
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
                    <a href=\"/catatan/rtl?puskesmas=X&#38;ubah=ab\">Ubah</a> <a href=\"#isi\">isi</a>";
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
    fn files_behind_one_word_go_with_the_last_of_them() {
        let files = "<details class=\"take\"><ul><li><a href=\"/api/v1/jobs\" download>CSV</a></li></ul></details>";
        assert_eq!(page_for(files, &viewer()), "");
        let open = files.replace("jobs", "facilities");
        assert_eq!(page_for(&open, &viewer()), open);
    }
}
