//! Digest of all that a PDF page draws: its operations, the fonts, pictures and drawings that they name, its size. What a
//! program that packs the file anew may change, numbers of objects and compression, does not count.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object};
use hayro_syntax::page::Page;
use sha2::{Digest, Sha256};

use crate::proof::Reading;

/// Depth to which what a page names is followed.
const DEPTH_MAX: u8 = 24;
/// Entries that say where and how an object lies, not what it draws.
const OF_THE_FILE: [&str; 8] =
    ["Length", "Filter", "DecodeParms", "Parent", "StructParent", "StructParents", "P", "Metadata"];

/// Digests by the number of an object.
type Digests = BTreeMap<(i32, i32), Vec<u8>>;

/// Adds each page's digest, and everything that was put on top of a page.
pub(super) fn add_to(reading: &mut Reading, pdf: &Pdf) {
    let mut known = Digests::new();
    for (place, page) in pdf.pages().iter().enumerate() {
        let place = format!("halaman {}", place + 1);
        reading.draw(format!("{place}, gambar dan tata letak"), &drawn(page, &mut known));
        for words in on_top(page) {
            reading.say(format!("{place}, tempelan di atas halaman"), &words);
        }
    }
}

fn drawn(page: &Page<'_>, known: &mut Digests) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(page.page_stream().unwrap_or_default());
    let area = [page.media_box(), page.crop_box()].map(|area| [area.x0, area.y0, area.x1, area.y1]);
    hash.update(format!("{area:.2?} {:?}", page.rotation()));
    let resources = page.resources();
    let lists = [
        &resources.ext_g_states,
        &resources.fonts,
        &resources.color_spaces,
        &resources.x_objects,
        &resources.patterns,
        &resources.shadings,
    ];
    for list in lists {
        hash.update(dict(list, known, DEPTH_MAX));
    }
    hash.finalize().to_vec()
}

/// Digest of a dictionary, whatever the order of its entries.
fn dict(entries: &Dict<'_>, known: &mut Digests, depth: u8) -> Vec<u8> {
    let mut keys: Vec<String> = entries.keys().map(|key| key.as_str().to_owned()).collect();
    keys.sort_unstable();
    let mut hash = Sha256::new();
    for key in keys.iter().filter(|key| !OF_THE_FILE.contains(&key.as_str())) {
        hash.update(key);
        hash.update([0]);
        let id = entries.get_ref(key.as_str()).map(|id| (id.obj_number, id.gen_number));
        if let Some(value) = id.and_then(|id| known.get(&id)) {
            hash.update(value);
            continue;
        }
        let Some(value) = entries.get::<Object<'_>>(key.as_str()).filter(|_| depth > 0) else { continue };
        let value = object(&value, known, depth - 1);
        hash.update(&value);
        if let Some(id) = id {
            known.insert(id, value);
        }
    }
    hash.finalize().to_vec()
}

fn object(value: &Object<'_>, known: &mut Digests, depth: u8) -> Vec<u8> {
    match value {
        Object::Null(_) => b"null".to_vec(),
        Object::Boolean(value) => format!("b{value}").into_bytes(),
        Object::Number(number) => format!("n{:.4}", number.as_f64()).into_bytes(),
        Object::String(text) => [b"s", text.as_bytes()].concat(),
        Object::Name(name) => format!("/{}", name.as_str()).into_bytes(),
        Object::Dict(entries) => dict(entries, known, depth),
        Object::Array(items) => array(items, known, depth),
        Object::Stream(stream) => {
            let mut hash = Sha256::new();
            hash.update(dict(stream.dict(), known, depth));
            match stream.decoded() {
                Ok(content) => hash.update(content),
                Err(_) => hash.update(stream.raw_data()),
            }
            hash.finalize().to_vec()
        }
    }
}

fn array(items: &Array<'_>, known: &mut Digests, depth: u8) -> Vec<u8> {
    let mut hash = Sha256::new();
    let ids = items.raw_iter().map(|item| match item {
        MaybeRef::Ref(id) => Some((id.obj_number, id.gen_number)),
        MaybeRef::NotRef(_) => None,
    });
    let ids: Vec<_> = ids.collect();
    for (id, item) in ids.into_iter().zip(items.iter::<Object<'_>>()) {
        if let Some(value) = id.and_then(|id| known.get(&id)) {
            hash.update(value);
        } else if depth > 0 {
            let value = object(&item, known, depth - 1);
            hash.update(&value);
            if let Some(id) = id {
                known.insert(id, value);
            }
        }
    }
    hash.finalize().to_vec()
}

/// Notes, stamps, pictures and filled fields that lie on a page: not those that sign, and no links without a look.
fn on_top(page: &Page<'_>) -> Vec<String> {
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    let mut found = Vec::new();
    for annotation in all.iter::<Dict<'_>>() {
        let name = |key: &str| annotation.get::<hayro_syntax::object::Name<'_>>(key);
        let kind = name("Subtype").map(|kind| kind.as_str().to_owned()).unwrap_or_default();
        let field = name("FT").map(|field| field.as_str().to_owned()).or_else(|| {
            let parent = annotation.get::<Dict<'_>>("Parent")?;
            Some(parent.get::<hayro_syntax::object::Name<'_>>("FT")?.as_str().to_owned())
        });
        let has_look = annotation.contains_key("AP");
        let is_harmless = match kind.as_str() {
            "Widget" => field.as_deref() == Some("Sig"),
            "Link" | "Popup" => !has_look,
            _ => false,
        };
        if !is_harmless {
            let words = annotation.get::<hayro_syntax::object::String<'_>>("Contents");
            let words = words.map(|words| super::pdf_text::decoded(words.as_bytes())).unwrap_or_default();
            found.push(format!("{kind} {words}"));
        }
    }
    found
}
