//! The page of looks (`/gaya`) shows every kind of chart and every component of pages: a new one without a place there
//! fails here.

use std::fs;

use super::{files, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The first word of each line that begins with `start`, up to what is no letter of a name.
fn names(text: &str, start: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(start));
    lines.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn every_component_of_pages_is_shown() {
    let shown = read("src/web/templates/gallery.html");
    let components = names(&read("src/web/templates/_ui.html"), "{%- macro ");
    assert!(components.len() > 20, "{components:?}");
    for component in components {
        assert!(shown.contains(&format!("ui::{component}(")), "`{component}` of _ui.html is not on the page /gaya");
    }
}

#[test]
fn every_kind_of_chart_and_every_state_is_shown() {
    let description = read("src/charts/description.rs");
    let kinds = description.split("pub enum ChartKind {").nth(1).unwrap().split('}').next().unwrap();
    let kinds: Vec<String> = kinds
        .lines()
        .map(str::trim)
        .filter(|line| line.ends_with("),"))
        .map(|line| names(line, "")[0].clone())
        .collect();
    assert!(kinds.len() >= 7, "{kinds:?}");
    let examples = read("src/web/pages/gallery/examples.rs");
    for kind in kinds {
        assert!(examples.contains(&format!("ChartKind::{kind}(")), "no chart of kind {kind} on the page /gaya");
    }
    let states: Vec<String> =
        ["Good", "Fair", "Poor", "TooLittle", "NoData"].map(|one| format!("Status::{one}")).into();
    let trends: Vec<String> = ["Rising", "Falling", "Level"].map(|one| format!("PwsTrend::{one}")).into();
    for state in states.iter().chain(&trends) {
        assert!(examples.contains(state.as_str()), "no mark of {state} on the page /gaya");
    }
}

#[test]
fn every_content_of_a_panel_and_every_symbol_is_shown() {
    let gallery: String =
        files("src/web/pages/gallery", &["rs"]).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for (file, name, least) in [
        ("src/web/view/panel.rs", "BodyView", 8),
        ("src/web/view/symbol.rs", "Symbol", 7),
        ("src/web/view/symbol.rs", "CellSign", 3),
        ("src/dashboard/meeting/slide.rs", "SlideBody", 8),
    ] {
        let text = read(file);
        let body = text.split(&format!("pub enum {name} {{")).nth(1).unwrap().split("\n}").next().unwrap();
        let lines = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
        let variants: Vec<String> = lines.map(|line| names(line, "")[0].clone()).collect();
        assert!(variants.len() >= least, "{name}: {variants:?}");
        for variant in variants {
            let written = format!("{name}::{variant}");
            assert!(gallery.contains(&written), "`{written}` is not on the page /gaya");
        }
    }
}
