//! Management of the network beside its coaching: the life of each agreement (PKS), the five steps of managing a facility,
//! and how far it is integrated. Knows no page and no store.

mod agreement;
mod integration;
mod step;

pub use agreement::{
    AGREEMENT_WARNING_DAYS, AgreementBook, AgreementSource, AgreementStage, AgreementStanding, AgreementState,
    AgreementStep,
};
pub use integration::{AspectTotal, AspectValue, IntegrationAspect, IntegrationScore, IntegrationYear};
pub use step::{NetworkStage, NetworkStep};
