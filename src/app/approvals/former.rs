//! Evaluations as they were kept with a step: figures that counted once stay readable, whatever became of the data.

use serde_json::Value;

use super::ApprovalService;
use crate::app::AppError;
use crate::domain::Period;
use crate::store::StoredStep;

/// An evaluation that was kept.
#[derive(Clone, Debug)]
pub struct FormerEvaluation {
    /// Step with which it was kept.
    pub step: StoredStep,
    /// The command line's JSON of it, as it was written.
    pub contract: String,
}

impl FormerEvaluation {
    /// The JSON, to be read.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.contract).unwrap_or_default()
    }
}

impl ApprovalService<'_> {
    /// The evaluation that was kept with a step of a period; `None` where there is no such step, or it kept none.
    pub fn former(self, puskesmas: &str, period: Period, step: i64) -> Result<Option<FormerEvaluation>, AppError> {
        let record = self.record(puskesmas, period)?;
        let Some(step) = record.steps.into_iter().find(|taken| taken.id == step) else { return Ok(None) };
        let Some(pin) = step.pin else { return Ok(None) };
        let kept = self.app.store.period_pin(puskesmas, pin)?;
        Ok(kept.map(|kept| FormerEvaluation { step, contract: kept.contract }))
    }

    /// Sentences about approved periods whose snapshot does not give the figures any more that were approved; empty where
    /// all do. Figures and log are kept side by side, so that neither a fault nor a later Simpul changes one in silence.
    pub fn unsound(self) -> Result<Vec<String>, AppError> {
        let mut sentences = Vec::new();
        for puskesmas in self.app.puskesmas()? {
            for record in self.records(&puskesmas)?.values() {
                let Some(approval) = record.approval() else { continue };
                let Some(former) = self.former(&puskesmas, record.period, approval.id)? else { continue };
                let now = self.app.evaluation_to_keep(&puskesmas, record.period, approval.as_of)?;
                if now.contract != former.contract {
                    sentences.push(format!(
                        "{puskesmas}, {}: angka yang dihitung sekarang dari versi data yang disetujui berbeda dari angka \
                         yang disimpan saat persetujuan; angka yang disimpan dapat dibaca di halaman Persetujuan",
                        crate::domain::format::period(record.period)
                    ));
                }
            }
        }
        Ok(sentences)
    }
}
