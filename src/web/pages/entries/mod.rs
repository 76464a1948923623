//! *Catatan*: every table by a form: listed with its origin, added, changed, withdrawn, and pasted as a block. Knows of
//! each table what its description says.

mod field;
mod list;
mod paste;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::{PageQuery, html};
use crate::app::App;
use crate::app::entries::{EntryError, FieldFault, Typing, Values};
use crate::domain::form::{FieldKind, FormField, FormGroup, SheetPlace, TableForm};
use crate::domain::records::Field;
use crate::domain::{PeriodKind, Table};
use crate::template::TemplateKind;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::{DONE, ENTRIES, KNOWN, Links};

use field::{FieldOffers, FieldView};
use list::{EntryList, ListAsked};
use paste::PasteBox;

pub use paste::{accept as accept_block, preview as preview_block};

/// Path of the page.
pub const PATH: &str = ENTRIES;

/// The template in which a table is filled in.
fn template(table: Table) -> TemplateKind {
    let holds = |kind: &TemplateKind| kind.tables().contains(&table);
    TemplateKind::ALL.into_iter().find(holds).unwrap_or(TemplateKind::Register)
}

#[derive(Template)]
#[template(path = "entries_index.html")]
struct IndexPage {
    frame: PageFrame,
    groups: Vec<IndexGroup>,
}

struct IndexGroup {
    title: &'static str,
    rows: Vec<IndexRow>,
}

struct IndexRow {
    href: String,
    title: &'static str,
    purpose: &'static str,
    count: usize,
}

#[derive(Template)]
#[template(path = "entries.html")]
struct EntriesPage {
    frame: PageFrame,
    form: &'static TableForm,
    action: String,
    action_withdraw: String,
    puskesmas: String,
    /// True where it is known whose entries they are.
    is_writable: bool,
    /// True where the reader may write them.
    may_write: bool,
    /// True where the first register makes a Puskesmas known: its name is asked for.
    asks_puskesmas: bool,
    /// Of the entry that is changed; blank for a new one.
    changed: String,
    fields: Vec<FieldView>,
    faults: Vec<String>,
    notice: String,
    undo: String,
    list: EntryList,
    paste: PasteBox,
    template: String,
}

fn form_of(slug: &str) -> Result<&'static TableForm, PageError> {
    let known = TableForm::from_slug(slug);
    known.ok_or_else(|| PageError::not_found("Catatan itu tidak ada. Pilih dari halaman Catatan."))
}

/// `GET /catatan`: all tables with their numbers of rows.
pub async fn index(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_index(site, &query)).await
}

fn show_index(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let frame = PageFrame::new(site.app(), chosen.as_ref(), "Catatan pembinaan", PATH);
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let clusters = site.app().clusters()?.len();
    let row = |form: &&'static TableForm| {
        let count = match form.table {
            Table::Clusters => clusters,
            table => chosen.as_ref().map_or(0, |chosen| list::count(table, chosen.snapshot.facts())),
        };
        let href = links.page(&format!("{PATH}/{}", form.slug));
        IndexRow { href, title: form.title, purpose: form.purpose, count }
    };
    let group = |group: &FormGroup| IndexGroup { title: group.title, rows: group.forms.iter().map(row).collect() };
    html(&IndexPage { frame, groups: FormGroup::ALL.iter().map(group).collect() })
}

/// State of a table's page that an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct EntriesAsked {
    #[serde(rename = "ubah")]
    changed: String,
    #[serde(rename = "tersimpan", deserialize_with = "number")]
    saved: Option<i64>,
    /// `selesai`: the day on which it was done is today's, unless it is written already.
    #[serde(rename = "tandai")]
    mark: String,
    #[serde(rename = "ditarik", deserialize_with = "number")]
    withdrawn: Option<i64>,
    #[serde(flatten)]
    known: Repeated,
}

/// `GET /catatan/{table}?ubah=`: the rows of a table, and the form for one.
pub async fn show(site: Site, Path(slug): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let form = form_of(&slug)?;
        let chosen = ResolvedRequest::read_latest(site, &query, &[PeriodKind::FourMonth])?;
        let state = EntryFormView::asked(site.app(), form, chosen.as_ref(), &query.read()?)?;
        page(site, form, &PageSubject { chosen: chosen.as_ref(), query: &query }, state)
    })
    .await
}

/// A form as it is shown.
#[derive(Default)]
struct EntryFormView {
    /// Of the entry that is changed; blank for a new one.
    changed: String,
    values: Values,
    faults: Vec<FieldFault>,
    notice: String,
    undo: String,
    /// Name of the Puskesmas that was typed, where none is known yet.
    puskesmas: String,
    /// Field at which writing begins; blank: the reader chooses.
    focus: &'static str,
}

impl EntryFormView {
    /// With what the address knows, or the entry that it names.
    fn asked(
        app: &App,
        form: &'static TableForm,
        chosen: Option<&ResolvedRequest>,
        asked: &EntriesAsked,
    ) -> Result<Self, PageError> {
        let mut state = Self::default();
        let done = [(asked.saved, "Tersimpan."), (asked.withdrawn, "Dihapus; isinya tidak dihitung lagi.")];
        for (batch, words) in done {
            if let Some(batch) = batch {
                words.clone_into(&mut state.notice);
                state.undo = format!("/impor/{batch}/batal");
            }
        }
        if asked.changed.is_empty() {
            state.values = usual(app, form, chosen);
        } else {
            let puskesmas = chosen.map(|chosen| chosen.puskesmas.as_str()).unwrap_or_default();
            let entries = app.entries(puskesmas, form.table, None)?;
            let entry = entries.iter().find(|entry| entry.id == asked.changed);
            let entry = entry.ok_or_else(|| refused(EntryError::NotHere))?;
            asked.changed.clone_into(&mut state.changed);
            state.values = form.fields.iter().map(|field| (field.name, field::typed(field, entry))).collect();
        }
        if let Some(done) = form.fields.iter().find(|field| field.field == Field::Done && asked.mark == DONE) {
            state.focus = done.name;
            let day = state.values.entry(done.name).or_default();
            if day.is_empty() {
                *day = crate::domain::format::date(app.clock().today());
            }
        }
        let known = asked.known.by_key(KNOWN);
        for field in form.fields {
            if let Some(value) = known.get(field.name) {
                state.values.insert(field.name, (*value).to_owned());
            }
        }
        if !known.is_empty() {
            let is_open = |field: &&FormField| state.values.get(field.name).is_none_or(String::is_empty);
            state.focus = form.fields.iter().find(is_open).map(|field| field.name).unwrap_or_default();
        }
        Ok(state)
    }
}

/// Values that a new entry begins with: the period that was looked at.
fn usual(app: &App, form: &TableForm, chosen: Option<&ResolvedRequest>) -> Values {
    let year = year_of(app, chosen);
    let value = |field: &FormField| match field.kind {
        FieldKind::Period => chosen.map(|chosen| chosen.subject.period.to_string()),
        FieldKind::Year => Some(year.to_string()),
        FieldKind::Month if field.place == SheetPlace::Banner => {
            chosen.map(|chosen| field::month_code(last_month(chosen)))
        }
        _ => None,
    };
    form.fields.iter().filter_map(|field| Some((field.name, value(field)?))).collect()
}

/// The last month of the period that has begun.
fn last_month(chosen: &ResolvedRequest) -> crate::domain::Month {
    let period = chosen.subject.period;
    period.last_begun_month(chosen.subject.as_of).unwrap_or(period.first_month())
}

fn year_of(app: &App, chosen: Option<&ResolvedRequest>) -> i32 {
    chosen.map_or_else(|| chrono::Datelike::year(&app.clock().today()), |chosen| chosen.subject.period.year())
}

/// A request, resolved and as it was asked.
#[derive(Clone, Copy)]
struct PageSubject<'q> {
    chosen: Option<&'q ResolvedRequest>,
    query: &'q Query,
}

fn page(site: &Site, form: &'static TableForm, subject: &PageSubject<'_>, state: EntryFormView) -> PageResult {
    let app = site.app();
    let PageSubject { chosen, query } = *subject;
    let mut frame = PageFrame::new(app, chosen, form.title, PATH);
    let links = chosen.map(Links::new).unwrap_or_default();
    frame.crumbs = vec![("Catatan".to_owned(), links.page(PATH)), (form.title.to_owned(), String::new())];
    let known = chosen.map(|chosen| chosen.puskesmas.clone()).unwrap_or_default();
    let puskesmas = if known.is_empty() { state.puskesmas.clone() } else { known.clone() };
    let own = Links::entries(form.table);
    let asked: ListAsked = query.read()?;
    let list = EntryList::read(site, form, chosen, &asked)?;
    let offers = FieldOffers::new(app, chosen, year_of(app, chosen))?;
    let asks_puskesmas = chosen.is_none() && form.table == Table::Facilities;
    html(&EntriesPage {
        form,
        action: links.page(&own),
        action_withdraw: links.page(&format!("{own}/tarik")),
        fields: form.fields.iter().map(|field| offers.view(field, &state.values, &state.faults, state.focus)).collect(),
        faults: state.faults.iter().filter(|fault| fault.field.is_empty()).map(|fault| fault.message.clone()).collect(),
        changed: state.changed,
        notice: state.notice,
        undo: state.undo,
        paste: PasteBox::new(form, &offers, links.page(&format!("{own}/tempel")), chosen.map(last_month)),
        list,
        // Without a Puskesmas the page of templates asks for its name.
        template: match known.as_str() {
            "" => "/templat".to_owned(),
            named => format!(
                "/templat/{}?puskesmas={}&tahun={}",
                template(form.table).code(),
                encode(named),
                year_of(app, chosen)
            ),
        },
        frame,
        may_write: asks_puskesmas || app.may_write(form.table, &puskesmas),
        is_writable: !known.is_empty() || form.table == Table::Clusters || asks_puskesmas,
        asks_puskesmas,
        puskesmas,
    })
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

impl EntryForm {
    fn values(&self, form: &'static TableForm) -> Values {
        let sent = self.values.by_key("");
        let value = |field: &FormField| match field.kind {
            FieldKind::Months => {
                let months = self.values.with_prefix::<u32>(&format!("{}-", field.name));
                months.iter().map(|(month, _)| month.to_string()).collect::<Vec<_>>().join(",")
            }
            _ => sent.get(field.name).copied().unwrap_or_default().to_owned(),
        };
        form.fields.iter().map(|field| (field.name, value(field))).collect()
    }
}

/// `POST /catatan/{table}`: adds, or changes the entry that the form names.
pub async fn write(
    site: Site,
    Path(slug): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(sent): Submitted<EntryForm>,
) -> PageResult {
    site.take_in(move |site| {
        let form = form_of(&slug)?;
        let values = sent.values(form);
        let chosen = ResolvedRequest::read_latest(site, &query, &[PeriodKind::FourMonth])?;
        let typing = Typing {
            puskesmas: &sent.puskesmas,
            table: form.table,
            values: &values,
            replaced: Some(sent.id.as_str()).filter(|id| !id.is_empty()),
            year: year_of(site.app(), chosen.as_ref()),
        };
        match site.app().write_entry(typing) {
            Ok(batch) => Ok(see(&query.with("tersimpan", &batch.to_string()).at(&Links::entries(form.table)))),
            Err(EntryError::Wrong(faults)) => {
                let puskesmas = sent.puskesmas.clone();
                let state = EntryFormView { changed: sent.id.clone(), values, faults, puskesmas, ..Default::default() };
                let answer = page(site, form, &PageSubject { chosen: chosen.as_ref(), query: &query }, state)?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
            }
            Err(error) => Err(refused(error)),
        }
    })
    .await
}

/// `POST /catatan/{table}/tarik`: takes an entry out.
pub async fn withdraw(
    site: Site,
    Path(slug): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<EntryForm>,
) -> PageResult {
    site.take_in(move |site| {
        let table = form_of(&slug)?.table;
        let batch = site.app().withdraw_entry(&form.puskesmas, table, &form.id).map_err(refused)?;
        Ok(see(&query.with("ditarik", &batch.to_string()).at(&Links::entries(table))))
    })
    .await
}

fn refused(error: EntryError) -> PageError {
    match error {
        EntryError::Store(error) => PageError::Fault(error.into()),
        EntryError::NotHere => PageError::not_found(sentence(&error.to_string())),
        EntryError::Imported { .. } => {
            PageError::refused(StatusCode::CONFLICT, "Baris ini berasal dari berkas", sentence(&error.to_string()))
        }
        EntryError::NotAllowed(_) => {
            PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string()))
        }
        other @ (EntryError::Gone | EntryError::Wrong(_)) => {
            let advice = sentence(&other.to_string());
            PageError::refused(StatusCode::CONFLICT, "Catatan berubah sejak halaman ini dibuka", advice)
        }
    }
}
