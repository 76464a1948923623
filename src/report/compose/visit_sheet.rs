//! The sheet for one visit, to be filled in by hand: what was found last time, what is still to be done, and the items of
//! the facility's instruments with boxes to tick. Without a facility the empty instrument alone. Computes no figure.

use crate::domain::checklist::{ChecklistItem, last_answers};
use crate::domain::facts::{FollowUp, Visit};
use crate::domain::instrument::{Aspect, Instrument, InstrumentItem, ItemAnswer, ItemSum};
use crate::domain::{Date, Facility, Facts, format};
use crate::report::Letter;
use crate::report::document::{
    Align, Block, Document, DocumentForm, PaperCell, PaperColumn, PaperTable, Part, RowHeight, Signatures, Signer,
    Stamp,
};
use crate::report::letter::DOTTED;

/// Word and shape of an item that the facility must not go without.
const CRITICAL: &str = "▲ KRITIS";
/// A short line to write a place or a date on.
const DOTTED_SHORT: &str = "....................";
/// Blank rows for follow-ups that are agreed at the visit.
const AGREED_ROWS: usize = 4;
/// Lines for findings and advice.
const ADVICE_LINES: u32 = 4;

/// Content of the sheet of a visit.
#[derive(Clone, Debug)]
pub struct VisitSheetMaterial<'a> {
    /// Facts of the Puskesmas.
    pub facts: &'a Facts,
    /// Name of the Puskesmas.
    pub puskesmas: &'a str,
    /// Day that the facts show.
    pub as_of: Date,
    /// Id of the snapshot.
    pub snapshot: &'a str,
    /// Letterhead and place.
    pub letter: &'a Letter,
    /// Index of the facility that is visited; `None`: the instruments alone.
    pub facility: Option<u32>,
    /// Instruments to fill in, in their order.
    pub instruments: Vec<&'a Instrument>,
}

/// The sheet as a paper.
pub fn visit_sheet(material: &VisitSheetMaterial<'_>) -> Document {
    let VisitSheetMaterial { puskesmas, as_of, snapshot, letter, instruments, .. } = material;
    let facility = material.known();
    let mut parts: Vec<Part> = facility.iter().map(|known| preparation(material, known)).collect();
    parts.extend(instruments.iter().map(|instrument| list(instrument, facility.as_ref())));
    if let Some(last) = parts.last_mut() {
        last.blocks.extend(closing(facility.as_ref().map(|known| known.facility), letter));
    }
    let about = facility.map_or_else(|| "belum diisi".to_owned(), |known| known.facility.name.clone());
    Document {
        title: if material.facility.is_some() { "Lembar kunjungan pembinaan" } else { "Daftar tilik pembinaan" }
            .to_owned(),
        subtitle: format!("{puskesmas} · {about}"),
        letterhead: letter.letterhead(puskesmas),
        lines: Vec::new(),
        written: String::new(),
        stamp: Stamp {
            id: (*snapshot).to_owned(),
            as_of: *as_of,
            completeness: "lembar untuk diisi".to_owned(),
            revision: 0,
        },
        mark: None,
        form: DocumentForm::Report,
        parts,
    }
}

/// The facility that is visited, by its index.
struct VisitedFacility<'a> {
    index: u32,
    facility: &'a Facility,
}

impl<'a> VisitSheetMaterial<'a> {
    fn known(&self) -> Option<VisitedFacility<'a>> {
        let index = self.facility?;
        Some(VisitedFacility { index, facility: self.facts.facilities.get(index as usize)? })
    }

    /// Visits to a facility by the day of the facts, in order.
    fn visits(&self, facility: u32) -> impl Iterator<Item = &'a Visit> {
        let as_of = self.as_of;
        let visits = self.facts.visits.iter();
        visits.filter(move |visit| visit.facility == facility && visit.date.counts_from() <= as_of)
    }

    fn open_follow_ups(&self, facility: u32) -> Vec<&'a FollowUp> {
        let as_of = self.as_of;
        let is_open = |item: &&FollowUp| {
            item.facility == facility && item.visit_date <= as_of && item.done.is_none_or(|done| done > as_of)
        };
        let mut open: Vec<&FollowUp> = self.facts.follow_ups.iter().filter(is_open).collect();
        open.sort_by_key(|item| (item.due, item.visit_date));
        open
    }
}

/// Lists what is good to know before a visit: the facility, the findings of last time, follow-ups that are open.
fn preparation(material: &VisitSheetMaterial<'_>, known: &VisitedFacility<'_>) -> Part {
    let facility = known.facility;
    let visits: Vec<&Visit> = material.visits(known.index).collect();
    let last = visits.iter().max_by_key(|visit| visit.date);
    let score = visits.iter().rev().find_map(|visit| Some((visit.date, visit.score()?)));
    let or_blank = |text: Option<&String>| text.cloned().unwrap_or_default();
    let facts = vec![
        ("Nama Faskes".to_owned(), facility.name.clone()),
        ("Jenis".to_owned(), facility.kind.clone()),
        ("Alamat".to_owned(), or_blank(facility.address.as_ref())),
        ("Penanggung jawab".to_owned(), or_blank(facility.person_in_charge.as_ref())),
        ("Tanggal kunjungan".to_owned(), String::new()),
        ("Petugas".to_owned(), String::new()),
        (
            "Kunjungan terakhir".to_owned(),
            last.map_or_else(|| "belum ada kunjungan yang dicatat".to_owned(), |visit| visit_words(visit)),
        ),
        (
            "Skor terakhir".to_owned(),
            score.map_or_else(
                || "belum ada skor daftar tilik".to_owned(),
                |(date, (points, maximum))| {
                    let day = format::visit_date(date);
                    format!("{} dari {} ({day})", format::count(points), format::count(maximum))
                },
            ),
        ),
    ];
    let mut blocks = vec![Block::Facts(facts)];
    if let Some((visit, finding)) =
        visits.iter().rev().find_map(|visit| Some((*visit, nonblank(visit.finding.as_ref())?)))
    {
        let aspect = nonblank(visit.aspect.as_ref()).map(|aspect| format!(" ({aspect})")).unwrap_or_default();
        blocks.push(Block::Paragraph(format!(
            "Temuan yang ditulis {}{aspect}: {finding}",
            format::visit_date(visit.date)
        )));
    }
    blocks.push(findings(material, known.index));
    blocks.push(follow_ups(material, known.index));
    if material.instruments.is_empty() {
        blocks.push(Block::Note(format!(
            "Belum ada daftar tilik untuk jenis “{}”; tambahkan berkasnya di folder instruments.",
            facility.kind
        )));
    }
    Part::portrait("Lembar kunjungan", blocks)
}

fn nonblank(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn visit_words(visit: &Visit) -> String {
    let form = if visit.form.is_empty() { String::new() } else { format!(", {}", visit.form) };
    let coach = nonblank(visit.coach.as_ref()).map(|coach| format!(", oleh {coach}")).unwrap_or_default();
    format!("{}{form}{coach}", format::visit_date(visit.date))
}

/// Items that the last sheets leave unmet: critical ones first.
fn findings(material: &VisitSheetMaterial<'_>, facility: u32) -> Block {
    let items = material.facts.checklist_items.iter();
    let own: Vec<&ChecklistItem> =
        last_answers(items.filter(|item| item.facility == facility && item.date <= material.as_of));
    let mut unmet: Vec<&&ChecklistItem> = own.iter().filter(|item| item.is_unmet()).collect();
    unmet.sort_by_key(|item| !item.is_critical);
    let row = |item: &&&ChecklistItem| {
        let points = match item.answer {
            Some(ItemAnswer::Points(points)) => format!("{}/{}", format::count(points), format::count(item.maximum)),
            Some(ItemAnswer::NotApplicable) | None => String::new(),
        };
        vec![
            PaperCell::words(&item.code),
            PaperCell::words(&item.text),
            if item.is_critical { PaperCell::words(CRITICAL) } else { PaperCell::Blank },
            PaperCell::words(&points),
            PaperCell::Date(item.date),
            PaperCell::Blank,
        ]
    };
    Block::Table(PaperTable {
        title: "Temuan terakhir yang belum terpenuhi".to_owned(),
        note: "Menurut lembar daftar tilik terakhir; tulis keadaannya sekarang di kolom kanan.".to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 8.0),
            PaperColumn::text("Item", 42.0),
            PaperColumn::text("Kritis", 13.0),
            PaperColumn::mark("Skor", 8.0),
            PaperColumn::text("Tanggal", 16.0),
            PaperColumn::text("Keadaan sekarang", 24.0),
        ],
        rows: unmet.iter().map(row).collect(),
        totals: Vec::new(),
        empty: if own.is_empty() {
            "Belum ada daftar tilik per item dari faskes ini.".to_owned()
        } else {
            "Semua item yang dijawab pada lembar terakhir terpenuhi.".to_owned()
        },
        row_height: RowHeight::Form,
    })
}

/// Follow-ups that are not done, the earliest due first.
fn follow_ups(material: &VisitSheetMaterial<'_>, facility: u32) -> Block {
    let row = |item: &&FollowUp| {
        let state = if item.due < material.as_of { "■ lewat batas" } else { "belum jatuh tempo" };
        vec![
            PaperCell::words(&item.item),
            PaperCell::words(item.owner.as_deref().unwrap_or_default()),
            PaperCell::Date(item.due),
            PaperCell::words(state),
            PaperCell::Blank,
        ]
    };
    Block::Table(PaperTable {
        title: "RTL yang belum selesai".to_owned(),
        note: format!("Menurut data per {}.", format::date(material.as_of)),
        columns: vec![
            PaperColumn::text("Rencana tindak lanjut", 40.0),
            PaperColumn::text("Penanggung jawab", 18.0),
            PaperColumn::text("Target selesai", 16.0),
            PaperColumn::text("Keadaan", 15.0),
            PaperColumn::text("Tanggal selesai", 18.0),
        ],
        rows: material.open_follow_ups(facility).iter().map(row).collect(),
        totals: Vec::new(),
        empty: "Tidak ada RTL yang belum selesai.".to_owned(),
        row_height: RowHeight::Form,
    })
}

/// An instrument with boxes to tick.
fn list(instrument: &Instrument, known: Option<&VisitedFacility<'_>>) -> Part {
    let kinds = instrument.kinds.names().join(", ");
    let mut facts = vec![
        ("Nama Faskes".to_owned(), known.map(|known| known.facility.name.clone()).unwrap_or_default()),
        ("Tanggal".to_owned(), String::new()),
        ("Petugas".to_owned(), String::new()),
        ("Untuk".to_owned(), kinds),
    ];
    if !instrument.basis.is_empty() {
        facts.push(("Dasar".to_owned(), instrument.basis.clone()));
    }
    facts.retain(|(name, value)| !(name == "Untuk" && value.is_empty()));
    let how = "Beri tanda √ di satu kotak setiap item. Ya = nilai penuh, Tidak = 0, TB = tidak berlaku dan di luar nilai \
               maksimal. Nilai sebagian ditulis di Keterangan. Yang kosong berarti belum dijawab, bukan 0.";
    let blocks = vec![
        Block::Facts(facts),
        Block::Note(format!("{how} Item bertanda {CRITICAL} tidak boleh tidak ada.")),
        Block::Table(items(instrument)),
        Block::Table(sums(instrument)),
    ];
    Part::portrait(&instrument.title, blocks)
}

fn items(instrument: &Instrument) -> PaperTable {
    let mut rows = Vec::new();
    let mut aspect: Option<Aspect> = None;
    for item in &instrument.items {
        if aspect != Some(item.aspect) {
            aspect = Some(item.aspect);
            let heading = PaperCell::words(&format!("ASPEK: {}", item.aspect.label()));
            rows.push(vec![
                PaperCell::Blank,
                heading,
                PaperCell::Blank,
                PaperCell::Blank,
                PaperCell::Blank,
                PaperCell::Blank,
                PaperCell::Blank,
                PaperCell::Blank,
            ]);
        }
        rows.push(item_row(item));
    }
    PaperTable {
        title: "Item".to_owned(),
        note: String::new(),
        columns: vec![
            PaperColumn::text("Kode", 8.0),
            PaperColumn::text("Uraian", 44.0),
            PaperColumn::text("Kritis", 13.0),
            PaperColumn { align: Align::Right, ..PaperColumn::text("Nilai", 8.0) },
            PaperColumn::mark("Ya", 8.0),
            PaperColumn::mark("Tidak", 9.0),
            PaperColumn::mark("TB", 8.0),
            PaperColumn::text("Keterangan", 20.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }
}

fn item_row(item: &InstrumentItem) -> Vec<PaperCell> {
    vec![
        PaperCell::words(&item.code),
        PaperCell::words(&item.text),
        if item.is_critical { PaperCell::words(CRITICAL) } else { PaperCell::Blank },
        PaperCell::Count(item.points),
        PaperCell::Blank,
        PaperCell::Blank,
        PaperCell::Blank,
        PaperCell::Blank,
    ]
}

/// Lines on which the answers are summed up by hand.
fn sums(instrument: &Instrument) -> PaperTable {
    let mut whole = ItemSum::default();
    for item in &instrument.items {
        whole.add(Some(ItemAnswer::Points(item.points)), item.points);
    }
    let critical = instrument.items.iter().filter(|item| item.is_critical).count();
    let row = |label: String| vec![PaperCell::Text(label), PaperCell::Blank];
    let mut rows = vec![
        row("Jumlah nilai item yang dijawab (A)".to_owned()),
        row(format!("Nilai maksimal item yang dijawab (B), bila semua berlaku {}", format::count(whole.maximum))),
        row("KESIMPULAN % = A ÷ B × 100".to_owned()),
    ];
    if critical > 0 {
        rows.push(row(format!("Item kritis yang tidak terpenuhi, dari {critical}")));
    }
    PaperTable {
        title: "Jumlah".to_owned(),
        note: String::new(),
        columns: vec![PaperColumn::text("Hitungan", 70.0), PaperColumn::text("Hasil", 30.0)],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }
}

/// Findings, agreed follow-ups and signatures.
fn closing(facility: Option<&Facility>, letter: &Letter) -> Vec<Block> {
    let owner = facility.and_then(|facility| nonblank(facility.person_in_charge.as_ref())).unwrap_or(DOTTED);
    let whose = facility.map_or("faskes", |facility| facility.name.as_str());
    let signer =
        |role: &str, name: &str| Signer { role: role.to_owned(), name: name.to_owned(), id_number: DOTTED.to_owned() };
    vec![
        Block::Heading("Temuan dan saran".to_owned()),
        Block::Lines(ADVICE_LINES),
        Block::Table(PaperTable {
            title: "RTL yang disepakati".to_owned(),
            note: String::new(),
            columns: vec![
                PaperColumn::text("Rencana tindak lanjut", 50.0),
                PaperColumn::text("Penanggung jawab", 25.0),
                PaperColumn::text("Target selesai", 20.0),
            ],
            rows: vec![vec![PaperCell::Blank; 3]; AGREED_ROWS],
            totals: Vec::new(),
            empty: String::new(),
            row_height: RowHeight::Form,
        }),
        Block::Signatures(Signatures {
            place_and_date: format!("{}, {DOTTED_SHORT}", letter.place.as_deref().unwrap_or(DOTTED_SHORT)),
            signers: vec![signer(&format!("Penanggung jawab\n{whose}"), owner), signer("\nPetugas pembina", DOTTED)],
        }),
    ]
}
