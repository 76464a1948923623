//! The demonstration's workbooks, compiled in: the year 2023 of UPT Puskesmas Abcde.

macro_rules! sample {
    ($($name:literal),* $(,)?) => {
        /// Name and bytes of every workbook in `sample-data/`.
        pub const WORKBOOKS: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/", $name)))),*];
    };
}

sample![
    "01-identifikasi.xlsx",
    "02-jadwal.xlsx",
    "rekap-2023-01.xlsx",
    "rekap-2023-02.xlsx",
    "rekap-2023-03.xlsx",
    "rekap-2023-04.xlsx",
    "rekap-2023-05.xlsx",
    "rekap-2023-06.xlsx",
    "rekap-2023-07.xlsx",
    "rekap-2023-08.xlsx",
    "rekap-2023-09.xlsx",
    "rekap-2023-10.xlsx",
    "rekap-2023-11.xlsx",
    "rekap-2023-12.xlsx",
];

#[cfg(test)]
mod tests {
    use super::WORKBOOKS;

    #[test]
    fn every_sample_workbook_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "README.md")
            .collect();
        names.sort();
        assert_eq!(names, WORKBOOKS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
