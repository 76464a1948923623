//! The meanings of colours by the legends of their sheet, as far as they say of a row or a cell whether it took place:
//! `merah = tidak terlaksana`. Judges no row.

use super::{ExplainedColour, Legend};
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::workbook::FillColour;

/// The meaning of a colour by a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum ColourMeaning {
    Cancelled,
    /// Did not take place.
    NotDone,
    /// Has not taken place yet.
    Open,
    Done,
    /// Planned, or a group of facilities.
    Planned,
    Other,
}

impl ColourMeaning {
    fn from_words(said: &str) -> Self {
        let words = format!(" {} ", plain_words(said));
        let says = |known: &[&str]| known.iter().any(|word| words.contains(&format!(" {word} ")));
        let of_quality = ["lengkap", "memenuhi", "tercapai", "mencapai", "sesuai", "target", "skor", "nilai", "bukti"];
        if says(&of_quality) || says(&["notulen", "foto", "dokumentasi"]) {
            return Self::Other;
        }
        let called_off =
            ["batal", "dibatalkan", "pembatalan", "tidak jadi", "tdk jadi", "dihapus", "dicoret", "tidak berlaku"];
        if says(&called_off) {
            Self::Cancelled
        } else if says(&["belum", "blm"]) {
            Self::Open
        } else if says(&["tidak", "tdk", "gagal", "ditunda", "tunda", "absen", "alpa", "urung", "bukan"]) {
            Self::NotDone
        } else if says(&["hadir", "libur", "cuti", "tutup"]) {
            Self::Other
        } else if says(&["terlaksana", "dilaksanakan", "realisasi", "pelaksanaan", "selesai", "sudah"])
            || says(&["terealisasi", "dikunjungi"])
        {
            Self::Done
        } else if says(&["rencana", "direncanakan", "terencana", "jadwal", "dijadwalkan", "terjadwal", "pembinaan"])
            || says(&["kunjungan", "jaringan", "jejaring", "pustu", "polindes", "klinik", "posyandu", "apotek"])
        {
            Self::Planned
        } else {
            Self::Other
        }
    }
}

/// A colour that a sheet explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recap) struct ColourLegend {
    /// The cell of the explanation.
    pub(in crate::recap) place: CellRef,
    pub(in crate::recap) meaning: ColourMeaning,
    /// As it is written.
    pub(in crate::recap) text: String,
    explained: ExplainedColour,
}

/// Returns the legend of a colour, the nearest where several could be meant.
pub(in crate::recap) fn legend_of(legends: &[ColourLegend], colour: FillColour) -> Option<&ColourLegend> {
    let near = legends.iter().filter_map(|legend| Some((legend.explained.distance(colour)?, legend)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, legend)| legend)
}

/// Returns the colours that a sheet explains, but for what stands in cells that are `is_own` to a table with this last row.
pub(in crate::recap) fn legends(
    legend: &Legend<'_>,
    last_row: u32,
    is_own: &dyn Fn(CellRef) -> bool,
) -> Vec<ColourLegend> {
    let all = legend.colours(last_row, is_own).into_iter().map(|explained| ColourLegend {
        place: explained.place,
        meaning: ColourMeaning::from_words(&explained.said),
        text: explained.text.clone(),
        explained,
    });
    // Sums and titles are filled too, and mean nothing by it.
    all.filter(|legend| !legend.explained.is_in_fill || legend.meaning != ColourMeaning::Other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellValue, Row, Sheet, Visibility};

    fn found(texts: &[&str]) -> Vec<(String, ColourMeaning)> {
        let rows = (0..).zip(texts).map(|(index, text)| {
            let cells =
                (0..).zip(text.split('|')).map(|(column, text)| Cell { column, value: CellValue::Text(text.into()) });
            Row { index, cells: cells.collect() }
        });
        let sheet = Sheet::new("Mei".to_owned(), Visibility::Visible, rows.collect(), Vec::new());
        let legends = legends(&Legend::from_sheet(&sheet), 0, &|_| false);
        legends.into_iter().map(|legend| (legend.explained.name(), legend.meaning)).collect()
    }

    #[test]
    fn legends_of_many_spellings() {
        let of = |word: &str, meaning| vec![(word.to_owned(), meaning)];
        assert_eq!(found(&["merah = tidak terlaksana"]), of("merah", ColourMeaning::NotDone));
        assert_eq!(found(&["Ket: kuning = belum"]), of("kuning", ColourMeaning::Open));
        assert_eq!(found(&["warna merah: batal"]), of("merah", ColourMeaning::Cancelled));
        assert_eq!(found(&["Merah|: tidak jadi"]), of("merah", ColourMeaning::Cancelled));
        assert_eq!(found(&["Baris yang tidak terlaksana diberi warna merah"]), of("merah", ColourMeaning::NotDone));
        assert_eq!(found(&["abu-abu = libur"]), of("abuabu", ColourMeaning::Other));
        let two = [("kuning".to_owned(), ColourMeaning::Planned), ("hijau".to_owned(), ColourMeaning::Done)];
        assert_eq!(found(&["Keterangan : kuning = rencana, hijau = terlaksana"]), two);
        assert_eq!(found(&["merah = skor tidak memenuhi"]), of("merah", ColourMeaning::Other));
        assert_eq!(found(&["JADWAL PEMBINAAN", "Tablet merah muda", "Praktik dr. Hijauwati"]), []);
    }
}
