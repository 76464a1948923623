//! PKP (*penilaian kinerja Puskesmas*), the yearly instrument: its rows, what they are measured against, and the
//! performance that follows in exact arithmetic. `docs/domain.md` has the formulas with their sources. Knows no sheet.

mod bands;
mod code;
mod item;
mod leaf;
mod outcome;
mod target;
mod verification;

pub use bands::PkpBands;
pub use code::{KnownEffort, PkpCode, PkpLevel};
pub use item::PkpItem;
pub use leaf::{PkpObstacle, PkpScale, PkpValue};
pub use outcome::{PkpDifference, PkpNode, PkpYear};
pub use target::{PkpBound, PkpRing, PkpTarget, PkpUnit};
pub use verification::{PkpVerdict, PkpVerification};
