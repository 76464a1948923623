//! A paper proves itself: what it says of itself in a line of text, the installation's key that signs it, and what a file
//! says when it is read again. Pure: knows no format of papers, no disk and no store.

mod alphabet;
mod claim;
mod difference;
mod key;
mod reading;
mod seal;

pub use claim::{ClaimFault, PaperClaim, SignedClaim, claim_words};
pub use difference::{FigureDifference, differences};
pub use key::{InstallationKey, PublicKey, SECRET_BYTES};
pub use reading::{ReadPiece, Reading};
pub use seal::{CLAIM_PROPERTY, FileSeal, SEAL_PROPERTY, SealedText};

use sha2::{Digest, Sha256};

/// Bytes of a digest in a code: what nobody finds a second text for.
pub const DIGEST_BYTES: usize = 20;

/// Digest of texts, each told from the next.
pub fn digest<'t>(texts: impl Iterator<Item = &'t str>) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    shortened(&hash.finalize())
}

/// The first bytes of a hash.
fn shortened(hash: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut short = [0; DIGEST_BYTES];
    short.copy_from_slice(&hash[..DIGEST_BYTES]);
    short
}
