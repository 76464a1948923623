//! Papers read back by independent tools: the same numbers as the evaluation, nothing outside its page, nothing
//! that breaks on long names, hostile text or no data.

mod broken;
mod bulk;
mod bundle;
mod drafts;
mod drawings;
mod letters;
mod limits;
mod minutes;
mod numbers;
mod office;
mod office_templates;
mod official_letters;
mod plans;
mod proofs;
pub mod read_back;
mod sheets;
mod texts;
mod written;
