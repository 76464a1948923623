//! A judgement of a paper in words, the same on the page and on the command line.

use super::checks::{ClaimStanding, PaperCheck, PaperVerdict, SLIDES_KIND};
use crate::domain::{ReportKind, format};
use crate::proof::{FigureDifference, SignedClaim};

/// Shape of a judgement: what a page shows beside the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckShape {
    /// Genuine, and the data are the same now.
    Good,
    /// Genuine, with something to know.
    Doubt,
    /// Not what was signed, or not signed.
    Bad,
}

impl PaperCheck {
    /// Judgement in a few words.
    pub fn headline(&self) -> &'static str {
        match (&self.verdict, &self.standing) {
            (PaperVerdict::Genuine, Some(ClaimStanding::Outdated(_))) => "ASLI, tetapi datanya sudah berubah",
            (PaperVerdict::Genuine, _) => "ASLI",
            (PaperVerdict::GenuineCode, Some(ClaimStanding::Outdated(_))) => "KODE ASLI, tetapi datanya sudah berubah",
            (PaperVerdict::GenuineCode, _) => "KODE ASLI",
            (PaperVerdict::OtherDrawings(_), _) => "ANGKA SAMA, gambar atau tata letak lain",
            (PaperVerdict::Altered(_), _) => "BERUBAH: isinya bukan lagi yang ditandatangani",
            (PaperVerdict::Forged, _) => "TIDAK SAH: tanda tangan tidak cocok dengan berkas ini",
            (PaperVerdict::Foreign, _) => "Tanda tangan BUKAN dari instalasi ini",
            (PaperVerdict::NoCode, _) => "TIDAK ADA KODE surat di berkas ini",
            (PaperVerdict::NoClaim(_), _) => "Kode surat tidak terbaca",
            (PaperVerdict::Unreadable(_), _) => "Berkas tidak dapat dibuka",
        }
    }

    /// Shape of the judgement.
    pub fn shape(&self) -> CheckShape {
        let is_outdated = matches!(self.standing, Some(ClaimStanding::Outdated(_)));
        match &self.verdict {
            PaperVerdict::Genuine | PaperVerdict::GenuineCode if !is_outdated => CheckShape::Good,
            PaperVerdict::Genuine
            | PaperVerdict::GenuineCode
            | PaperVerdict::OtherDrawings(_)
            | PaperVerdict::Foreign => CheckShape::Doubt,
            _ => CheckShape::Bad,
        }
    }

    /// Sentences that explain it, and say what to do.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.meaning()];
        sentences.extend(self.standing.as_ref().map(|standing| standing_words(standing, self.claim.as_ref())));
        sentences
    }

    fn meaning(&self) -> String {
        match &self.verdict {
            PaperVerdict::Genuine => {
                "Semua kalimat, angka, dan gambar di berkas ini sama dengan yang ditandatangani saat dibuat.".to_owned()
            }
            PaperVerdict::GenuineCode => "Tanda tangan kode ini sah. Kode tidak membaca kertasnya: bandingkan kode surat \
                                          dan angka di kertas dengan surat yang dapat dibuka dari Simpul."
                .to_owned(),
            PaperVerdict::OtherDrawings(places) => {
                let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join("; ")) };
                format!(
                    "Semua kalimat dan angka dalam teks sama dengan yang ditandatangani, tetapi gambar atau tata letaknya \
                     lain{places}. Itu terjadi bila berkas disimpan ulang dengan program lain, atau bila grafiknya \
                     diganti: bandingkan grafiknya dengan surat asli."
                )
            }
            PaperVerdict::Altered(places) if places.is_empty() => {
                "Kalimat atau angka di berkas ini bukan yang ditandatangani. Letaknya tidak dapat disebut karena daftar \
                 aslinya tidak ikut tersimpan; bandingkan dengan surat asli."
                    .to_owned()
            }
            PaperVerdict::Altered(_) => "Kalimat atau angka berikut bukan yang ditandatangani. Jangan pakai berkas ini; \
                                         minta berkas asli dari pembuatnya."
                .to_owned(),
            PaperVerdict::Forged => "Kode atau segel di berkas ini diubah, atau diambil dari surat lain. Jangan percaya \
                                     isinya; minta berkas asli dari pembuatnya."
                .to_owned(),
            PaperVerdict::Foreign => {
                let key = self.claim.as_ref().map(|claim| claim.key_id.clone()).unwrap_or_default();
                format!(
                    "Surat ini ditandatangani instalasi Simpul lain (kunci {key}). Minta kunci umumnya (`simpul verify \
                     --show-key` di sana) lalu periksa lagi bersama kunci itu, atau periksa di komputer pembuatnya."
                )
            }
            PaperVerdict::NoCode => "Berkas ini tidak memuat kode surat Simpul: bukan dibuat Simpul, dibuat versi lama, \
                                     atau kodenya dibuang. Keasliannya tidak dapat diperiksa."
                .to_owned(),
            PaperVerdict::NoClaim(fault) => format!("{fault}."),
            PaperVerdict::Unreadable(why) => format!("{why}. Unggah berkas PDF, DOCX, XLSX, atau PPTX dari Simpul."),
        }
    }
}

fn standing_words(standing: &ClaimStanding, claim: Option<&SignedClaim>) -> String {
    let own = claim.map(|claim| claim.claim.snapshot.as_str()).unwrap_or_default();
    match standing {
        ClaimStanding::Current => format!("Angkanya sama dengan data di sini sekarang (versi data {own})."),
        ClaimStanding::SameFigures(now) => {
            format!("Versi data {own} sudah diganti {now}, tetapi angka surat ini tetap sama.")
        }
        ClaimStanding::Outdated(now) => format!(
            "Versi data {own} bukan lagi yang berlaku: sekarang {now}, dan angkanya lain. Surat ini benar untuk data pada \
             waktu itu; buat surat baru untuk angka sekarang."
        ),
        ClaimStanding::Reworded => {
            format!("Versi data {own} masih berlaku; versi Simpul sekarang menulis surat ini dengan angka atau pembulatan lain.")
        }
        ClaimStanding::NotHere => {
            "Data Puskesmas, periode, atau surat itu tidak ada di folder data ini: hanya tanda tangannya yang diperiksa."
                .to_owned()
        }
    }
}

/// Facts of a claim, name and value each.
pub fn claim_facts(claim: &SignedClaim) -> Vec<(&'static str, String)> {
    let own = &claim.claim;
    let title = own.kind.parse::<ReportKind>().map_or_else(
        |_error| if own.kind == SLIDES_KIND { "Salindia lokakarya mini".to_owned() } else { own.kind.clone() },
        |kind| kind.title().to_owned(),
    );
    let about = if own.about.is_empty() { "semua Puskesmas".to_owned() } else { own.about.clone() };
    vec![
        ("Surat", title),
        ("Puskesmas", about),
        ("Periode", format::period_with_months(own.period)),
        ("Data per", format::date(own.as_of)),
        ("Versi data", own.snapshot.clone()),
        ("Kode surat", own.code()),
        ("Kunci penanda tangan", claim.key_id.clone()),
    ]
}

/// A difference in a line.
pub fn difference_words(difference: &FigureDifference) -> String {
    let FigureDifference { place, signed, found } = difference;
    match (signed.is_empty(), found.is_empty()) {
        (false, false) => format!("{place}: tertulis “{found}”, seharusnya “{signed}”"),
        (true, _) => format!("{place}: “{found}” ditambahkan"),
        (false, true) => format!("{place}: “{signed}” hilang"),
    }
}
