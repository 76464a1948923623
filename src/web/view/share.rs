//! Findings of a page as a short message for a chat: plain words, no addresses, as they stand on the page, and
//! the charts of it as pictures. Knows no markup.

use super::panel::{BodyView, LeadView, LineView, PanelMaker, PanelsView, PictureView};
use super::symbol::ChangeSign;
use super::table::ChangeView;
use crate::dashboard::PanelData;
use crate::domain::format;
use crate::web::error::PageError;

/// The panels of a page, its lead with the message about them.
pub fn panels(maker: &PanelMaker<'_>, panels: &[PanelData]) -> Result<PanelsView, PageError> {
    let mut view = maker.panels(panels)?;
    let pictures: Vec<PictureView> =
        panels.iter().filter(|panel| panel.has_chart).map(|panel| maker.shared_picture(panel)).collect();
    for panel in view.rows.iter_mut().flatten() {
        if let BodyView::Lead(lead, beside) = &mut panel.body {
            lead.message = message(maker, lead, beside);
            lead.pictures.clone_from(&pictures);
        }
    }
    Ok(view)
}

/// The message of a page: whose score, how it changed, what needs attention, as of when.
fn message(maker: &PanelMaker<'_>, lead: &LeadView, lines: &[LineView]) -> String {
    let chosen = maker.chosen;
    let period = chosen.subject.period;
    let facility = chosen.subject.facility.and_then(|index| maker.facts.facilities.get(index as usize));
    let whose = match facility {
        Some(facility) => format!("{}, {}", facility.name, chosen.puskesmas),
        None => chosen.puskesmas.clone(),
    };
    let mut said = vec![format!("*Pembinaan {}*", format::period_with_months(period)), whose, score(lead)];
    if !lines.is_empty() {
        said.push(String::new());
        said.push("Perlu perhatian:".to_owned());
        said.extend(lines.iter().map(|line| format!("- {}{}", line.link, line.rest)));
    }
    said.push(String::new());
    let as_of = period.clamp_as_of(chosen.subject.as_of);
    said.push(format!("Data per {}. {}", format::date(as_of), lead.completeness.join(" ")));
    said.join("\n")
}

fn score(lead: &LeadView) -> String {
    if !lead.has_score {
        return format!("Skor: {}", lead.score);
    }
    let mut words = format!("Skor {} ({})", lead.score, lead.status);
    let recent = lead.change.as_ref().map(|change| (change, &lead.previous));
    let yearly = lead.yearly.as_ref().map(|yearly| (&yearly.change, &yearly.since));
    for (change, since) in recent.into_iter().chain(yearly) {
        words.push_str(&changed(change, since));
    }
    words
}

fn changed(change: &ChangeView, since: &str) -> String {
    match change.sign {
        ChangeSign::Level => format!(", {} dibanding {since}", change.sign.word()),
        sign => format!(", {} {} dari {since}", sign.word(), change.amount),
    }
}
