//! Words for kinds of facilities and for their groups, as titles, sheets and section rows write them.

use crate::domain::FacilityGroup;
use crate::domain::FacilityGroup::{Jaringan, Jejaring};
use crate::domain::name::plain_words;

/// A written word with the kind that it means and the group to which that belongs.
struct Phrase {
    words: &'static str,
    kind: &'static str,
    group: FacilityGroup,
}

const fn phrase(words: &'static str, kind: &'static str, group: FacilityGroup) -> Phrase {
    Phrase { words, kind, group }
}

/// Every phrase; of two that begin alike the longer one is looked for first.
const PHRASES: [Phrase; 99] = [
    phrase("puskesmas pembantu", "Pustu", Jaringan),
    phrase("pustu", "Pustu", Jaringan),
    phrase("pusban", "Pustu", Jaringan),
    phrase("pusk pembantu", "Pustu", Jaringan),
    phrase("puskesmas keliling", "Puskesmas Keliling", Jaringan),
    phrase("pusling", "Puskesmas Keliling", Jaringan),
    phrase("pondok bersalin desa", "Polindes", Jaringan),
    phrase("polindes", "Polindes", Jaringan),
    phrase("pos kesehatan desa", "Poskesdes", Jaringan),
    phrase("poskesdes", "Poskesdes", Jaringan),
    phrase("pkd", "Poskesdes", Jaringan),
    phrase("poskesri", "Poskesdes", Jaringan),
    phrase("pondok kesehatan desa", "Ponkesdes", Jaringan),
    phrase("ponkesdes", "Ponkesdes", Jaringan),
    phrase("poskeskel", "Poskeskel", Jaringan),
    phrase("bidan desa", "Bidan Desa", Jaringan),
    phrase("bidan di desa", "Bidan Desa", Jaringan),
    phrase("klinik pratama", "Klinik Pratama", Jejaring),
    phrase("klinik utama", "Klinik Utama", Jejaring),
    phrase("klinik kecantikan", "Klinik Kecantikan", Jejaring),
    phrase("klinik", "Klinik", Jejaring),
    phrase("balai pengobatan", "Balai Pengobatan", Jejaring),
    phrase("dokter gigi praktik mandiri", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("dokter gigi praktek mandiri", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("praktik mandiri dokter gigi", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("praktek mandiri dokter gigi", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("dokter gigi praktik", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("praktik dokter gigi", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("praktek dokter gigi", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("dokter gigi", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("drg", "Dokter Gigi Praktik Mandiri", Jejaring),
    phrase("dokter praktik mandiri", "Dokter Praktik Mandiri", Jejaring),
    phrase("dokter praktek mandiri", "Dokter Praktik Mandiri", Jejaring),
    phrase("praktik mandiri dokter", "Dokter Praktik Mandiri", Jejaring),
    phrase("praktek mandiri dokter", "Dokter Praktik Mandiri", Jejaring),
    phrase("praktik dokter mandiri", "Dokter Praktik Mandiri", Jejaring),
    phrase("dokter praktik", "Dokter Praktik Mandiri", Jejaring),
    phrase("dokter praktek", "Dokter Praktik Mandiri", Jejaring),
    phrase("praktik dokter", "Dokter Praktik Mandiri", Jejaring),
    phrase("praktek dokter", "Dokter Praktik Mandiri", Jejaring),
    phrase("dokter umum", "Dokter Praktik Mandiri", Jejaring),
    phrase("dokter", "Dokter Praktik Mandiri", Jejaring),
    phrase("dpm", "Dokter Praktik Mandiri", Jejaring),
    phrase("bidan praktik mandiri", "Bidan Praktik Mandiri", Jejaring),
    phrase("bidan praktek mandiri", "Bidan Praktik Mandiri", Jejaring),
    phrase("bidan praktik swasta", "Bidan Praktik Mandiri", Jejaring),
    phrase("tempat praktik mandiri bidan", "Bidan Praktik Mandiri", Jejaring),
    phrase("praktik mandiri bidan", "Bidan Praktik Mandiri", Jejaring),
    phrase("praktek mandiri bidan", "Bidan Praktik Mandiri", Jejaring),
    phrase("praktik bidan", "Bidan Praktik Mandiri", Jejaring),
    phrase("praktek bidan", "Bidan Praktik Mandiri", Jejaring),
    phrase("bidan praktik", "Bidan Praktik Mandiri", Jejaring),
    phrase("bidan", "Bidan Praktik Mandiri", Jejaring),
    phrase("bpm", "Bidan Praktik Mandiri", Jejaring),
    phrase("pmb", "Bidan Praktik Mandiri", Jejaring),
    phrase("tpmb", "Bidan Praktik Mandiri", Jejaring),
    phrase("perawat praktik mandiri", "Perawat Praktik Mandiri", Jejaring),
    phrase("praktik mandiri perawat", "Perawat Praktik Mandiri", Jejaring),
    phrase("praktik perawat", "Perawat Praktik Mandiri", Jejaring),
    phrase("perawat", "Perawat Praktik Mandiri", Jejaring),
    phrase("apotek", "Apotek", Jejaring),
    phrase("apotik", "Apotek", Jejaring),
    phrase("toko obat", "Toko Obat", Jejaring),
    phrase("laboratorium klinik", "Laboratorium", Jejaring),
    phrase("laboratorium", "Laboratorium", Jejaring),
    phrase("lab klinik", "Laboratorium", Jejaring),
    phrase("rumah sakit", "Rumah Sakit", Jejaring),
    phrase("rs", "Rumah Sakit", Jejaring),
    phrase("optik", "Optik", Jejaring),
    phrase("optikal", "Optik", Jejaring),
    phrase("posyandu lansia", "Posyandu Lansia", Jejaring),
    phrase("posyandu remaja", "Posyandu Remaja", Jejaring),
    phrase("posyandu", "Posyandu", Jejaring),
    phrase("posbindu ptm", "Posbindu", Jejaring),
    phrase("posbindu", "Posbindu", Jejaring),
    phrase("poskestren", "Poskestren", Jejaring),
    phrase("sdn", "SD", Jejaring),
    phrase("smpn", "SMP", Jejaring),
    phrase("mtsn", "MTs", Jejaring),
    phrase("sman", "SMA", Jejaring),
    phrase("smkn", "SMK", Jejaring),
    phrase("sekolah dasar", "Sekolah Dasar", Jejaring),
    phrase("sekolah", "Sekolah", Jejaring),
    phrase("sd", "SD", Jejaring),
    phrase("mi", "MI", Jejaring),
    phrase("smp", "SMP", Jejaring),
    phrase("mts", "MTs", Jejaring),
    phrase("sma", "SMA", Jejaring),
    phrase("smk", "SMK", Jejaring),
    phrase("tk", "TK", Jejaring),
    phrase("paud", "PAUD", Jejaring),
    phrase("uks", "UKS", Jejaring),
    phrase("pos ukk", "Pos UKK", Jejaring),
    phrase("pos upaya kesehatan kerja", "Pos UKK", Jejaring),
    phrase("tempat kerja", "Tempat Kerja", Jejaring),
    phrase("perusahaan", "Perusahaan", Jejaring),
    phrase("ukbm", "UKBM", Jejaring),
    phrase("pengobatan tradisional", "Pengobatan Tradisional", Jejaring),
    phrase("griya sehat", "Griya Sehat", Jejaring),
];

/// Words beside those of a kind or a group that change neither.
const FILLERS: [&str; 37] = [
    "fasilitas",
    "fasyankes",
    "faskes",
    "pelayanan",
    "kesehatan",
    "mandiri",
    "praktik",
    "praktek",
    "swasta",
    "pemerintah",
    "negeri",
    "se",
    "di",
    "dan",
    "upt",
    "uptd",
    "blud",
    "puskesmas",
    "pkm",
    "daftar",
    "data",
    "jenis",
    "nama",
    "unit",
    "sarana",
    "tempat",
    "balita",
    "ilp",
    "tenaga",
    "umum",
    "tingkat",
    "pertama",
    "fktp",
    "lain",
    "lainnya",
    "kelompok",
    "yang",
];

/// Kind and group by words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KindWords {
    /// The kinds named, each once.
    pub(super) kinds: Vec<&'static str>,
    /// The groups of those kinds, each once.
    kind_groups: Vec<FacilityGroup>,
    /// Groups named by their own word, each once.
    named_groups: Vec<FacilityGroup>,
    /// Words that are none of all this.
    pub(super) unknown: usize,
}

impl KindWords {
    /// Reads words; what stands in brackets and behind `Puskesmas` or `wilayah` says whose they are, not of what kind.
    pub(super) fn from_text(text: &str) -> Self {
        let plain = plain_words(&without_brackets(text));
        let tokens: Vec<&str> = plain.split(' ').filter(|token| !token.is_empty()).collect();
        let mut said = Self::default();
        let mut place = 0;
        while place < tokens.len() {
            let rest = &tokens[place..];
            if let Some(phrase) = longest(rest) {
                push_new(&mut said.kinds, phrase.kind);
                push_new(&mut said.kind_groups, phrase.group);
                place += phrase.words.split(' ').count();
                continue;
            }
            match rest[0] {
                "jaringan" => push_new(&mut said.named_groups, Jaringan),
                "jejaring" => push_new(&mut said.named_groups, Jejaring),
                "wilayah" | "wil" | "kecamatan" | "kabupaten" | "tahun" => break,
                "puskesmas" | "pkm" if rest.get(1).is_some_and(|next| is_name(next)) => break,
                word if FILLERS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()) => {}
                _ => said.unknown += 1,
            }
            place += 1;
        }
        said
    }

    /// Reports whether all words are of kinds and groups.
    pub(super) fn is_known(&self) -> bool {
        self.unknown == 0 && (!self.kinds.is_empty() || self.named_groups.len() == 1)
    }

    /// The one kind that is named.
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self.kinds[..] {
            [kind] => Some(kind),
            _ => None,
        }
    }

    /// The one group that is named by its own word.
    pub(super) fn named_group(&self) -> Option<FacilityGroup> {
        match self.named_groups[..] {
            [group] => Some(group),
            _ => None,
        }
    }

    /// The one group to which all kinds belong.
    pub(super) fn kind_group(&self) -> Option<FacilityGroup> {
        match self.kind_groups[..] {
            [group] => Some(group),
            _ => None,
        }
    }

    /// Reports whether the words speak of kinds or groups of facilities at all.
    pub(super) fn is_of_facilities(&self) -> bool {
        !self.kinds.is_empty() || !self.named_groups.is_empty()
    }
}

fn push_new<T: PartialEq>(held: &mut Vec<T>, new: T) {
    if !held.contains(&new) {
        held.push(new);
    }
}

/// Reports whether a word may be the name of a Puskesmas rather than go on with a title.
fn is_name(word: &str) -> bool {
    !FILLERS.contains(&word) && !["jaringan", "jejaring"].contains(&word) && longest(&[word]).is_none()
}

fn longest(tokens: &[&str]) -> Option<&'static Phrase> {
    let begins = |phrase: &&Phrase| {
        let mut words = phrase.words.split(' ').enumerate();
        words.all(|(place, word)| tokens.get(place).is_some_and(|token| *token == word))
    };
    PHRASES.iter().filter(begins).max_by_key(|phrase| phrase.words.len())
}

/// Kind and group that the name of a facility begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindInName {
    /// The kind (`Apotek`).
    pub kind: &'static str,
    /// The group to which that kind belongs.
    pub group: FacilityGroup,
}

/// Finds the kind with which the name of a facility begins (`Apotek Waras`) and that kind's group: a suggestion for
/// whoever registers it, never a fact.
pub fn kind_in_name(name: &str) -> Option<KindInName> {
    let plain = plain_words(name);
    let tokens: Vec<&str> = plain.split(' ').collect();
    longest(&tokens).map(|phrase| KindInName { kind: phrase.kind, group: phrase.group })
}

/// The kind with which the name of a facility begins (`Apotek Waras`).
pub(super) fn kind_of_name(name: &str) -> Option<&'static str> {
    kind_in_name(name).map(|found| found.kind)
}

/// A name without the kind with which it begins, and that kind: `Posyandu Melati` is Melati, a Posyandu.
pub(super) fn split_kind(name: &str) -> Option<(&'static str, String)> {
    let plain = plain_words(name);
    let tokens: Vec<&str> = plain.split(' ').collect();
    let phrase = longest(&tokens)?;
    let rest = tokens[phrase.words.split(' ').count()..].join(" ");
    (!rest.is_empty()).then_some((phrase.kind, rest))
}

/// A text without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            character if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    outside.trim().to_owned()
}

/// Words that stay as they are when a title gets the case of a name.
const ABBREVIATIONS: [&str; 17] = [
    "sd", "mi", "smp", "sma", "smk", "ma", "tk", "paud", "uks", "ukk", "ukbm", "bpm", "pmb", "tpmb", "rs", "ukgs",
    "ptm",
];

/// Words of a title in the case of a name: `POS GIZI` is `Pos Gizi`.
pub(super) fn title_case(text: &str) -> String {
    let cased = |word: &str| {
        let lower = word.to_lowercase();
        if ABBREVIATIONS.contains(&lower.as_str()) {
            return word.to_uppercase();
        }
        if ["dan", "di", "atau"].contains(&lower.as_str()) {
            return lower;
        }
        let mut characters = lower.chars();
        characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
    };
    without_brackets(text).split_whitespace().map(cased).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_kind_and_group() {
        for (text, kind, group) in [
            ("PUSKESMAS PEMBANTU (PUSTU)", Some("Pustu"), None),
            ("JARINGAN PELAYANAN PUSKESMAS", None, Some(Jaringan)),
            ("JEJARING FASILITAS PELAYANAN KESEHATAN", None, Some(Jejaring)),
            ("JARINGAN PELAYANAN UPT PUSKESMAS KARANGJATI", None, Some(Jaringan)),
            ("JARINGAN : PUSTU", Some("Pustu"), Some(Jaringan)),
            ("DOKTER GIGI PRAKTIK MANDIRI", Some("Dokter Gigi Praktik Mandiri"), None),
            ("Apotik swasta", Some("Apotek"), None),
            ("DAFTAR POSYANDU DI WILAYAH KERJA UPT PUSKESMAS ABCDE TAHUN 2025", Some("Posyandu"), None),
        ] {
            let said = KindWords::from_text(text);
            assert!(said.is_known(), "{text}");
            assert_eq!((said.kind(), said.named_group()), (kind, group), "{text}");
        }
    }

    #[test]
    fn names_of_facilities_are_no_titles() {
        for name in
            ["Posyandu Melati", "Klinik Al-Ikhlas", "TK Pertiwi 2", "Praktik dr. Bambang", "Jejaring dan jaringan", ""]
        {
            assert!(!KindWords::from_text(name).is_known(), "{name}");
        }
        assert_eq!(kind_of_name("Apotek Waras"), Some("Apotek"));
        assert_eq!(kind_of_name("Waras Farma"), None);
    }

    #[test]
    fn titles_get_the_case_of_names() {
        assert_eq!(title_case("POS GIZI DAN UKS (UKBM)"), "Pos Gizi dan UKS");
    }
}
