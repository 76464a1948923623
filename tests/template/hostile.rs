//! Names that try to be something else stay text, and break no list.

use simpul::domain::records::Rows;
use simpul::template::{TemplateContext, TemplateError, TemplateKind, workbook};

use super::{all_books, book, context_of, import, month};

fn names() -> Vec<String> {
    vec![
        "=cmd|' /C calc'!A0".to_owned(),
        "@SUM(1+1)*cmd|' /C calc'!A0".to_owned(),
        "+62 811 000".to_owned(),
        "Klinik \"Kutip\", & <b>Tebal</b>".to_owned(),
        "Apotek 'Tanda' [A]:B*C?/\\".to_owned(),
        format!("Klinik {}", "Panjang Sekali ".repeat(14).trim_end()),
        "Pustu \u{1}\u{7}Bunyi\u{b}\tTab\nBaris".to_owned(),
        "Posyandu _x0041_ \u{202e}kanan".to_owned(),
        "Polindes 🏥".to_owned(),
    ]
}

fn hostile() -> TemplateContext {
    let mut context = context_of("clean-11");
    let row = context.facilities[0].clone();
    context.facilities = names()
        .into_iter()
        .map(|name| simpul::domain::records::FacilityRow { kind: Some(format!("Jenis {name}")), name, ..row.clone() })
        .collect();
    context.services[0].code = String::from("K/6*[a]:\\?");
    context.services[1].code = String::from("Kode yang panjangnya lebih dari tiga puluh satu tanda");
    context.services[2].code = String::from("Kode yang panjangnya lebih dari tiga puluh satu huruf");
    context.services[3].name = String::from("=HYPERLINK(\"http://x\")");
    context.records = simpul::template::TemplateRecords::default();
    context
}

#[test]
fn hostile_names_stay_text() {
    let context = hostile();
    let found = import(&all_books(&context));
    assert_eq!(found.issues, []);
    let register = found.recaps.iter().find_map(|(_, recap)| match &recap.rows {
        Rows::Facilities(rows) => Some(rows),
        _ => None,
    });
    let written: Vec<&str> = register.unwrap().iter().map(|row| row.record.name.as_str()).collect();
    for (written, meant) in written.iter().zip(names()) {
        assert_eq!(simpul::domain::name::name_key(written), simpul::domain::name::name_key(&meant));
        assert!(!written.chars().any(char::is_control));
    }
}

#[test]
fn no_list_stands_in_a_rule_where_names_could_break_it() {
    // Names are reached by a range: nothing of them stands in a validation.
    let bytes = workbook(TemplateKind::MonthlyRecap, &hostile()).unwrap();
    let sheets = super::paper::parts(&bytes, "xl/worksheets/sheet");
    assert!(sheets.iter().all(|xml| {
        let rules = xml.split("<dataValidations").nth(1).unwrap_or_default();
        !rules.contains("Klinik") && !rules.contains("calc")
    }));
    assert!(sheets[0].contains("<formula1>Daftar!$A$3:$A$11</formula1>"));
}

#[test]
fn a_workbook_beyond_measure_is_refused_in_words() {
    let mut context = context_of("clean-11");
    let row = context.facilities[0].clone();
    context.facilities = (0..10_000)
        .map(|number| simpul::domain::records::FacilityRow { name: format!("Klinik {number}"), ..row.clone() })
        .collect();
    let error = workbook(TemplateKind::YearlyRecap, &context).unwrap_err();
    assert!(matches!(error, TemplateError::TooLarge { .. }));
    assert!(error.to_string().contains("sel"));
}

#[test]
fn a_hostile_puskesmas_breaks_nothing() {
    let name = "UPT PUSKESMAS =1+1 & \"<x>\"\u{1}";
    let context = TemplateContext::blank(name, month("2023-05"));
    for kind in TemplateKind::ALL {
        let written = book("x.xlsx", &workbook(kind, &context).unwrap());
        assert_eq!(import(&[written]).issues, []);
    }
}
