//! `definitions`: schemas of definition files and the reference of their keys. Needs no data folder.

use std::process::ExitCode;

use crate::definitions::{DefinitionKind, reference, schema};

use super::args::DefinitionsVerb;
use super::print;

/// Prints a schema, the kinds that there are, or the reference.
pub fn run(verb: &DefinitionsVerb) -> anyhow::Result<ExitCode> {
    match verb {
        DefinitionsVerb::Schema { kind: Some(kind) } => print(format_args!("{:#}", schema::schema(*kind)))?,
        DefinitionsVerb::Schema { kind: None } => {
            for kind in DefinitionKind::ALL {
                let described = kind.description();
                print(format_args!("{:<10} {:<38} {}", described.name, described.place, described.says))?;
            }
        }
        DefinitionsVerb::Reference => print(reference::reference().trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}
