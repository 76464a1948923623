//! Letter details of a Puskesmas (`letters/*.toml`): letterhead, place, names and NIP of those who sign.
//! Without a file, papers have dotted lines there.

use super::keys::{DefinitionKey, KeyTable, KindDescription};
use super::raw::{DefinitionReader, RawTable};
use crate::domain::name::puskesmas_key;

/// Lines above the name of the Puskesmas at most.
const LINES_MAX: usize = 4;
/// Members of the district's team at most.
const TEAM_MAX: usize = 12;

pub(super) static LETTER: KindDescription = KindDescription {
    name: "letter",
    place: "letters/*.toml",
    says: "Kop dan penanda tangan surat; yang disimpan di halaman Pengaturan surat didahulukan.",
    root: &ROOT,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("puskesmas")
        .without("setiap Puskesmas tanpa berkas sendiri")
        .says("Puskesmas yang dimaksud; TPCB: tim kabupaten.")
        .like("\"Puskesmas Abcde\""),
    DefinitionKey::few_texts("above", LINES_MAX)
        .without("tanpa baris")
        .says("Baris kop di atas nama Puskesmas.")
        .like("[\"PEMERINTAH KABUPATEN CONTOH\", \"DINAS KESEHATAN\"]"),
    DefinitionKey::few_texts("team", TEAM_MAX)
        .without("titik-titik")
        .says("Anggota tim pembina kabupaten.")
        .like("[\"dr. Pembina\"]"),
    DefinitionKey::text("address").without("tanpa alamat").says("Alamat di kop.").like("\"Jl. Raya Abcde No. 1\""),
    DefinitionKey::text("place").without("titik-titik").says("Tempat surat ditandatangani.").like("\"Abcde\""),
    DefinitionKey::table("head", &PERSON).without("titik-titik").says("Kepala Puskesmas."),
    DefinitionKey::table("coordinator", &PERSON).without("titik-titik").says("Koordinator."),
]);

static PERSON: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("name").required().says("Nama dan gelar.").like("\"dr. Contoh\""),
    DefinitionKey::text("nip").without("titik-titik").says("NIP.").like("\"19700101 199503 1 001\""),
]);

/// One file's details; `None` is a dotted line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterDefinition {
    /// Key of the Puskesmas; `None`: every one without a file of its own.
    pub puskesmas: Option<String>,
    /// Lines above its name.
    pub above: Vec<String>,
    /// Address, as the letterhead prints it.
    pub address: Option<String>,
    /// Town in which letters are signed.
    pub place: Option<String>,
    /// Name and NIP of the head.
    pub head: Option<(String, Option<String>)>,
    /// Members of the district's team that coaches it.
    pub team: Vec<String>,
    /// Name and NIP of the coordinator.
    pub coordinator: Option<(String, Option<String>)>,
}

/// Lowers a file; `None` where something is wrong.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, mut root: RawTable<'_>) -> Option<LetterDefinition> {
    let before = reader.faults.len();
    let puskesmas = root.text(reader, "puskesmas").map(|name| puskesmas_key(&name.value));
    let above = lines(reader, &mut root, "above", LinesLimit { most: LINES_MAX, fault: "kop surat terlalu panjang" });
    let team = lines(reader, &mut root, "team", LinesLimit { most: TEAM_MAX, fault: "anggota tim terlalu banyak" });
    let address = root.text(reader, "address").map(|text| text.value);
    let place = root.text(reader, "place").map(|text| text.value);
    let head = person(reader, &mut root, "head");
    let coordinator = person(reader, &mut root, "coordinator");
    root.finish(reader);
    let letter = LetterDefinition { puskesmas, above, address, place, head, team, coordinator };
    (reader.faults.len() == before).then_some(letter)
}

/// Number of lines that a key may have, and the fault that is told where it has more.
struct LinesLimit {
    most: usize,
    fault: &'static str,
}

/// Returns the lines of a key; more than its limit are a fault, and are returned all the same.
fn lines(
    reader: &mut DefinitionReader<'_>,
    root: &mut RawTable<'_>,
    key: &'static str,
    LinesLimit { most, fault }: LinesLimit,
) -> Vec<String> {
    let Some(lines) = root.texts(reader, key) else { return Vec::new() };
    if lines.value.len() > most {
        reader.fault(&lines.span, fault, Some(format!("tulis paling banyak {most} baris")));
    }
    lines.value.into_iter().map(|line| line.value).collect()
}

fn person(
    reader: &mut DefinitionReader<'_>,
    root: &mut RawTable<'_>,
    key: &'static str,
) -> Option<(String, Option<String>)> {
    let mut table = root.table_if_there(reader, key)?;
    let name = table.needed_text(reader, "name");
    let id_number = table.text(reader, "nip").map(|text| text.value);
    table.finish(reader);
    Some((name?.value, id_number))
}

#[cfg(test)]
mod tests {
    use crate::definitions::{SourceFile, load};

    fn file(text: &str) -> SourceFile {
        SourceFile { name: "letters/abcde.toml".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_file_names_who_signs() {
        let text = "puskesmas = \"PKM Abcde\"\nabove = [\"PEMERINTAH KABUPATEN X\"]\nplace = \"Abcde\"\n\
                    [head]\nname = \"dr. A\"\nnip = \"1\"\n[coordinator]\nname = \"B\"\n";
        let (definitions, faults) = load(&[file(text)]);
        assert!(faults.is_empty(), "{faults:?}");
        let letter = definitions.letter("UPT PUSKESMAS ABCDE").unwrap();
        assert_eq!(letter.head, Some(("dr. A".to_owned(), Some("1".to_owned()))));
        assert_eq!(letter.coordinator, Some(("B".to_owned(), None)));
        assert!(definitions.letter("Lain").is_none());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, place) in [("tempat = \"x\"\n", 1), ("[head]\nnip = \"1\"\n", 1)] {
            let (definitions, faults) = load(&[file(text)]);
            assert_eq!((definitions.letter("x").is_none(), faults.len()), (true, 1), "{text}: {faults:?}");
            assert_eq!(faults[0].line, place, "{faults:?}");
        }
    }
}
