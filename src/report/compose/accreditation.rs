//! *Berkas akreditasi*, the index: per element of criteria 1.2.3 and 1.7.1 what evidence is asked for, what Simpul
//! holds, what is missing, and in which document it stands.

use super::activity::visits;
use crate::dashboard::Context;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{CoachingIndicator, format};
use crate::report::cells::as_of_note;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::narrative::overdue_items;
use crate::report::{Material, ReportError};

/// What is asked for, what there is, what is missing, where.
struct Element {
    code: &'static str,
    asked: &'static str,
    there: String,
    missing: String,
    place: &'static str,
}

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &Material<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let network = table("Kriteria 1.2.3: jaringan pelayanan dan jejaring", context, network(context));
    let district = table("Kriteria 1.7.1: pembinaan oleh TPCB", context, district(context));
    Ok(vec![
        Part::landscape("Kriteria 1.2.3", vec![network]),
        Part::landscape("Kriteria 1.7.1", vec![district]),
        Part::landscape("Ringkasan", material.narrative.blocks()),
    ])
}

fn table(title: &str, context: &Context<'_>, elements: Vec<Element>) -> Block {
    let row = |element: Element| {
        vec![
            PaperCell::words(element.code),
            PaperCell::words(element.asked),
            PaperCell::words(&element.there),
            PaperCell::words(&element.missing),
            PaperCell::words(element.place),
        ]
    };
    Block::Table(PaperTable {
        title: title.to_owned(),
        note: format!("R tertulis, D dokumen, W wawancara. {}", as_of_note(context)),
        columns: vec![
            PaperColumn::text("Elemen", 9.0),
            PaperColumn::text("Bukti yang diminta", 34.0),
            PaperColumn::text("Yang ada di Simpul", 34.0),
            PaperColumn::text("Yang belum ada", 32.0),
            PaperColumn::text("Letak", 18.0),
        ],
        rows: elements.into_iter().map(row).collect(),
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    })
}

fn network(context: &Context<'_>) -> Vec<Element> {
    vec![decree(context), identified(context), carried_out(context), evaluated(context)]
}

fn decree(context: &Context<'_>) -> Element {
    let (puskesmas, year) = (context.subject.puskesmas, context.subject.period.year());
    let rows = context.evaluator.facts().decree_rows.iter();
    let own = rows.filter(|row| row.puskesmas == puskesmas && row.year <= year).map(|row| row.year).max();
    let there = own.map_or_else(
        || format!("Indikator dan target bawaan Simpul dipakai untuk tahun {year}."),
        |since| format!("SK indikator tahun {since} diimpor dan berlaku untuk tahun {year}."),
    );
    let missing = match own {
        Some(_) => "SK yang ditandatangani (pindaian).",
        None => "SK indikator Puskesmas sendiri; impor tabelnya, lampirkan pindaiannya.",
    };
    Element {
        code: "a (R)",
        asked: "SK kepala Puskesmas tentang indikator kinerja pembinaan beserta targetnya.",
        there,
        missing: missing.to_owned(),
        place: "evaluasi",
    }
}

fn identified(context: &Context<'_>) -> Element {
    let facilities: Vec<_> = context.facilities().map(|result| context.facility(result.facility)).collect();
    let without = facilities.iter().filter(|facility| facility.agreement.is_none()).count();
    let missing = if facilities.is_empty() {
        "Daftar identifikasi belum diimpor.".to_owned()
    } else if without > 0 {
        format!("Nomor atau masa berlaku PKS {without} dari {} faskes.", facilities.len())
    } else {
        "–".to_owned()
    };
    Element {
        code: "b (D)",
        asked: "Daftar jaringan dan jejaring.",
        there: format!("{} jaringan dan jejaring terdaftar.", facilities.len()),
        missing,
        place: "identifikasi",
    }
}

fn carried_out(context: &Context<'_>) -> Element {
    let period = context.subject.period;
    let is_of_period = |slot: &&SlotOutcome| period.contains(slot.effective.unwrap_or(slot.planned));
    let slots = context.facilities().flat_map(|result| &result.slots).filter(is_of_period).count();
    let evidence = context.block().indicator(CoachingIndicator::Bkt).ratio.filter(|ratio| ratio.denominator > 0.0);
    let words = evidence.map_or_else(String::new, |ratio| {
        format!(" {} dari {} bukti ada.", format::count(ratio.numerator), format::count(ratio.denominator))
    });
    let lacking = evidence.map_or(0.0, |ratio| ratio.denominator - ratio.numerator);
    let lacking = if lacking > 0.0 { format!("{} bukti kunjungan; ", format::count(lacking)) } else { String::new() };
    Element {
        code: "c (R, D, W)",
        asked: "KAK; jadwal; laporan pembinaan; bukti menurut bentuk: pertemuan daftar hadir, notulen, foto; \
                selainnya daftar tilik terisi dan foto; wawancara PJ.",
        there: format!("{slots} jadwal, {} kunjungan pada periode ini.{words}", visits(context).len()),
        missing: format!("{lacking}KAK dan berkas bukti (pindaian, foto)."),
        place: "jadwal, pelaksanaan",
    }
}

fn evaluated(context: &Context<'_>) -> Element {
    let score = context.block().score.map_or_else(|| "belum ada skor".to_owned(), format::percent);
    let done = context.block().indicator(CoachingIndicator::Rtl).ratio.filter(|ratio| ratio.denominator > 0.0);
    let done = done.map_or_else(String::new, |ratio| {
        format!(" RTL selesai {} dari {}.", format::count(ratio.numerator), format::count(ratio.denominator))
    });
    let overdue = overdue_items(context).len();
    let missing = if overdue > 0 { format!("{overdue} RTL lewat batas; ") } else { String::new() };
    Element {
        code: "d (D)",
        asked: "Hasil evaluasi indikator; bukti tindak lanjut.",
        there: format!("Evaluasi {}: skor {score}.{done}", format::period(context.subject.period)),
        missing: format!("{missing}berkas bukti tindak lanjut."),
        place: "evaluasi",
    }
}

fn district(context: &Context<'_>) -> Vec<Element> {
    let outside = |code, asked, missing: &str| Element {
        code,
        asked,
        there: "–".to_owned(),
        missing: missing.to_owned(),
        place: "–",
    };
    let report = format!("Laporan {} kepada TPCB siap dicetak.", format::period(context.subject.period));
    vec![
        outside("a (R)", "SK kepala Dinas Kesehatan: organisasi Puskesmas.", "SK dari Dinas Kesehatan."),
        outside("b (R, D, W)", "SK TPCB dengan uraian tugas; jadwal pembinaan TPCB.", "SK TPCB dan jadwalnya."),
        outside(
            "c (D, W)",
            "Self assessment Puskesmas dan analisisnya; surat tugas; laporan pembinaan TPCB.",
            "Self assessment, surat tugas, laporan TPCB.",
        ),
        Element {
            code: "d (D, W)",
            asked: "Bukti penyampaian hasil kepada kepala Dinas Kesehatan; bukti umpan balik.",
            there: report,
            missing: "Bukti pengiriman dan umpan balik TPCB.".to_owned(),
            place: "tpcb",
        },
        outside(
            "e (R, D, W)",
            "RUK dan RPK; surat tugas, notulen dengan foto, daftar hadir pendampingan.",
            "RUK, RPK, dan bukti pendampingan.",
        ),
        outside(
            "f (D, W)",
            "Tindak lanjut lokmin dan tinjauan manajemen yang tidak dapat diselesaikan Puskesmas.",
            "Bukti tindak lanjut yang disampaikan resmi.",
        ),
        outside("g (D, W)", "Bukti verifikasi evaluasi kinerja; bukti umpan balik.", "Bukti verifikasi TPCB."),
        outside("h (D, W)", "Bukti penerimaan dan tindak lanjut umpan balik.", "Bukti penerimaan dan tindak lanjut."),
    ]
}
