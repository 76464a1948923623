//! Failures of the accounts' service, each with a sentence that says what to do.

use crate::accounts::hashing::HashError;
use crate::accounts::name::NameFault;
use crate::accounts::password::PasswordFault;
use crate::accounts::secrets::NoRandomness;
use crate::accounts::totp::BrokenSecret;
use crate::app::AppError;
use crate::store::StoreError;

use super::tokens::{TOKEN_LIFE_MAX, TOKENS_MAX};

/// Reason for which something was not done to an account. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Name, password or second factor are not right, or the account may not log in: one sentence for all, so that
    /// nobody learns which accounts there are.
    #[error(
        "nama akun atau kata sandi keliru, atau akun ini tidak aktif; periksa ejaan dan huruf besar-kecil, atau minta kode baru kepada administrator"
    )]
    Refused,
    /// Too many failures before.
    #[error("terlalu banyak percobaan yang gagal; tunggu {}, lalu coba lagi", wait_words(*.seconds))]
    Wait {
        /// Seconds to wait.
        seconds: i64,
    },
    /// The one who asks keeps no accounts.
    #[error("akun ini tidak berwenang mengatur akun; minta administrator melakukannya")]
    NotAdministrator,
    /// The account is somebody else's, or there is none: nobody learns which.
    #[error("itu bukan akun Anda; tiap orang hanya melihat dan mengubah akunnya sendiri. Minta administrator")]
    NotOwnAccount,
    /// The password is right, and a code is asked for besides.
    #[error(
        "akun ini memakai dua langkah; ketik juga kode yang sekarang tampil di aplikasi autentikator, atau satu kode pemulihan"
    )]
    SecondFactorNeeded,
    /// The code of the second factor is not right.
    #[error(
        "kode dua langkah keliru atau sudah dipakai; tunggu kode berikutnya di ponsel (jamnya harus tepat), atau pakai satu kode pemulihan"
    )]
    SecondFactorWrong,
    /// Nobody is logged in with this session any more.
    #[error("sesi ini sudah berakhir; masuk lagi")]
    NotSignedIn,
    /// The code is none, was used, or is past its end.
    #[error(
        "kode ini tidak dikenal, sudah dipakai, atau sudah lewat waktunya; periksa ketikannya, atau minta kode baru"
    )]
    BadCode,
    /// The account, or the identity, is linked already.
    #[error(
        "akun atau identitas itu sudah terhubung dengan yang lain; minta administrator memutuskan hubungan lama di halaman Pengguna, lalu coba lagi"
    )]
    IdentityHeld,
    /// The account is linked to no identity.
    #[error("akun ini tidak terhubung dengan penyedia identitas")]
    NoIdentity,
    /// An identity whose account may not log in.
    #[error("akun yang terhubung dengan identitas ini tidak aktif; minta administrator mengaktifkannya")]
    ClosedToIdentity,
    /// There are accounts already.
    #[error(
        "sudah ada akun di folder data ini; kode penyiapan hanya untuk akun pertama. Minta administrator membuat akun, atau jalankan: simpul --data FOLDER user reset NAMA"
    )]
    AccountsExist,
    /// A name that is none.
    #[error(transparent)]
    Name(#[from] NameFault),
    /// A password that is none.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// The old password is not right.
    #[error("kata sandi lama keliru; ketik lagi, atau minta kode baru kepada administrator")]
    WrongOldPassword,
    /// The new password is the old one.
    #[error("kata sandi baru sama dengan yang lama; pilih yang lain")]
    SamePassword,
    /// A name or an office of a person that is too long, or of several lines.
    #[error("{0} harus satu baris, paling banyak {max} karakter", max = super::people::PERSON_CHARS_MAX)]
    PersonWords(&'static str),
    /// There is no such account.
    #[error("akun “{0}” tidak ada; lihat daftarnya di halaman Pengguna, atau dengan: simpul --data FOLDER user list")]
    NoAccount(String),
    /// The account was erased.
    #[error("data akun “{0}” sudah dihapus; buat akun baru")]
    Erased(String),
    /// The account is disabled.
    #[error("akun “{0}” dinonaktifkan; aktifkan dahulu")]
    Disabled(String),
    /// The name belongs to somebody else.
    #[error("nama akun “{0}” sudah dipakai; pilih nama lain")]
    NameTaken(String),
    /// Without an administrator nobody could make accounts any more.
    #[error(
        "“{0}” administrator terakhir yang dapat masuk; jadikan orang lain administrator dahulu, dan tunggu sampai ia memilih kata sandinya"
    )]
    LastAdministrator(String),
    /// The first account has to be an administrator's.
    #[error("akun pertama harus administrator, supaya ada yang dapat membuat akun lain; pakai peran admin")]
    FirstAdministers,
    /// A role lacks its place.
    #[error("{0}")]
    GrantPlace(&'static str),
    /// The account has that role there already.
    #[error("akun “{0}” sudah mempunyai peran itu di sana")]
    GrantHeld(String),
    /// The account has no such role there.
    #[error("akun “{0}” tidak mempunyai peran itu di sana; lihat perannya dengan: simpul --data FOLDER user list")]
    NoSuchGrant(String),
    /// A second factor is in use.
    #[error("akun ini sudah memakai dua langkah; hapus dahulu yang lama")]
    TotpHeld,
    /// No second factor was begun.
    #[error("belum ada kode dua langkah yang dipasang; mulai dari awal")]
    NoTotp,
    /// A name of a token that is none.
    #[error("beri token ini nama satu baris, paling banyak {max} karakter, supaya nanti diketahui untuk apa", max = super::tokens::TOKEN_NAME_CHARS_MAX)]
    TokenName,
    /// A token that ends too late, or before it begins.
    #[error("token harus berakhir setelah sekarang dan paling lama {} hari lagi", TOKEN_LIFE_MAX.num_days())]
    TokenEnd,
    /// A token that could do nothing.
    #[error("akun ini sendiri tidak boleh melakukan itu di Puskesmas tersebut, jadi tokennya pun tidak")]
    TokenScope,
    /// Too many tokens.
    #[error("sudah ada {TOKENS_MAX} token yang berlaku; cabut dahulu yang tidak dipakai")]
    TooManyTokens,
    /// There is no such token.
    #[error("token itu tidak ada atau sudah dicabut")]
    NoSuchToken,
    /// There is no such session.
    #[error("sesi itu tidak ada atau sudah berakhir")]
    NoSuchSession,
    /// A stored secret is broken.
    #[error(transparent)]
    BrokenSecret(#[from] BrokenSecret),
    /// The key that seals secrets cannot be had.
    #[error(
        "kunci dua langkah ({file}) tidak terbaca: {0}; kembalikan berkas itu dari salinannya, atau minta administrator menghapus dua langkah akun ini",
        file = super::sealing::SEALING_KEY_FILE
    )]
    NoSealingKey(String),
    /// Hashing failed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// Anything that the app cannot do.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl AccountError {
    /// Reports whether the one who asks may not do that at all.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::NotAdministrator | Self::NotOwnAccount)
    }

    /// Reports whether Simpul could not do its work; everything else is for whoever asked to put right.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Hash(_) | Self::NoRandomness(_) | Self::App(_))
    }
}

fn wait_words(seconds: i64) -> String {
    if seconds < 120 { format!("{seconds} detik") } else { format!("{} menit", (seconds + 59) / 60) }
}
