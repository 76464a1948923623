//! Warnings about a file as a whole, though its cells were read. Says nothing of cells.

/// A word about a file that was read. The display is the sentence for the user.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, serde::Serialize, serde::Deserialize,
)]
pub enum Notice {
    /// A workbook with macros.
    #[error("buku kerja berisi makro; makro diabaikan, hanya isi selnya yang dibaca")]
    MacrosIgnored,
    /// A page whose table has no end.
    #[error("tabel HTML tidak ditutup, mungkin berkas terpotong; periksa apakah baris terakhirnya lengkap")]
    TableNotClosed,
    /// Text in a legacy encoding that cannot be told for certain.
    #[error("teks bukan UTF-8, dibaca sebagai Windows-1252; periksa huruf khusus pada nama")]
    EncodingGuessed,
    /// A quotation mark that never ends.
    #[error("ada tanda kutip yang tidak ditutup; tanda kutip dibaca sebagai huruf biasa, periksa pembagian kolomnya")]
    QuoteNotClosed,
    /// More cells with colours or strikes than are kept.
    #[error(
        "terlalu banyak sel berwarna atau dicoret (lebih dari 200.000 pada satu lembar atau 1.000.000 seluruhnya); warna \
         dan coretan setelah itu tidak dilihat, periksa sendiri baris yang dicoret, atau hapus warna latarnya lalu impor lagi"
    )]
    MarksCut,
}
