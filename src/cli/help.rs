//! Layout of the help, for every verb in one way and with no word of clap's own. Knows no verb.

use clap::{Arg, Command};

use super::native;

const TEMPLATE: &str = "{about-with-newline}\nPemakaian: {usage}\n\n{all-args}{after-help}";

const DATA: &str = " --data FOLDER";
/// Verbs that open no data folder.
const WITHOUT_DATA: [&str; 5] = ["completions", "definitions", "help", "licenses", "man"];

/// A command line and all its verbs under Indonesian headings and usage lines.
pub fn spoken(program: Command) -> Command {
    let name = program.get_name().to_owned();
    let start = format!("{name}{DATA}");
    let program = native::with_native_verbs(program);
    dressed(program.override_usage(format!("{name} [--data FOLDER] [PERINTAH]")))
        .mut_subcommands(|verb| spoken_verb(verb, &start, false))
}

/// A verb below `path`; `has_options`: whether those above it give it options of their own.
fn spoken_verb(verb: Command, path: &str, has_options: bool) -> Command {
    let has_options = has_options || verb.get_arguments().any(|arg| !arg.is_positional() && !arg.is_required_set());
    // Verbs about the program itself have no data folder.
    let path = if WITHOUT_DATA.contains(&verb.get_name()) { path.trim_end_matches(DATA) } else { path };
    let path = format!("{path} {}", verb.get_name());
    let usage = usage(&verb, &path, has_options);
    let nested = format!("{path}{}", if has_options { " [PILIHAN]" } else { "" });
    dressed(verb.override_usage(usage)).mut_subcommands(|verb| spoken_verb(verb, &nested, false))
}

/// `simpul --data FOLDER evaluate [PILIHAN] PERIODE`.
fn usage(verb: &Command, path: &str, has_options: bool) -> String {
    let mut usage = path.to_owned();
    let mut add = |word: &str| {
        usage.push(' ');
        usage.push_str(word);
    };
    if has_options {
        add("[PILIHAN]");
    }
    for arg in verb.get_positionals() {
        let more = if arg.get_num_args().is_some_and(|range| range.max_values() > 1) { "…" } else { "" };
        let name = format!("{}{more}", value_name(arg));
        add(&if arg.is_required_set() { name } else { format!("[{name}]") });
    }
    for arg in verb.get_arguments().filter(|arg| !arg.is_positional() && arg.is_required_set()) {
        add(&format!("--{} {}", arg.get_long().unwrap_or_default(), value_name(arg)));
    }
    if verb.has_subcommands() {
        add("PERINTAH");
    }
    usage
}

fn value_name(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn dressed(command: Command) -> Command {
    command.help_template(TEMPLATE).subcommand_help_heading("Perintah").disable_help_subcommand(true).mut_args(|arg| {
        let heading = if arg.is_positional() { "Isian" } else { "Pilihan" };
        arg.help_heading(heading)
    })
}

#[cfg(test)]
mod tests {
    use super::super::args::Cli;
    use super::*;
    use clap::CommandFactory;

    /// Words that clap writes by itself.
    const ENGLISH: [&str; 9] =
        ["usage", "options", "arguments", "commands", "[command]", "default", "possible values", "aliases", "print"];

    fn helps(command: &Command, path: &str, found: &mut Vec<(String, String)>) {
        let path = format!("{path} {}", command.get_name());
        for help in [command.clone().render_help(), command.clone().render_long_help()] {
            found.push((path.clone(), help.to_string()));
        }
        for verb in command.get_subcommands() {
            helps(verb, &path, found);
        }
    }

    fn all() -> Vec<(String, String)> {
        let mut program = spoken(Cli::command());
        program.build();
        let mut found = Vec::new();
        helps(&program, "", &mut found);
        found
    }

    #[test]
    fn no_help_of_any_verb_has_an_english_word_of_claps() {
        let all = all();
        assert!(all.len() >= 2 * 19, "verbs and their verbs: {}", all.len());
        for (path, help) in all {
            let lower = help.to_lowercase();
            for word in ENGLISH {
                assert!(!lower.contains(word), "{path} says `{word}`:\n{help}");
            }
            assert!(help.contains("Pemakaian: simpul") && help.contains("Pilihan:"), "{path}:\n{help}");
        }
    }

    #[test]
    fn usage_names_what_is_needed() {
        let all = all();
        for (verb, usage) in [
            ("import", "simpul --data FOLDER import [PILIHAN] BERKAS…"),
            ("report", "simpul --data FOLDER report [PILIHAN] LAPORAN PERIODE --out BERKAS"),
            ("alias add", "simpul --data FOLDER alias [PILIHAN] add TERTULIS = FASKES…"),
            ("words say", "simpul --data FOLDER words [PILIHAN] say [PILIHAN] BERKAS LEMBAR TENTANG = KATA…"),
            ("job", "simpul --data FOLDER job PERINTAH"),
            ("job history", "simpul --data FOLDER job history [PILIHAN] [NAMA]"),
            ("check", "simpul --data FOLDER check"),
        ] {
            let (_, help) = all.iter().find(|(path, _)| *path == format!(" simpul {verb}")).unwrap();
            assert!(help.contains(&format!("Pemakaian: {usage}\n")), "{verb}:\n{help}");
        }
    }
}
