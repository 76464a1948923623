//! The evaluation as JSON, CSV and table: the same figures in three coats.

use simpul::app::evaluation_json::EvaluationJson;
use simpul::app::evaluation_text::{evaluation_csv, evaluation_table};
use simpul::domain::facts::Visit;

use super::world::{date, evaluator, period, quiet, visit};

#[test]
fn what_does_not_apply_is_null_in_json_blank_in_csv_and_a_dash_in_the_table() {
    let mut facts = quiet();
    facts.visits.push(Visit { points: Some(15.0), maximum: Some(20.0), ..visit(0, date("2023-05-02")) });
    let evaluation = evaluator(&facts).evaluate(period("2023-C2"), date("2023-06-20")).unwrap();
    let result = &evaluation.puskesmas[0];

    let json = serde_json::to_value(EvaluationJson::new(&facts, &evaluation, result)).unwrap();
    assert_eq!(json["as_of"], "2023-06-20");
    let block = &json["facilities"][0];
    assert_eq!(block["indicators"]["DTK"]["value"], 75.0);
    assert_eq!(block["indicators"]["CAK"]["denominator"], 0.0);
    assert!(block["indicators"]["CAK"]["value"].is_null() && block["indicators"]["CAK"]["performance"].is_null());
    assert!(block["indicators"]["IND"]["numerator"].is_null());
    assert_eq!(block["unscheduled"][0], "2023-05-02");

    let csv = evaluation_csv(&facts, &evaluation, result).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    let head = "UPT PUSKESMAS ABCDE,2023-C2,2023-06-20,Pustu Ngatri,Pustu";
    assert!(lines.contains(&format!("{head},DTK,15,20,75,80,93.75").as_str()), "{csv}");
    assert!(lines.contains(&format!("{head},CAK,0,0,,100,").as_str()), "{csv}");

    let table = evaluation_table(&facts, &evaluation, result);
    let row = table.lines().find(|line| line.starts_with("Pustu Ngatri")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    // KLP of April and May: owed, and not come.
    assert_eq!(cells[3..], ["Kurang", "–", "–", "75,0", "100,0", "–", "–", "0,0", "0,0", "–"]);
    assert!(table.ends_with("1 dari 1 faskes ada datanya; rekap 2 dari 2 bulan diterima.\n"), "{table}");
}
