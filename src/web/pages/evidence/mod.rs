//! *Bukti*: what accreditation asks for and what there is; the files of one visit, meeting, follow-up or element;
//! attaching, downloading, withdrawing and erasing them.

mod attach;
mod file;
mod overview;
mod thing;
mod things;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::domain::facts::LokminSort;
use crate::domain::{Element, EvidenceOf, Month, format};
use crate::store::{EvidenceId, StoredEvidence};
use crate::web::error::PageError;
use crate::web::query::Query;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

pub use attach::receive;
pub use file::{download, erase, withdraw};
pub use overview::show;
pub use thing::show as thing;
pub use things::{ThingsView, meeting_things, visit_things};

/// Path of the page.
pub const PATH: &str = "/bukti";
/// Path of the page of one thing.
pub const THING: &str = "/bukti/lampirkan";
/// Name in addresses of the element's year; `tahun` chooses the period.
const ELEMENT_YEAR: &str = "untuk-tahun";

/// Where a file is downloaded.
pub fn file_path(id: EvidenceId) -> String {
    format!("{PATH}/berkas/{id}")
}

/// Where the files of a thing stand and are attached.
pub fn thing_address(of: &EvidenceOf, links: &Links) -> String {
    let mut query = Query::default();
    match of {
        EvidenceOf::Visit { facility, date, form } => {
            query.set("untuk", "kunjungan");
            query.set("faskes", facility);
            query.set("tanggal", &date.to_string());
            query.set("bentuk", form);
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            query.set("untuk", "rtl");
            query.set("faskes", facility);
            query.set("tanggal", &visit_date.to_string());
            query.set("butir", item);
        }
        EvidenceOf::Meeting { month, sort } => {
            query.set("untuk", "lokmin");
            query.set("bulan", &month.to_string());
            query.set("lokmin", &sort.label().to_lowercase());
        }
        EvidenceOf::CoachingItem { coached, number } => {
            query.set("untuk", "butir-tpcb");
            query.set("tanggal", &coached.to_string());
            query.set("butir", number);
        }
        EvidenceOf::PlanSession { planned, document } => {
            query.set("untuk", "pendampingan");
            query.set("tanggal", &planned.to_string());
            query.set("dokumen", document);
        }
        EvidenceOf::Element { element, year } => {
            query.set("untuk", "elemen");
            query.set("elemen", element.code());
            query.set(ELEMENT_YEAR, &year.to_string());
        }
    }
    links.page_of(THING, &query)
}

/// A thing as an address names it.
#[derive(Debug, Deserialize)]
#[serde(tag = "untuk")]
enum AskedThing {
    #[serde(rename = "kunjungan")]
    Visit {
        #[serde(default, rename = "faskes")]
        facility: String,
        #[serde(rename = "tanggal")]
        date: String,
        #[serde(default, rename = "bentuk")]
        form: String,
    },
    #[serde(rename = "rtl")]
    FollowUp {
        #[serde(default, rename = "faskes")]
        facility: String,
        #[serde(rename = "tanggal")]
        visit_date: String,
        #[serde(default, rename = "butir")]
        item: String,
    },
    #[serde(rename = "lokmin")]
    Meeting {
        #[serde(rename = "bulan")]
        month: String,
        #[serde(rename = "lokmin")]
        sort: String,
    },
    #[serde(rename = "butir-tpcb")]
    CoachingItem {
        #[serde(rename = "tanggal")]
        coached: String,
        #[serde(rename = "butir")]
        number: String,
    },
    #[serde(rename = "pendampingan")]
    PlanSession {
        #[serde(rename = "tanggal")]
        planned: String,
        #[serde(rename = "dokumen")]
        document: String,
    },
    #[serde(rename = "elemen")]
    Element {
        #[serde(rename = "elemen")]
        element: String,
        /// `tahun` chooses the period.
        #[serde(rename = "untuk-tahun")]
        year: String,
    },
}

impl AskedThing {
    /// The thing; nothing where a date, a month, a kind or a code is none.
    fn understood(self) -> Option<EvidenceOf> {
        Some(match self {
            Self::Visit { facility, date, form } => EvidenceOf::Visit { facility, date: date.parse().ok()?, form },
            Self::FollowUp { facility, visit_date, item } => {
                EvidenceOf::FollowUp { facility, visit_date: visit_date.parse().ok()?, item }
            }
            Self::Meeting { month, sort } => {
                let sorts = [LokminSort::Monthly, LokminSort::Quarterly];
                let sort = sorts.into_iter().find(|known| known.label().eq_ignore_ascii_case(&sort))?;
                EvidenceOf::Meeting { month: month_of(&month)?, sort }
            }
            Self::CoachingItem { coached, number } => {
                EvidenceOf::CoachingItem { coached: coached.parse().ok()?, number }
            }
            Self::PlanSession { planned, document } => {
                EvidenceOf::PlanSession { planned: planned.parse().ok()?, document }
            }
            Self::Element { element, year } => {
                EvidenceOf::Element { element: Element::from_code(&element)?, year: year.parse().ok()? }
            }
        })
    }
}

/// The thing that an address names.
fn thing_of(query: &Query) -> Result<EvidenceOf, PageError> {
    query.read::<AskedThing>().ok().and_then(AskedThing::understood).ok_or_else(|| {
        PageError::bad_request(
            "Alamat ini tidak menyebut bukti untuk apa. Pilih dari halaman Bukti, Faskes, atau Lokmin.",
        )
    })
}

fn month_of(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    Month::new(year.parse().ok()?, month.parse().ok()?)
}

/// A thing in words: `Kunjungan Klinik Bina, 12 Mei 2023 (Supervisi)`.
pub fn thing_words(of: &EvidenceOf) -> String {
    match of {
        EvidenceOf::Visit { facility, date, form } if form.is_empty() => {
            format!("Kunjungan {facility}, {}", format::visit_date(*date))
        }
        EvidenceOf::Visit { facility, date, form } => {
            format!("Kunjungan {facility}, {} ({form})", format::visit_date(*date))
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            format!("RTL {facility}, kunjungan {}: {item}", format::date(*visit_date))
        }
        EvidenceOf::Meeting { month, sort } => {
            format!("Lokmin {} {}", sort.label().to_lowercase(), format::month(*month))
        }
        EvidenceOf::CoachingItem { coached, number } => {
            format!("Butir {number} pembinaan TPCB {}", format::date(*coached))
        }
        EvidenceOf::PlanSession { planned, document } => {
            format!("Pendampingan {document}, {}", format::date(*planned))
        }
        EvidenceOf::Element { element, year } => {
            format!("Elemen {} {}, tahun {year}: {}", element.criterion(), element.letter(), element.title())
        }
    }
}

/// One file as pages list it.
struct EvidenceFileView {
    kind: &'static str,
    name: String,
    /// `PDF, 1,2 MB`.
    what: String,
    /// `oleh ani, 12 Mei 2023 07.05`.
    brought: String,
    href: String,
    /// When and by whom it was withdrawn; empty where it was not.
    withdrawn: String,
    withdraw: String,
    /// When and by whom its content was erased; empty where it was not.
    erased: String,
    erase: String,
}

fn file_view(stored: &StoredEvidence, links: &Links) -> EvidenceFileView {
    let path = file_path(stored.id);
    let by = |done: Option<&(DateTime<Utc>, String)>| {
        done.map(|(at, who)| format!("{who}, {}", moment(*at, &chrono::Local))).unwrap_or_default()
    };
    let is_erased = stored.erased.is_some();
    let size = if is_erased { "isi dihapus".to_owned() } else { size_words(stored.file.size) };
    EvidenceFileView {
        kind: stored.kind.label(),
        name: stored.file.name.clone(),
        what: format!("{}, {}", stored.file.format.ending().to_uppercase(), size),
        brought: format!("{}, {}", stored.file.who, moment(stored.file.at, &chrono::Local)),
        href: links.page(&path),
        withdrawn: by(stored.withdrawn.as_ref()),
        withdraw: links.page(&format!("{path}/tarik")),
        erased: by(stored.erased.as_ref()),
        erase: links.page(&format!("{path}/hapus")),
    }
}

/// `820 KB`, `1,2 MB`.
fn size_words(bytes: u64) -> String {
    let kib = bytes.div_ceil(1 << 10);
    if kib < 1_000 {
        return format!("{kib} KB");
    }
    let tenths = u32::try_from(bytes.saturating_mul(10) >> 20).unwrap_or(u32::MAX);
    format!("{} MB", format::number(f64::from(tenths) / 10.0, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_thing_whatever_the_names_hold() {
        let date: crate::domain::Date = "2023-05-12".parse().unwrap();
        let month = Month::new(2023, 5).unwrap();
        let things = [
            EvidenceOf::Visit { facility: "Klinik <b> & \"A\"".to_owned(), date: date.into(), form: String::new() },
            EvidenceOf::Visit { facility: "Klinik".to_owned(), date: "2023-05".parse().unwrap(), form: "X".to_owned() },
            EvidenceOf::FollowUp { facility: "a/b?c".to_owned(), visit_date: date, item: "SOP #1; 100%".to_owned() },
            EvidenceOf::Meeting { month, sort: LokminSort::Quarterly },
            EvidenceOf::CoachingItem { coached: date, number: "3".to_owned() },
            EvidenceOf::PlanSession { planned: date, document: "RUK dan RPK".to_owned() },
            EvidenceOf::Element { element: Element::PlansAssisted, year: 2023 },
        ];
        for of in things {
            let address = thing_address(&of, &Links::default());
            let (path, query) = address.split_once('?').unwrap();
            assert_eq!(path, THING);
            let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
            let query = Query::from_pairs(pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect());
            assert_eq!(thing_of(&query).unwrap(), of);
        }
        assert!(thing_of(&Query::default()).is_err());
    }

    fn decoded(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!([size_words(1), size_words(820 << 10), size_words(5 << 19)], ["1 KB", "820 KB", "2,5 MB"]);
    }
}
