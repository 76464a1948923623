//! Headings of columns, and what stands below them: whose names and numbers. Knows no cell below a heading.

/// Content of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// Nothing is known: free text perhaps.
    #[default]
    Open,
    /// Numbers of identity.
    Identity,
    /// Numbers of family cards.
    Family,
    /// Numbers of health insurance.
    Health,
    /// Telephone numbers.
    Phone,
    /// Names of patients and of relatives.
    Patient,
    /// A name that says no more: of patients where numbers of theirs stand beside it.
    PlainName,
    /// Facilities, officers and addresses of work: names and telephone numbers there are no patients'.
    Office,
    /// Licences, letters, goods: their numbers are no person's.
    Official,
}

impl ColumnRole {
    /// Reports whether a column of it says that the table is one of patients.
    pub(super) fn is_of_patients(self) -> bool {
        matches!(self, Self::Identity | Self::Family | Self::Health | Self::Patient)
    }
}

const PATIENTS: [&str; 38] = [
    "pasien",
    "bayi",
    "ibu",
    "balita",
    "penderita",
    "kk",
    "ortu",
    "anak",
    "suami",
    "istri",
    "bumil",
    "bufas",
    "bulin",
    "busui",
    "klien",
    "lansia",
    "remaja",
    "siswa",
    "murid",
    "warga",
    "wus",
    "pus",
    "catin",
    "akseptor",
    "orangtua",
    "ayah",
    "neonatus",
    "baduta",
    "keluarga",
    "almarhum",
    "jenazah",
    "odgj",
    "suspek",
    "wali",
    "penduduk",
    "usila",
    "pengunjung",
    "kontak",
];
const FACILITIES: [&str; 33] = [
    "jaringan",
    "jejaring",
    "faskes",
    "fasyankes",
    "fasilitas",
    "puskesmas",
    "pustu",
    "posyandu",
    "klinik",
    "apotek",
    "apotik",
    "bpm",
    "pmb",
    "tpmb",
    "sekolah",
    "rs",
    "rumah",
    "kelas",
    "posbindu",
    "polindes",
    "ponkesdes",
    "kader",
    "petugas",
    "kelompok",
    "unit",
    "program",
    "kegiatan",
    "desa",
    "indikator",
    "instansi",
    "obat",
    "kelurahan",
    "dokter",
];
const OFFICES: [&str; 45] = [
    "penanggung jawab",
    "pj",
    "petugas",
    "pembina",
    "pelaksana",
    "bidan",
    "kader",
    "pemilik",
    "pimpinan",
    "kepala",
    "notulis",
    "narasumber",
    "dokter",
    "perawat",
    "alamat",
    "faskes",
    "jaringan",
    "jejaring",
    "jaringan jejaring",
    "fasilitas",
    "puskesmas",
    "pustu",
    "posyandu",
    "koordinator",
    "pengelola",
    "pembuat",
    "pemeriksa",
    "supervisor",
    "peserta",
    "jabatan",
    "sasaran pembinaan",
    "sasaran kunjungan",
    "sasaran supervisi",
    "faskes sasaran",
    "yang dibina",
    "faskes yang dibina",
    "jejaring yang dibina",
    "tempat tujuan",
    "tempat pembinaan",
    "lokasi pembinaan",
    "fasyankes",
    "instansi",
    "mitra",
    "sarana",
    "bpm",
];
const OFFICIALS: [&str; 26] = [
    "nip",
    "str",
    "sip",
    "sipb",
    "sipa",
    "sipp",
    "sik",
    "izin",
    "ijin",
    "nib",
    "npwp",
    "rekening",
    "batch",
    "bets",
    "lot",
    "seri",
    "pks",
    "mou",
    "surat",
    "kode",
    "registrasi",
    "faktur",
    "barcode",
    "nrptk",
    "npsn",
    "anggaran",
];
/// Headings that say nothing of persons, and that this row is one of headings.
const PLAIN: [&str; 26] = [
    "no",
    "nomor",
    "tanggal",
    "tgl",
    "ket",
    "keterangan",
    "umur",
    "usia",
    "jenis kelamin",
    "jk",
    "l p",
    "diagnosa",
    "diagnosis",
    "temuan",
    "bentuk kegiatan",
    "tindak lanjut",
    "rencana tindak lanjut",
    "hasil",
    "jumlah",
    "sasaran",
    "capaian",
    "tanggal lahir",
    "tgl lahir",
    "rt rw",
    "desa",
    "dusun",
];
/// Characters of a heading at most.
const HEADING_CHARS_MAX: usize = 60;

/// The words of a heading, in lower case.
fn words(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_alphanumeric() {
            said.extend(character.to_lowercase());
        } else if !said.is_empty() && !said.ends_with(' ') {
            said.push(' ');
        }
    }
    said.truncate(said.trim_end().len());
    said
}

/// Reads a text as a heading; `None` where it is none that is known.
pub(super) fn role_of(text: &str) -> Option<ColumnRole> {
    if text.chars().count() > HEADING_CHARS_MAX {
        return None;
    }
    let said = words(text);
    let own: Vec<&str> = said.split(' ').collect();
    let has = |known: &[&str]| own.iter().any(|word| known.contains(word));
    let is_number = has(&["no", "nomor", "nmr"]) || own.len() == 1;
    if said.is_empty() || said.contains("jumlah") || said.contains("persen") {
        return PLAIN.contains(&said.as_str()).then_some(ColumnRole::Open);
    }
    if has(&["nik", "ktp"]) || said.contains("nomor induk kependudukan") {
        return Some(ColumnRole::Identity);
    }
    if is_number && (has(&["kk"]) || said.contains("kartu keluarga")) {
        return Some(ColumnRole::Family);
    }
    if is_number && (has(&["bpjs", "jkn", "kis"]) || said.contains("kartu peserta")) {
        return Some(ColumnRole::Health);
    }
    if has(&OFFICIALS) && own.len() <= 5 {
        return Some(ColumnRole::Official);
    }
    if has(&["hp", "wa", "telp", "telepon", "telpon", "handphone", "whatsapp", "kontak", "ponsel"]) && own.len() <= 5 {
        return Some(ColumnRole::Phone);
    }
    if own.first() == Some(&"nama") {
        let is_of_people = has(&PATIENTS) || said.contains("orang tua") || said.contains("kepala keluarga");
        let is_of_offices = has(&FACILITIES) && !said.contains("rumah tangga");
        return Some(if is_of_people && !is_of_offices {
            ColumnRole::Patient
        } else if !is_of_offices && (own.len() == 1 || said == "nama lengkap") {
            ColumnRole::PlainName
        } else {
            ColumnRole::Office
        });
    }
    if ["pasien", "penderita", "nama"].contains(&said.as_str()) {
        return Some(ColumnRole::Patient);
    }
    if OFFICES.contains(&said.as_str()) {
        return Some(ColumnRole::Office);
    }
    PLAIN.contains(&said.as_str()).then_some(ColumnRole::Open)
}

/// Reports whether headings say that the table lists facilities with their addresses and persons.
pub(super) fn is_register(headings: &[&str]) -> bool {
    let said: Vec<String> = headings.iter().map(|text| words(text)).collect();
    let has = |wanted: &str| said.iter().any(|heading| heading.contains(wanted));
    let of_register = ["jenis", "kelompok", "struktur", "alamat", "wajib lapor", "penanggung jawab", "izin", "pks"];
    (has("jaringan") || has("jejaring") || has("faskes") || has("fasilitas"))
        && of_register.iter().filter(|wanted| has(wanted)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_whose_names_stand_below() {
        for (text, role) in [
            ("Nama Pasien", Some(ColumnRole::Patient)),
            ("NAMA BAYI/BALITA", Some(ColumnRole::Patient)),
            ("Nama Orang Tua", Some(ColumnRole::Patient)),
            ("Nama KK", Some(ColumnRole::Patient)),
            ("Nama", Some(ColumnRole::PlainName)),
            ("Nama Posyandu Balita", Some(ColumnRole::Office)),
            ("Nama RS Ibu dan Anak", Some(ColumnRole::Office)),
            ("Nama Jaringan/Jejaring", Some(ColumnRole::Office)),
            ("Penanggung Jawab", Some(ColumnRole::Office)),
            ("N I K", None),
            ("NIK Ibu", Some(ColumnRole::Identity)),
            ("No. KK", Some(ColumnRole::Family)),
            ("No. Kartu BPJS/KIS", Some(ColumnRole::Health)),
            ("No. STR", Some(ColumnRole::Official)),
            ("NIP", Some(ColumnRole::Official)),
            ("No. HP", Some(ColumnRole::Phone)),
            ("Jumlah KK", None),
            ("Keterangan", Some(ColumnRole::Open)),
            ("Kunjungan bayi", None),
        ] {
            assert_eq!(role_of(text), role, "{text}");
        }
    }
}
