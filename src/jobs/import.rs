//! The job that imports what lies in the watched folder. Knows nothing of when it runs.

use crate::app::App;

use super::JobError;

/// Placeholder until the import is merged.
pub fn run(_app: &App, _folder: &str) -> Result<String, JobError> {
    Ok(String::new())
}
