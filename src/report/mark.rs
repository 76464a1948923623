//! The code on a paper by which it proves itself: its QR code and the line beside it. Knows no document.

use crate::charts::{QrPicture, TooLongForQr};
use crate::proof::SignedClaim;

/// Length of a square of the code on paper, millimetres: a printer of 300 dots an inch draws six dots of it.
pub(super) const SQUARE_MM: f64 = 0.5;
/// Words of the picture for those who do not see it.
pub(super) const ALT: &str = "Kode QR untuk memeriksa surat ini";

/// Signed claim of a paper, printed as a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperMark {
    /// Claim of the paper about itself.
    pub claim: SignedClaim,
}

impl PaperMark {
    /// The code as squares.
    pub(super) fn picture(&self) -> Result<QrPicture, TooLongForQr> {
        QrPicture::new(&self.claim.to_string())
    }

    /// The line beside the code.
    pub fn line(&self) -> String {
        format!(
            "Kode surat {}. Periksa surat ini: halaman Periksa surat, atau simpul verify BERKAS",
            self.claim.claim.code()
        )
    }
}
