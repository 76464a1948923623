//! Reasons for which somebody does not come in through the provider, each with a sentence that says what to do.

use std::fmt;

/// Reason for which nobody is known by the provider. The display is the message for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OidcError {
    /// It does not answer, or not in time.
    #[error(
        "penyedia identitas tidak menjawab; coba lagi beberapa menit lagi, atau masuk dengan nama akun dan kata sandi Simpul"
    )]
    Unreachable(String),
    /// Its word about itself does not fit what this installation was told.
    #[error(
        "jawaban penyedia identitas tidak cocok dengan pengaturan Simpul ({0}); beri tahu administrator, atau masuk dengan nama akun dan kata sandi Simpul"
    )]
    Misfit(String),
    /// It does not know the code that the browser brought.
    #[error("penyedia identitas menolak kode masuk ini: kode itu sudah dipakai atau terlalu lama; masuk sekali lagi")]
    CodeRefused(String),
    /// Its word about the person cannot be believed.
    #[error(
        "keterangan penyedia identitas tidak dapat dipercaya: {0}; masuk sekali lagi, dan bila terulang beri tahu administrator"
    )]
    Token(TokenFault),
}

impl OidcError {
    /// Words for the log of the service, which the user is not shown.
    pub fn detail(&self) -> String {
        match self {
            Self::Unreachable(detail) | Self::Misfit(detail) | Self::CodeRefused(detail) => detail.clone(),
            Self::Token(fault) => fault.to_string(),
        }
    }
}

/// Fault of a token about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// There is none.
    Missing,
    /// It was issued for another program.
    Audience,
    /// It was issued by another provider.
    Issuer,
    /// It is past its end, or not good yet.
    Time,
    /// It answers another request.
    Nonce,
    /// Its signature is none of the provider's.
    Signature,
    /// It tells nobody.
    Subject,
    /// Anything else.
    Other,
}

impl fmt::Display for TokenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "tidak ada",
            Self::Audience => "dibuat untuk program lain",
            Self::Issuer => "dibuat penyedia lain",
            Self::Time => "waktunya sudah lewat atau belum mulai (periksa jam komputer ini)",
            Self::Nonce => "bukan jawaban atas permintaan ini",
            Self::Signature => "tanda tangannya bukan dari penyedia itu",
            Self::Subject => "tidak menyebut orangnya",
            Self::Other => "bentuknya tidak dikenal",
        })
    }
}
