//! Something to be told, before it is known by which channel, and the same as JSON for another program. Knows no outbox.

use serde::Serialize;

use super::JobError;
use crate::definitions::Job;
use crate::store::{Artefact, JobRun};

/// Version of the JSON: a field may be added to it, none is taken away or changed.
const MESSAGE_VERSION: u32 = 1;

/// Occasion on which something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// A run of a job ended.
    RunEnded,
    /// Due times passed that nothing made up for.
    RunsMissed,
    /// Something is late or ends soon.
    Reminder,
}

/// Something to be told of a job.
#[derive(Clone, Debug)]
pub struct Announcement<'a> {
    /// Keeps it from being told twice.
    pub key: String,
    /// Occasion.
    pub occasion: Occasion,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The run that ended.
    pub run: Option<&'a JobRun>,
    /// Files that it made.
    pub files: Vec<Artefact>,
}

/// An announcement as another program gets it.
#[derive(Debug, Serialize)]
struct WebhookMessage<'a> {
    version: u32,
    id: &'a str,
    event: Occasion,
    job: &'a str,
    title: &'a str,
    subject: &'a str,
    text: &'a str,
    run: Option<MessageRun<'a>>,
    files: Vec<MessageFile<'a>>,
}

#[derive(Debug, Serialize)]
struct MessageRun<'a> {
    id: String,
    state: &'a str,
    due: String,
    attempt: u32,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct MessageFile<'a> {
    path: &'a str,
    size: u64,
    sha256: &'a str,
}

impl<'a> From<&'a Artefact> for MessageFile<'a> {
    fn from(file: &'a Artefact) -> Self {
        Self { path: &file.path, size: file.size, sha256: &file.sha256 }
    }
}

impl Announcement<'_> {
    /// Returns the announcement as JSON; `id` is the same at every try.
    pub fn to_json(&self, job: &Job, id: &str) -> Result<String, JobError> {
        let run = self.run.map(|run| MessageRun {
            id: run.id.to_string(),
            state: run.state.code(),
            due: run.due.to_rfc3339(),
            attempt: run.attempt,
            message: &run.message,
        });
        let message = WebhookMessage {
            version: MESSAGE_VERSION,
            id,
            event: self.occasion,
            job: &job.name,
            title: &job.title,
            subject: &self.subject,
            text: &self.text,
            run,
            files: self.files.iter().map(MessageFile::from).collect(),
        };
        serde_json::to_string(&message).map_err(|error| JobError::Unsound(error.to_string()))
    }
}
