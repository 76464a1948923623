//! Papers are signed as they are made: the installation's key, the code on each paper, the seal of each file. Verifies
//! nothing.

use super::PaperService;
use super::request::ReportRequest;
use crate::accounts::secrets::{Randomness, SystemRandomness};
use crate::app::AppError;
use crate::domain::ReportKind;
use crate::proof::{
    FileSeal, InstallationKey, PaperClaim, PublicKey, Reading, SECRET_BYTES, SealedText, SignedClaim, claim_words,
};
use crate::report::sealed::{SealedFormat, seal};
use crate::report::{Document, PaperMark, figures};
use crate::store::StoreError;

/// A file that is written and was read again, on its way to its seal.
pub(super) struct WrittenFile {
    pub(super) format: SealedFormat,
    pub(super) bytes: Vec<u8>,
    pub(super) reading: Reading,
}

impl PaperService<'_> {
    /// The public half of this installation's key: what others verify its papers with.
    pub fn public_key(self) -> Result<PublicKey, AppError> {
        Ok(self.installation_key()?.public())
    }

    /// The key of this installation, made at the first need.
    pub(super) fn installation_key(self) -> Result<InstallationKey, AppError> {
        let store = self.app.store();
        let secret = if let Some(secret) = store.installation_secret()? {
            secret
        } else {
            let mut new = [0; SECRET_BYTES];
            SystemRandomness.fill(&mut new).map_err(|error| AppError::NoRandomness(error.0))?;
            store.keep_installation_secret(&new, self.app.by())?
        };
        let secret: [u8; SECRET_BYTES] = secret
            .try_into()
            .map_err(|_wrong: Vec<u8>| StoreError::Corrupt("kunci instalasi tidak lengkap".to_owned()))?;
        Ok(InstallationKey::from_secret(&secret))
    }

    /// The document with its code.
    pub(super) fn marked(self, request: &ReportRequest, mut document: Document) -> Result<Document, AppError> {
        let claim = PaperClaim {
            kind: request.kind.code().to_uppercase(),
            about: claim_words(&self.about(request)?),
            period: request.period,
            as_of: document.stamp.as_of,
            snapshot: document.stamp.id.clone(),
            figures: figures(&document),
        };
        document.mark = Some(PaperMark { claim: claim.signed(&self.installation_key()?) });
        Ok(document)
    }

    /// Name of the Puskesmas or the cluster that a paper is about; blank where it is about all.
    pub(super) fn about(self, request: &ReportRequest) -> Result<String, AppError> {
        if request.kind == ReportKind::Cluster {
            return Ok(self.cluster(request)?.unwrap_or_default());
        }
        self.app.resolve_puskesmas(request.puskesmas.as_deref())
    }

    /// The file with its seal.
    pub(super) fn sealed(self, file: WrittenFile, claim: &SignedClaim) -> Result<Vec<u8>, AppError> {
        let WrittenFile { format, bytes, reading } = file;
        let own = FileSeal::new(format.code(), &reading, claim, &self.installation_key()?);
        let text = SealedText { claim: claim.to_string(), seal: own.to_string(), reading: Some(reading) };
        Ok(seal(format, bytes, &text)?)
    }
}
