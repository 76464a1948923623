//! The records of the register and of the list of service indicators as rows of their tables.

use super::StoreError;
use super::codec::{Columns, word};
use super::rows::{
    Bound, RowKey, RowSubject, Stored, blank, date_or_blank, keep, month_value, number_or_blank, text, text_or_blank,
    truth_or_blank,
};
use crate::domain::facility::LicencePaper;
use crate::domain::format;
use crate::domain::records::{FacilityRow, Field};
use crate::domain::{
    Aggregation, Coordinates, Direction, FacilityGroup, NamedKinds, ServiceDefinition, Structure, Table,
};

fn group_code(group: FacilityGroup) -> &'static str {
    match group {
        FacilityGroup::Jaringan => "jaringan",
        FacilityGroup::Jejaring => "jejaring",
    }
}

fn structure_code(structure: Structure) -> &'static str {
    match structure {
        Structure::AdministrativeArea => "administrative_area",
        Structure::School => "school",
        Structure::Workplace => "workplace",
        Structure::ReferralSystem => "referral_system",
        Structure::CrossSector => "cross_sector",
    }
}

fn direction_code(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "higher",
        Direction::LowerIsBetter => "lower",
    }
}

fn aggregation_code(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Sum => "sum",
        Aggregation::Cumulative => "cumulative",
        Aggregation::Last => "last",
    }
}

fn structures(codes: &str) -> Result<Vec<Structure>, StoreError> {
    let known = |code: &str| Structure::ALL.into_iter().find(|structure| structure_code(*structure) == code);
    codes.split(',').filter(|code| !code.is_empty()).map(|code| word(code, known)).collect()
}

fn paper(columns: &mut Columns<'_, '_>) -> Result<Option<LicencePaper>, StoreError> {
    let paper = LicencePaper { number: columns.get()?, valid_until: columns.date_or_blank()? };
    Ok(Some(paper).filter(|paper| *paper != LicencePaper::default()))
}

fn coordinates(columns: &mut Columns<'_, '_>) -> Result<Option<Coordinates>, StoreError> {
    let latitude: Option<f64> = columns.get()?;
    let longitude: Option<f64> = columns.get()?;
    Ok(latitude.zip(longitude).and_then(|(latitude, longitude)| Coordinates::new(latitude, longitude).ok()))
}

fn paper_values(paper: Option<&LicencePaper>) -> [Bound<'_>; 2] {
    [
        text_or_blank(paper.and_then(|paper| paper.number.as_ref())),
        date_or_blank(paper.and_then(|paper| paper.valid_until)),
    ]
}

fn keep_paper(field: &mut Option<LicencePaper>, later: Option<LicencePaper>) {
    let Some(later) = later else { return };
    let paper = field.get_or_insert_with(LicencePaper::default);
    keep(&mut paper.number, later.number);
    keep(&mut paper.valid_until, later.valid_until);
}

impl Stored for FacilityRow {
    const TABLE: Table = Table::Facilities;
    const SQL_TABLE: &'static str = "facility_rows";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "kind",
        "facility_group",
        "structures",
        "address",
        "village",
        "person_in_charge",
        "owes_reports",
        "active_from",
        "active_until",
        "agreement_number",
        "agreement_until",
        "licence_number",
        "licence_until",
        "latitude",
        "longitude",
    ];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.name)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        let codes: Vec<&str> = self.structures.iter().copied().map(structure_code).collect();
        let mut values = vec![
            text(&self.name),
            text_or_blank(self.kind.as_ref()),
            self.group.map_or_else(blank, |group| text(group_code(group))),
            Bound::from(codes.join(",")),
            text_or_blank(self.address.as_ref()),
            text_or_blank(self.village.as_ref()),
            text_or_blank(self.person_in_charge.as_ref()),
            truth_or_blank(self.owes_reports),
            self.active_from.map_or_else(blank, month_value),
            self.active_until.map_or_else(blank, month_value),
        ];
        values.extend(paper_values(self.agreement.as_ref()));
        values.extend(paper_values(self.licence.as_ref()));
        values.push(number_or_blank(self.coordinates.map(Coordinates::latitude)));
        values.push(number_or_blank(self.coordinates.map(Coordinates::longitude)));
        values
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        let group = |code: &str| FacilityGroup::ALL.into_iter().find(|group| group_code(*group) == code);
        Ok(Self {
            name: columns.get()?,
            kind: columns.get()?,
            group: columns.get::<Option<String>>()?.map(|code| word(&code, group)).transpose()?,
            structures: structures(&columns.get::<String>()?)?,
            address: columns.get()?,
            village: columns.get()?,
            person_in_charge: columns.get()?,
            owes_reports: columns.truth_or_blank()?,
            active_from: columns.month_or_blank()?,
            active_until: columns.month_or_blank()?,
            agreement: paper(columns)?,
            licence: paper(columns)?,
            coordinates: coordinates(columns)?,
        })
    }

    fn key(&self) -> RowKey {
        (0, String::new())
    }

    fn overlay(&mut self, later: Self) {
        self.name = later.name;
        keep(&mut self.kind, later.kind);
        keep(&mut self.group, later.group);
        if !later.structures.is_empty() {
            self.structures = later.structures;
        }
        keep(&mut self.address, later.address);
        keep(&mut self.village, later.village);
        keep(&mut self.person_in_charge, later.person_in_charge);
        keep(&mut self.owes_reports, later.owes_reports);
        keep(&mut self.active_from, later.active_from);
        keep(&mut self.active_until, later.active_until);
        keep_paper(&mut self.agreement, later.agreement);
        keep_paper(&mut self.licence, later.licence);
        keep(&mut self.coordinates, later.coordinates);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let mut attributes = Vec::new();
        attributes.extend(self.kind.as_ref().map(|kind| format!("Jenis: {kind}")));
        attributes.extend(self.group.map(|group| format!("Kelompok: {}", group.label())));
        attributes.extend(self.owes_reports.map(|owes| format!("Wajib Lapor: {}", if owes { "Ya" } else { "Tidak" })));
        attributes.extend(self.active_from.map(|month| format!("Aktif Sejak: {}", format::month(month))));
        attributes.extend(self.active_until.map(|month| format!("Aktif s.d.: {}", format::month(month))));
        attributes.extend(self.coordinates.map(|place| format!("Koordinat: {place}")));
        let mut shown = vec![(Field::Name, self.name.clone())];
        if !attributes.is_empty() {
            shown.push((Field::Attributes, attributes.join("; ")));
        }
        shown
    }

    fn describe(&self) -> String {
        String::new()
    }
}

impl Stored for ServiceDefinition {
    const TABLE: Table = Table::ServiceIndicators;
    const SQL_TABLE: &'static str = "service_rows";
    const COLUMNS: &'static [&'static str] =
        &["code", "name", "target", "weight", "direction", "aggregation", "applies_to"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Service(&self.code)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            text(&self.code),
            text(&self.name),
            Bound::from(self.target),
            Bound::from(self.weight),
            text(direction_code(self.direction)),
            text(aggregation_code(self.aggregation)),
            Bound::from(self.applies_to.text()),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        let direction = |code: &str| {
            [Direction::HigherIsBetter, Direction::LowerIsBetter].into_iter().find(|one| direction_code(*one) == code)
        };
        let aggregation = |code: &str| {
            let all = [Aggregation::Sum, Aggregation::Cumulative, Aggregation::Last];
            all.into_iter().find(|one| aggregation_code(*one) == code)
        };
        Ok(Self {
            code: columns.get()?,
            name: columns.get()?,
            target: columns.get()?,
            weight: columns.get()?,
            direction: word(&columns.get::<String>()?, direction)?,
            aggregation: word(&columns.get::<String>()?, aggregation)?,
            applies_to: NamedKinds::of_text(&columns.get::<String>()?),
        })
    }

    fn key(&self) -> RowKey {
        (0, String::new())
    }

    fn overlay(&mut self, later: Self) {
        *self = later;
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        vec![(Field::Name, self.name.clone()), (Field::Attributes, format!("target {}", format::count(self.target)))]
    }

    fn describe(&self) -> String {
        String::new()
    }
}
