//! Visits, follow-ups and meetings of a page with what evidence each has, and the way to attach more: the section
//! below the panels of the facility's page, of pages about lokmin, and of *Bukti*.

use std::collections::BTreeSet;

use askama::Template;

use super::thing_address;
use crate::dashboard::PageContext;
use crate::dashboard::accreditation::{files_of_visit, meetings, visits};
use crate::domain::facts::{LokminSort, Visit};
use crate::domain::{AttachedFile, EvidenceKind, EvidenceOf, Month, format};
use crate::web::view::links::Links;

/// A table of things; its `Display` is the markup.
#[derive(Template)]
#[template(path = "_evidence.html")]
pub struct ThingsView {
    id: &'static str,
    title: &'static str,
    note: &'static str,
    /// Head of the first column.
    head: &'static str,
    /// Heads of the pieces of evidence.
    pieces: Vec<&'static str>,
    rows: Vec<ThingRow>,
    empty: &'static str,
}

struct ThingRow {
    what: String,
    small: String,
    pieces: Vec<PieceCell>,
    files: usize,
    href: String,
}

/// State of a piece: there by the recap, by a file, or not.
#[derive(Clone, Copy)]
enum PieceCell {
    ByRecap,
    ByFile,
    Missing,
}

impl PieceCell {
    fn words(self) -> &'static str {
        match self {
            Self::ByRecap => "Ada",
            Self::ByFile => "Ada (berkas)",
            Self::Missing => "–",
        }
    }

    fn spoken(self) -> &'static str {
        match self {
            Self::ByRecap => "ada menurut rekap",
            Self::ByFile => "ada sebagai berkas terlampir",
            Self::Missing => "belum ada",
        }
    }
}

/// The visits (of the chosen facility, or all) of the context's period, and its follow-ups.
pub fn visit_things(context: &PageContext<'_>, links: &Links) -> Vec<ThingsView> {
    let is_shown = |facility: u32| context.subject.facility.is_none_or(|chosen| chosen == facility);
    let visits = visits(context).into_iter().filter(|visit| is_shown(visit.facility));
    let visits = ThingsView {
        id: "bukti-kunjungan",
        title: "Bukti kunjungan",
        note: "Berkas yang dilampirkan dihitung ada, walaupun kolom rekapnya kosong.",
        head: "Kunjungan",
        pieces: vec!["Daftar hadir", "Notulen", "Foto"],
        rows: visits.map(|visit| visit_row(context, visit, links)).collect(),
        empty: "Tidak ada kunjungan yang tercatat pada periode ini.",
    };
    let period = context.subject.period;
    let facts = context.evaluator.facts();
    let follow_ups = facts.follow_ups.iter().filter(|row| {
        is_shown(row.facility)
            && context.facility_result(row.facility).is_some()
            && (period.contains(Month::from_date(row.due)) || period.contains(Month::from_date(row.visit_date)))
    });
    let rows = follow_ups.map(|row| {
        let key: EvidenceOf<u32> =
            EvidenceOf::FollowUp { facility: row.facility, visit_date: row.visit_date, item: row.item.clone() };
        let name = &context.facility(row.facility).name;
        let of = EvidenceOf::FollowUp { facility: name.clone(), visit_date: row.visit_date, item: row.item.clone() };
        let files = facts.attached.iter().filter(|file| file.of == key).count();
        let done = if row.done.is_some() { "selesai" } else { "belum selesai" };
        ThingRow {
            what: row.item.clone(),
            small: format!("{name}, kunjungan {}, {done}", format::date(row.visit_date)),
            pieces: Vec::new(),
            files,
            href: thing_address(&of, links),
        }
    });
    let follow_ups = ThingsView {
        id: "bukti-rtl",
        title: "Bukti tindak lanjut",
        note: "Selesai tidaknya menurut tanggal selesai di rekap; berkasnya untuk akreditasi.",
        head: "Rencana tindak lanjut",
        pieces: Vec::new(),
        rows: rows.collect(),
        empty: "Tidak ada rencana tindak lanjut pada periode ini.",
    };
    vec![visits, follow_ups]
}

fn visit_row(context: &PageContext<'_>, visit: &Visit, links: &Links) -> ThingRow {
    let files = files_of_visit(context, visit);
    let name = &context.facility(visit.facility).name;
    let of = EvidenceOf::Visit { facility: name.clone(), date: visit.date, form: visit.form.clone() };
    let cell = |kind, is_there: bool| match (is_there, has(&files, kind)) {
        (_, true) => PieceCell::ByFile,
        (true, false) => PieceCell::ByRecap,
        (false, false) => PieceCell::Missing,
    };
    let form = if visit.form.is_empty() { String::new() } else { format!(", {}", visit.form) };
    ThingRow {
        what: format!("{}{form}", format::visit_date(visit.date)),
        small: if context.subject.facility.is_some() { String::new() } else { name.clone() },
        pieces: vec![
            cell(EvidenceKind::AttendanceList, visit.attendance_list),
            cell(EvidenceKind::Minutes, visit.minutes),
            cell(EvidenceKind::Photos, visit.photos),
        ],
        files: files.len(),
        href: thing_address(&of, links),
    }
}

/// The meetings of the context's period.
pub fn meeting_things(context: &PageContext<'_>, links: &Links) -> ThingsView {
    let attached = &context.evaluator.facts().attached;
    let kinds = [EvidenceKind::Invitation, EvidenceKind::AttendanceList, EvidenceKind::Minutes, EvidenceKind::Photos];
    let recorded = meetings(context);
    // Every month may have one, whether or not its recap came.
    let begun = context.subject.period.months().filter(|month| month.has_begun(context.subject.as_of));
    let mut held: BTreeSet<(Month, LokminSort)> = begun.map(|month| (month, LokminSort::Monthly)).collect();
    held.extend(&recorded);
    for file in attached {
        if let EvidenceOf::Meeting { month, sort } = file.of
            && context.subject.period.contains(month)
        {
            held.insert((month, sort));
        }
    }
    let rows = held.into_iter().map(|(month, sort)| {
        let is_recorded = recorded.contains(&(month, sort));
        let key: EvidenceOf<u32> = EvidenceOf::Meeting { month, sort };
        let files: Vec<&AttachedFile> = attached.iter().filter(|file| file.of == key).collect();
        let cell = |kind| if has(&files, kind) { PieceCell::ByFile } else { PieceCell::Missing };
        ThingRow {
            what: format!("Lokmin {} {}", sort.label().to_lowercase(), format::month(month)),
            small: if is_recorded { String::new() } else { "belum tercatat di rekap Lokmin".to_owned() },
            pieces: kinds.map(cell).to_vec(),
            files: files.len(),
            href: thing_address(&EvidenceOf::Meeting { month, sort }, links),
        }
    });
    ThingsView {
        id: "bukti-lokmin",
        title: "Bukti lokmin",
        note: "Undangan, daftar hadir, notulen, dan foto setiap pertemuan.",
        head: "Pertemuan",
        pieces: kinds.map(EvidenceKind::label).to_vec(),
        rows: rows.collect(),
        empty: "Belum ada bulan pada periode ini yang sudah mulai.",
    }
}

fn has(files: &[&AttachedFile], kind: EvidenceKind) -> bool {
    files.iter().any(|file| file.kind == kind)
}
