//! Codes of DHIS2 for facilities and indicators, from the file `dhis2.csv` of the data folder. Every mistake is named with
//! its line; a line with `-` for a code says that the thing is not sent. Reads no fact.

use std::collections::BTreeMap;

use crate::domain::name::{name_key, plain_words};

/// Name of the file in the data folder.
pub const MAPPING_FILE: &str = "dhis2.csv";
/// First line of the file: its columns.
pub const MAPPING_HEAD: &str = "jenis;nama;kode;kategori";
/// Bytes that the file may have.
pub const MAPPING_BYTES_MAX: usize = 1 << 20;
/// Lines that the file may have.
pub const MAPPING_LINES_MAX: usize = 10_000;
/// Letters of an identifier of DHIS2.
const UID_CHARS: usize = 11;

/// One of the two counts of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountPart {
    /// Numerator (*capaian*) of the month.
    Numerator,
    /// Denominator (*sasaran*) of the month.
    Denominator,
}

impl CountPart {
    /// Both, in the order of the export.
    pub const ALL: [Self; 2] = [Self::Numerator, Self::Denominator];

    /// The word of the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Numerator => "pembilang",
            Self::Denominator => "penyebut",
        }
    }
}

/// Data element with its category option combination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementCode {
    /// Identifier of the data element.
    pub element: String,
    /// Identifier of the category option combination; `None`: the default one of the element.
    pub category: Option<String>,
}

/// Word of the file on one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapped<T> {
    /// It is sent under this code.
    Sent(T),
    /// It is not sent, on purpose.
    Left,
}

/// The file with all its codes, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dhis2Mapping {
    facilities: BTreeMap<String, Mapped<String>>,
    counts: BTreeMap<(String, CountPart), Mapped<ElementCode>>,
}

/// One line of the file.
struct MappingLine<'l> {
    kind: &'l str,
    name: &'l str,
    code: &'l str,
    category: &'l str,
}

impl Dhis2Mapping {
    /// Reads the text of the file; all mistakes at once, each a sentence with its line.
    pub fn read(text: &str) -> Result<Self, Vec<String>> {
        let text = text.trim_start_matches('\u{feff}');
        let delimiter = if text.lines().next().unwrap_or_default().contains(';') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let heads = reader.headers().map(|heads| heads.iter().map(plain_words).collect::<Vec<_>>()).unwrap_or_default();
        if heads.iter().map(String::as_str).take(3).ne(["jenis", "nama", "kode"]) {
            return Err(vec!["baris 1: tulis judul kolom jenis, nama, kode, kategori".to_owned()]);
        }
        let mut mapping = Self::default();
        let mut faults = Vec::new();
        for (line, record) in (2..).zip(reader.records()) {
            if line > MAPPING_LINES_MAX {
                faults.push(format!("lebih dari {MAPPING_LINES_MAX} baris; hapus baris yang tidak dipakai"));
                break;
            }
            let Ok(record) = record else {
                faults.push(format!("baris {line}: tidak dapat dibaca; simpan sebagai CSV UTF-8"));
                continue;
            };
            let field = |place: usize| record.get(place).map(str::trim).unwrap_or_default();
            let row = MappingLine { kind: field(0), name: field(1), code: field(2), category: field(3) };
            if [row.kind, row.name, row.code, row.category].iter().all(|field| field.is_empty()) {
                continue;
            }
            if let Err(fault) = mapping.take(&row) {
                faults.push(format!("baris {line}: {fault}"));
            }
        }
        if faults.is_empty() { Ok(mapping) } else { Err(faults) }
    }

    fn take(&mut self, row: &MappingLine<'_>) -> Result<(), String> {
        if row.name.is_empty() {
            return Err("nama belum diisi".to_owned());
        }
        let code = code_of(row.code, "kode")?;
        let part = CountPart::ALL.into_iter().find(|part| plain_words(row.kind) == part.word());
        let is_new = match (plain_words(row.kind).as_str(), part) {
            ("faskes", _) => self.facilities.insert(name_key(row.name), code).is_none(),
            (_, Some(part)) => {
                let category = match row.category {
                    "" => None,
                    written => match code_of(written, "kategori")? {
                        Mapped::Sent(category) => Some(category),
                        Mapped::Left => None,
                    },
                };
                let element = match code {
                    Mapped::Sent(element) => Mapped::Sent(ElementCode { element, category }),
                    Mapped::Left => Mapped::Left,
                };
                self.counts.insert((plain_words(row.name), part), element).is_none()
            }
            _ => return Err(format!("jenis “{}” tidak dikenal; yang ada: faskes, pembilang, penyebut", row.kind)),
        };
        if is_new {
            Ok(())
        } else {
            Err(format!("{} “{}” sudah ada di baris sebelumnya; sisakan satu", row.kind, row.name))
        }
    }

    /// Returns the word of the file on a facility; `None`: there is none.
    pub fn facility(&self, name: &str) -> Option<&Mapped<String>> {
        self.facilities.get(&name_key(name))
    }

    /// Returns the word of the file on a count of an indicator; `None`: there is none.
    pub fn count(&self, indicator: &str, part: CountPart) -> Option<&Mapped<ElementCode>> {
        self.counts.get(&(plain_words(indicator), part))
    }
}

fn code_of(written: &str, column: &str) -> Result<Mapped<String>, String> {
    if matches!(written, "-" | "–") {
        return Ok(Mapped::Left);
    }
    let is_uid = written.len() == UID_CHARS
        && written.chars().all(|letter| letter.is_ascii_alphanumeric())
        && written.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if is_uid {
        return Ok(Mapped::Sent(written.to_owned()));
    }
    Err(format!(
        "{column} “{written}” bukan UID DHIS2 ({UID_CHARS} huruf dan angka, diawali huruf); salin dari DHIS2, atau tulis - bila tidak dikirim"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_from_excel_is_read_in_either_way() {
        for text in [
            "\u{feff}jenis;nama;kode;kategori\r\nfaskes;Klinik \"A\";O1234567890;\r\nPembilang;k6;E1234567890;C1234567890\r\n;;;\r\npenyebut;K6;-;\r\n",
            "jenis,nama,kode\nfaskes,KLINIK \"A\",O1234567890\npembilang,K6,E1234567890,C1234567890\npenyebut,K6,-\n",
        ] {
            let mapping = Dhis2Mapping::read(text).unwrap();
            assert_eq!(mapping.facility("Klinik \"A\""), Some(&Mapped::Sent("O1234567890".to_owned())));
            let code = ElementCode { element: "E1234567890".to_owned(), category: Some("C1234567890".to_owned()) };
            assert_eq!(mapping.count("K6", CountPart::Numerator), Some(&Mapped::Sent(code)));
            assert_eq!(mapping.count("K6", CountPart::Denominator), Some(&Mapped::Left));
            assert_eq!(mapping.count("HT", CountPart::Numerator), None);
        }
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let text = "jenis,nama,kode\nfaskes,A,123\nfaskes,,O1234567890\ndesa,B,O1234567890\nfaskes,C,O1234567890\nfaskes,c,O1234567891\n";
        let faults = Dhis2Mapping::read(text).unwrap_err();
        assert_eq!(faults.len(), 4, "{faults:?}");
        for (fault, words) in faults.iter().zip([
            "baris 2: kode “123”",
            "baris 3: nama",
            "baris 4: jenis “desa”",
            "baris 6: faskes “c” sudah ada",
        ]) {
            assert!(fault.starts_with(words), "{fault}");
        }
        assert!(Dhis2Mapping::read("").unwrap_err()[0].contains("judul kolom"));
        let lines: Vec<String> = (0..MAPPING_LINES_MAX).map(|number| format!("faskes,F{number},-\n")).collect();
        let long = "jenis,nama,kode\n".to_owned() + &lines.concat();
        assert!(Dhis2Mapping::read(&long).unwrap_err().last().unwrap().contains("lebih dari"));
    }
}
