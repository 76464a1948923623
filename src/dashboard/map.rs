//! Facilities where they lie, by the status of their score.

use crate::charts::{Chart, ChartKind, FacilityMap, MapPoint, MarkAnswer, MarkTarget};
use crate::domain::{Status, format};

use super::context::PageContext;
use super::page::PanelBody;

/// Advice where no facility has a place.
const NO_PLACES: &str = "Belum ada faskes yang punya koordinat. Tulis kolom Koordinat di Daftar Identifikasi, lintang \
                         lalu bujur, misalnya -7,12345; 110,45678 (di telepon: tekan lama letaknya di aplikasi peta), \
                         lalu impor daftarnya; atau isi satu per satu di formulir Daftar identifikasi faskes.";

/// The map; advice where nobody has a place.
pub fn map(context: &PageContext<'_>) -> PanelBody {
    let mut points: Vec<MapPoint> = Vec::new();
    let mut unplaced: Vec<String> = Vec::new();
    for result in context.facilities() {
        let facility = context.facility(result.facility);
        let Some(place) = facility.coordinates else {
            unplaced.push(facility.name.clone());
            continue;
        };
        let score = result.block.score.map(|score| format!("skor {}", format::percent(score)));
        let kind = Some(facility.kind.clone()).filter(|kind| !kind.is_empty());
        let detail = super::mark::detail([score, kind, facility.village.clone()]);
        points.push(MapPoint {
            name: facility.name.clone(),
            place,
            status: context.status(&result.block),
            answer: MarkAnswer::new(detail, MarkTarget::Facility(result.facility)),
        });
    }
    if points.is_empty() {
        return PanelBody::Empty(NO_PLACES.to_owned());
    }
    let count = |status: Status| points.iter().filter(|point| point.status == status).count();
    let placed = points.len();
    let all = placed + unplaced.len();
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| count(*status) > 0)
        .map(|status| format!("{} {}", count(status), status.label()))
        .collect();
    let title = match count(Status::Poor) {
        0 => format!("{placed} faskes di peta, tidak ada yang Kurang"),
        poor => format!("{poor} dari {placed} faskes di peta masih Kurang"),
    };
    PanelBody::chart(Chart {
        title,
        subtitle: format!("Letak faskes dan status skor {}", format::period(context.subject.period)),
        source: context.source_of(&format!("{placed} dari {all} faskes punya koordinat")),
        description: format!("Peta titik, utara di atas: {}. Tanpa koordinat: {}.", counts.join(", "), unplaced.len()),
        kind: ChartKind::Map(FacilityMap {
            points,
            unplaced,
            borders: context.borders.lines.clone(),
            notes: context.borders.refusal.iter().cloned().collect(),
        }),
    })
}
