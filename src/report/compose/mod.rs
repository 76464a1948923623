//! What each paper says, part by part; one file a paper. Everything comes from the page model's context.

mod accreditation;
mod activity;
mod cluster;
mod evaluation;
mod figures;
mod lokmin;
mod minutes;
mod register;
mod schedule;
mod tpcb;
mod written;

use super::document::{Block, Document, Part, Stamp};
use super::{ClusterMaterial, Material, Packed, ReportError, ReportKind};
use crate::domain::format;

pub(super) use cluster::{document as cluster, draft as draft_cluster};

/// The index of a bundle for accreditation that holds these files.
pub(super) fn index(material: &Material<'_>, packed: &[Packed]) -> Document {
    whole(ReportKind::Accreditation, material, accreditation::parts(material, packed))
}

/// The paper of one kind.
pub(super) fn document(kind: ReportKind, material: &Material<'_>) -> Result<Document, ReportError> {
    let parts = match kind {
        ReportKind::Evaluation => evaluation::parts(material)?,
        ReportKind::Activity => activity::parts(material)?,
        ReportKind::Register => register::parts(material)?,
        ReportKind::Schedule => schedule::parts(material)?,
        ReportKind::Lokmin => lokmin::parts(material)?,
        ReportKind::Minutes => minutes::parts(material)?,
        ReportKind::Tpcb => tpcb::parts(material)?,
        ReportKind::Accreditation => accreditation::parts(material, &[]),
        ReportKind::Cluster => {
            let contexts = std::slice::from_ref(material.context);
            let Material { letter, snapshot, narrative, .. } = *material;
            return crate::report::cluster(&ClusterMaterial { contexts, letter, snapshot, narrative, cluster: None });
        }
    };
    Ok(whole(kind, material, parts))
}

fn whole(kind: ReportKind, material: &Material<'_>, parts: Vec<Part>) -> Document {
    let context = material.context;
    let name = context.puskesmas_name();
    let parts = signed_where_it_ends(parts);
    Document {
        title: kind.title().to_owned(),
        subtitle: format!("{name} · {}", format::period_with_months(context.subject.period)),
        letterhead: material.letter.letterhead(name),
        number: material.letter.number.clone(),
        stamp: Stamp {
            id: material.snapshot.to_owned(),
            as_of: context.subject.as_of,
            completeness: context.reported(),
        },
        parts,
    }
}

/// The same parts, but one that only signs lies as the part before it: a turned page with nothing else on it is no
/// place to sign.
fn signed_where_it_ends(mut parts: Vec<Part>) -> Vec<Part> {
    for place in 1..parts.len() {
        let signs_only = matches!(parts[place].blocks.as_slice(), [Block::Signatures(_)]);
        if signs_only {
            parts[place].orientation = parts[place - 1].orientation;
        }
    }
    parts
}

/// The part that signs.
fn signed(title: &str, mut blocks: Vec<Block>, material: &Material<'_>) -> Part {
    let context = material.context;
    let signatures = material.letter.signatures(context.puskesmas_name(), context.subject.as_of);
    blocks.push(Block::Signatures(signatures));
    Part::portrait(title, blocks)
}
