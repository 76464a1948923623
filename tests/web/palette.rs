//! Colours as browsers get them: every text on every ground it can stand on, on a screen and on a wall; edges of what can
//! be used; no colour beside the tokens.

use std::collections::BTreeMap;

use super::site::ABCDE;

/// Grounds on which text of any colour but [`ON_DARK`] may stand.
const LIGHT: [&str; 3] = ["paper", "surface", "low"];
/// Grounds for text in the colour of paper.
const DARK: [&str; 2] = ["ink", "primary"];
/// Text for dark grounds.
const ON_DARK: &str = "paper";
/// Grounds of lines and gaps, on which no text stands.
const LINES: [&str; 2] = ["line", "grid"];
/// Marks and edges that carry meaning.
const MARKS: [&str; 6] = ["good", "fair-edge", "poor", "outline", "primary", "ink"];

/// A rule of a sheet: its selector and its declarations.
struct Rule {
    selector: String,
    declarations: Vec<(String, String)>,
}

impl Rule {
    /// The token that a property takes its colour from.
    fn token(&self, property: &str) -> Option<&str> {
        let (_, value) = self.declarations.iter().rev().find(|(name, _)| name == property)?;
        value.split("var(--").nth(1)?.split(')').next()
    }
}

fn rules(sheet: &str) -> Vec<Rule> {
    let mut text = String::new();
    for (place, part) in sheet.split("/*").enumerate() {
        text.push_str(if place == 0 { part } else { part.split_once("*/").unwrap().1 });
    }
    let mut rules = Vec::new();
    for part in text.split('}') {
        // Of rules in a condition (`@media … {`) the innermost counts.
        let Some((head, body)) = part.rsplit_once('{') else { continue };
        let selector = head.rsplit('{').next().unwrap().trim().to_owned();
        let declarations = body.split(';').filter_map(|one| one.split_once(':'));
        let declarations = declarations.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        rules.push(Rule { selector, declarations: declarations.collect() });
    }
    rules
}

/// Relative luminance of `#RRGGBB` (WCAG 2.2).
fn luminance(color: &str) -> f64 {
    assert!(color.len() == 7 && color.starts_with('#'), "{color}");
    let part = |place: usize| {
        let value = f64::from(u8::from_str_radix(&color[place..place + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Colours of the tokens as a rule sets them.
fn tokens(rules: &[Rule], selector: &str) -> BTreeMap<String, String> {
    let rule = rules.iter().find(|rule| rule.selector.split(',').any(|one| one == selector)).unwrap();
    let tokens = rule.declarations.iter().filter_map(|(name, value)| Some((name.strip_prefix("--")?, value)));
    tokens.map(|(name, value)| (name.to_owned(), value.clone())).collect()
}

struct Sheets {
    rules: Vec<Rule>,
    screen: BTreeMap<String, String>,
    wall: BTreeMap<String, String>,
}

async fn sheets() -> Sheets {
    let sheet = ABCDE.get("/aset/simpul.css").await.text() + &ABCDE.get("/aset/rapat.css").await.text();
    let rules = rules(&sheet);
    let screen = tokens(&rules, ":root");
    let mut wall = screen.clone();
    for dress in [".proyektor", ".rapat", ".pemimpin"] {
        wall.extend(tokens(&rules, dress));
    }
    Sheets { rules, screen, wall }
}

#[tokio::test]
async fn every_text_stands_out_from_every_ground() {
    let Sheets { rules, screen, wall } = sheets().await;
    let mut texts: Vec<&str> = rules.iter().filter_map(|rule| rule.token("color")).collect();
    texts.sort_unstable();
    texts.dedup();
    assert!(texts.len() >= 6, "{texts:?}");
    for (dress, tokens, least) in [("screen", &screen, 4.5), ("wall", &wall, 7.0)] {
        for text in &texts {
            let grounds: &[&str] = if *text == ON_DARK { &DARK } else { &LIGHT };
            for ground in grounds {
                let found = contrast(&tokens[*text], &tokens[*ground]);
                assert!(found >= least, "{dress}: {text} on {ground} has {found:.2} : 1");
            }
        }
    }
    for rule in &rules {
        let Some(ground) = rule.token("background").or_else(|| rule.token("background-color")) else { continue };
        let is_known = LIGHT.contains(&ground) || DARK.contains(&ground);
        assert!(is_known || LINES.contains(&ground), "{}: text on {ground} was never judged", rule.selector);
        if let Some(text) = rule.token("color") {
            let found = contrast(&screen[text], &screen[ground]);
            assert!(found >= 4.5, "{}: {text} on {ground} has {found:.2} : 1", rule.selector);
        }
    }
}

#[tokio::test]
async fn marks_and_edges_stand_out_from_their_ground() {
    let Sheets { rules, screen, wall } = sheets().await;
    for tokens in [&screen, &wall] {
        for mark in MARKS {
            for ground in ["paper", "surface"] {
                let found = contrast(&tokens[mark], &tokens[ground]);
                assert!(found >= 3.0, "{mark} on {ground} has {found:.2} : 1");
            }
        }
    }
    for rule in &rules {
        let is_used = ["button", "input", "select", "textarea"].iter().any(|part| rule.selector.contains(part));
        if let Some(edge) = rule.token("border").or_else(|| rule.token("border-color"))
            && is_used
            && !rule.selector.contains(":disabled")
        {
            assert!(!LINES.contains(&edge), "{}: an edge of {edge} is not seen", rule.selector);
        }
    }
}

#[tokio::test]
async fn no_sheet_has_a_colour_beside_the_tokens() {
    for rule in sheets().await.rules {
        for (name, value) in &rule.declarations {
            let is_token = name.starts_with("--");
            assert!(is_token || !value.contains('#'), "{}: {name}: {value}", rule.selector);
        }
    }
}
