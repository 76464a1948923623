//! *Catatan*: what people write beside the figures, listed with its origin, and a form to add, change and withdraw.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::{PageQuery, html};
use crate::app::App;
use crate::app::entries::{EntryError, FieldKind, FormField, Values, fields};
use crate::domain::{Period, PeriodKind, Table, format};
use crate::store::StoredEntry;
use crate::template::TemplateKind;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, see};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

/// Path of the page.
pub const PATH: &str = "/catatan";
/// Entries listed at most.
const ENTRIES_MAX: usize = 300;
const DAY_HINT: &str = "Misalnya 12 Mei 2023 atau 12/05/2023.";

/// One table with its words.
struct EntryTable {
    table: Table,
    slug: &'static str,
    title: &'static str,
    purpose: &'static str,
    template: TemplateKind,
}

const KINDS: [EntryTable; 5] = [
    EntryTable {
        table: Table::Problems,
        slug: "evaluasi",
        title: "Masalah, penyebab, dan tindak lanjut",
        purpose: "Per faskes dan periode; tercetak di laporan evaluasi. Penyebab hanya yang ditulis orang.",
        template: TemplateKind::Evaluation,
    },
    EntryTable {
        table: Table::Decisions,
        slug: "notulen",
        title: "Keputusan lokmin",
        purpose: "Tercetak di bahan lokmin berikutnya dan di notulen; yang lewat batas waktu diingatkan.",
        template: TemplateKind::Minutes,
    },
    EntryTable {
        table: Table::DistrictVisits,
        slug: "pembinaan-tpcb",
        title: "Pembinaan TPCB",
        purpose: "Kunjungan dan umpan balik TPCB; tanggal-tanggalnya menjadi bukti akreditasi 1.7.1.",
        template: TemplateKind::District,
    },
    EntryTable {
        table: Table::DistrictFollowUps,
        slug: "tindak-lanjut-tpcb",
        title: "Tindak lanjut pembinaan TPCB",
        purpose: "Jawaban Puskesmas atas setiap rekomendasi TPCB.",
        template: TemplateKind::District,
    },
    EntryTable {
        table: Table::Clusters,
        slug: "cluster",
        title: "Cluster binaan",
        purpose: "Puskesmas mana masuk cluster mana; satu daftar untuk semua Puskesmas di Simpul ini.",
        template: TemplateKind::Clusters,
    },
];

#[derive(Template)]
#[template(path = "entries_index.html")]
struct IndexPage {
    frame: PageFrame,
    /// Address, title, purpose, how many.
    kinds: Vec<(String, &'static str, &'static str, usize)>,
}

#[derive(Template)]
#[template(path = "entries.html")]
struct EntriesPage {
    frame: PageFrame,
    purpose: &'static str,
    action: String,
    action_withdraw: String,
    puskesmas: String,
    /// True where it is known whose entries they are.
    is_writable: bool,
    /// Of the entry that is changed; blank for a new one.
    changed: String,
    fields: Vec<FieldView>,
    faults: Vec<(&'static str, String)>,
    notice: String,
    undo: String,
    heads: Vec<&'static str>,
    entries: Vec<EntryView>,
    more: usize,
    template: String,
}

struct FieldView {
    name: &'static str,
    label: String,
    hint: &'static str,
    value: String,
    fault: String,
    is_needed: bool,
    is_prose: bool,
    /// Value and words; empty: it is typed.
    options: Vec<(String, String)>,
    /// Offered, not demanded.
    offered: Vec<String>,
}

struct EntryView {
    id: String,
    cells: Vec<String>,
    origin: String,
    said: String,
    href: String,
    href_change: String,
}

fn kind(slug: &str) -> Result<&'static EntryTable, PageError> {
    let known = KINDS.iter().find(|kind| kind.slug == slug);
    known.ok_or_else(|| PageError::not_found("Catatan itu tidak ada. Pilih dari halaman Catatan."))
}

/// `GET /catatan`.
pub async fn index(State(site): State<Site>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_index(site, &query)).await
}

fn show_index(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let frame = PageFrame::new(site.app(), chosen.as_ref(), "Catatan pembinaan", PATH);
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let puskesmas = chosen.map(|chosen| chosen.puskesmas).unwrap_or_default();
    let mut kinds = Vec::new();
    for kind in &KINDS {
        let count = site.app().entries(&puskesmas, kind.table)?.len();
        kinds.push((links.page(&format!("{PATH}/{}", kind.slug)), kind.title, kind.purpose, count));
    }
    html(&IndexPage { frame, kinds })
}

/// `GET /catatan/{table}?ubah=`.
pub async fn show(State(site): State<Site>, Path(slug): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let kind = kind(&slug)?;
        let chosen = ResolvedRequest::read(site, &query, &[PeriodKind::FourMonth])?;
        let form = EntryFormView::asked(site.app(), kind, chosen.as_ref(), &query)?;
        page(site, kind, chosen.as_ref(), form)
    })
    .await
}

/// A form as it is shown.
struct EntryFormView {
    /// Of the entry that is changed; blank for a new one.
    changed: String,
    values: Values,
    faults: Vec<(&'static str, String)>,
    notice: String,
    undo: String,
}

impl EntryFormView {
    /// Blank, or with the entry that the address names.
    fn asked(app: &App, kind: &EntryTable, chosen: Option<&ResolvedRequest>, query: &Query) -> Result<Self, PageError> {
        let mut form = Self {
            changed: String::new(),
            values: Values::new(),
            faults: Vec::new(),
            notice: String::new(),
            undo: String::new(),
        };
        let batch = |name: &str| query.get(name).and_then(|text| text.parse::<i64>().ok());
        let done = [("tersimpan", "Tersimpan."), ("ditarik", "Dihapus; isinya tidak dihitung lagi.")];
        for (name, words) in done {
            if let Some(batch) = batch(name) {
                words.clone_into(&mut form.notice);
                form.undo = format!("/impor/{batch}/batal");
            }
        }
        let Some(id) = query.get("ubah") else {
            let period = chosen.map(|chosen| chosen.subject.period);
            for field in fields(kind.table).iter().filter(|field| field.kind == FieldKind::Period) {
                form.values.insert(field.name, period.map(|period| period.to_string()).unwrap_or_default());
            }
            return Ok(form);
        };
        let puskesmas = chosen.map(|chosen| chosen.puskesmas.as_str()).unwrap_or_default();
        let entries = app.entries(puskesmas, kind.table)?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or_else(|| refused(EntryError::Gone))?;
        id.clone_into(&mut form.changed);
        form.values = fields(kind.table).iter().map(|field| (field.name, typed(field, entry))).collect();
        Ok(form)
    }
}

fn shown(field: &FormField, entry: &StoredEntry) -> String {
    let value = entry.fields.iter().find(|(known, _)| *known == field.field);
    value.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The value of a field as its form takes it: of a period its code.
fn typed(field: &FormField, entry: &StoredEntry) -> String {
    let value = shown(field, entry);
    if field.kind != FieldKind::Period {
        return value;
    }
    let year = value.split(' ').next_back().and_then(|year| year.parse().ok());
    let period = year.and_then(|year| periods(year).into_iter().find(|period| format::period(*period) == value));
    period.map(|period| period.to_string()).unwrap_or_default()
}

/// Every period of a year, four months first: that is the rhythm of evaluations.
fn periods(year: i32) -> Vec<Period> {
    use PeriodKind::{FourMonth, HalfYear, Month, Quarter, Year};
    let numbered = |kind: PeriodKind| (1..=kind.per_year()).filter_map(move |number| Period::new(kind, year, number));
    [FourMonth, Quarter, HalfYear, Year, Month].into_iter().flat_map(numbered).collect()
}

fn page(site: &Site, kind: &'static EntryTable, chosen: Option<&ResolvedRequest>, form: EntryFormView) -> PageResult {
    let app = site.app();
    let mut frame = PageFrame::new(app, chosen, kind.title, PATH);
    let links = chosen.map(Links::new).unwrap_or_default();
    frame.crumbs = vec![("Catatan".to_owned(), links.page(PATH)), (kind.title.to_owned(), String::new())];
    let puskesmas = chosen.map(|chosen| chosen.puskesmas.clone()).unwrap_or_default();
    let own = format!("{PATH}/{}", kind.slug);
    let entries = app.entries(&puskesmas, kind.table)?;
    let more = entries.len().saturating_sub(ENTRIES_MAX);
    let view = |entry: &StoredEntry| EntryView {
        id: entry.id.clone(),
        cells: fields(kind.table).iter().map(|field| shown_in_list(field, entry, &puskesmas)).collect(),
        origin: if entry.by_form {
            "ditulis di halaman Catatan".to_owned()
        } else {
            format!("{} › {}", entry.file_name, entry.place)
        },
        said: format!("{}, {}", entry.who, moment(entry.at, &chrono::Local)),
        href: format!("/impor/{}", entry.batch),
        href_change: links.page_with(&own, "ubah", &entry.id),
    };
    let year =
        chosen.map_or_else(|| chrono::Datelike::year(&app.clock().today()), |chosen| chosen.subject.period.year());
    html(&EntriesPage {
        purpose: kind.purpose,
        action: links.page(&own),
        action_withdraw: links.page(&format!("{own}/tarik")),
        fields: fields(kind.table).iter().map(|field| field_view(field, &form, chosen)).collect(),
        faults: form.faults.iter().filter(|(name, _)| name.is_empty()).cloned().collect(),
        changed: form.changed,
        notice: form.notice,
        undo: form.undo,
        heads: fields(kind.table).iter().map(|field| field.label).collect(),
        entries: entries.iter().take(ENTRIES_MAX).map(view).collect(),
        more,
        // Without a Puskesmas the page of templates asks for its name.
        template: match puskesmas.as_str() {
            "" => "/templat".to_owned(),
            named => format!("/templat/{}?puskesmas={}&tahun={year}", kind.template.code(), encode(named)),
        },
        frame,
        is_writable: !puskesmas.is_empty() || kind.table == Table::Clusters,
        puskesmas,
    })
}

fn shown_in_list(field: &FormField, entry: &StoredEntry, puskesmas: &str) -> String {
    let value = shown(field, entry);
    if field.kind == FieldKind::Facility && value.is_empty() { puskesmas.to_owned() } else { value }
}

fn field_view(field: &'static FormField, form: &EntryFormView, chosen: Option<&ResolvedRequest>) -> FieldView {
    let value = form.values.get(field.name).cloned().unwrap_or_default();
    let fault = form.faults.iter().find(|(name, _)| *name == field.name);
    let mut options = options(field.kind, chosen);
    if !options.is_empty() && !options.iter().any(|(known, _)| *known == value) {
        let words = value.parse::<Period>().map_or_else(|_unknown| value.clone(), format::period);
        options.insert(0, (value.clone(), words));
    }
    FieldView {
        name: field.name,
        label: field.label.to_owned(),
        hint: if field.kind == FieldKind::Day { DAY_HINT } else { "" },
        value,
        fault: fault.map(|(_, fault)| fault.clone()).unwrap_or_default(),
        is_needed: field.is_needed,
        is_prose: field.kind == FieldKind::Prose,
        options,
        offered: match (field.kind, chosen) {
            (FieldKind::Puskesmas, Some(chosen)) => chosen.known.clone(),
            _ => Vec::new(),
        },
    }
}

fn options(kind: FieldKind, chosen: Option<&ResolvedRequest>) -> Vec<(String, String)> {
    let Some(chosen) = chosen else { return Vec::new() };
    match kind {
        FieldKind::Facility => {
            let whole = (String::new(), format!("{} (seluruhnya)", chosen.puskesmas));
            let facilities = chosen.snapshot.facts().listed().into_iter();
            let names = facilities.map(|facility| (facility.name.clone(), facility.name.clone()));
            [whole].into_iter().chain(names).collect()
        }
        FieldKind::Period => {
            let year = chosen.subject.period.year();
            let periods = [year, year - 1].into_iter().flat_map(periods);
            periods.map(|period| (period.to_string(), format::period(period))).collect()
        }
        _ => Vec::new(),
    }
}

/// An entry as it was typed: its fields are those of its table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    puskesmas: String,
    /// The entry that is changed or withdrawn; blank for a new one.
    #[serde(rename = "kunci")]
    id: String,
    #[serde(flatten)]
    values: Repeated,
}

/// `POST /catatan/{table}`: adds, or changes the entry that the form names.
pub async fn write(
    State(site): State<Site>,
    Path(slug): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<EntryForm>,
) -> PageResult {
    site.take_in(move |site| {
        let kind = kind(&slug)?;
        let sent = form.values.by_key("");
        let value = |field: &FormField| sent.get(field.name).copied().unwrap_or_default().to_owned();
        let values: Values = fields(kind.table).iter().map(|field| (field.name, value(field))).collect();
        let replaced = Some(form.id.as_str()).filter(|id| !id.is_empty());
        match site.app().write_entry(&form.puskesmas, kind.table, &values, replaced) {
            Ok(batch) => Ok(see(&query.with("tersimpan", &batch.to_string()).at(&format!("{PATH}/{slug}")))),
            Err(EntryError::Wrong(faults)) => {
                let chosen = ResolvedRequest::read(site, &query, &[PeriodKind::FourMonth])?;
                let notice = String::new();
                let undo = String::new();
                let form = EntryFormView { changed: form.id.clone(), values, faults, notice, undo };
                let answer = page(site, kind, chosen.as_ref(), form)?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
            }
            Err(error) => Err(refused(error)),
        }
    })
    .await
}

/// `POST /catatan/{table}/tarik`: takes an entry out.
pub async fn withdraw(
    State(site): State<Site>,
    Path(slug): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<EntryForm>,
) -> PageResult {
    site.take_in(move |site| {
        let kind = kind(&slug)?;
        let batch = site.app().withdraw_entry(&form.puskesmas, kind.table, &form.id).map_err(refused)?;
        Ok(see(&query.with("ditarik", &batch.to_string()).at(&format!("{PATH}/{slug}"))))
    })
    .await
}

fn refused(error: EntryError) -> PageError {
    match error {
        EntryError::Store(error) => PageError::Fault(error.into()),
        other @ (EntryError::Gone | EntryError::Wrong(_)) => {
            let advice = sentence(&other.to_string());
            PageError::refused(StatusCode::CONFLICT, "Catatan berubah sejak halaman ini dibuka", advice)
        }
    }
}
