//! Papers read back by independent tools: the same numbers as the evaluation, nothing outside its page, nothing
//! that breaks on long names, hostile text or no data.

mod broken;
mod bulk;
mod bundle;
mod drawings;
mod limits;
mod numbers;
mod office;
mod plans;
mod read_back;
mod texts;
mod written;
