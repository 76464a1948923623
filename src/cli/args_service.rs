//! Flags of the service, and of `config`, which shows what comes of them. Decides nothing, opens nothing.

use clap::{Args, Subcommand};

use super::args_common::ImportFormat;
use crate::definitions::service_layers::check_text;
use crate::definitions::{SettingName, SettingText};

/// Flags of the service: each goes before its variable, and that before `simpul.toml`.
#[derive(Debug, Default, Args)]
pub struct ServeArgs {
    /// Alamat tempat layanan menunggu, misalnya 0.0.0.0:8080 supaya dapat dibuka dari ponsel (bawaan: `listen` di
    /// simpul.toml, atau 127.0.0.1:8080)
    #[arg(long, value_name = "ALAMAT", value_parser = parse_listen)]
    pub listen: Option<String>,
    /// Buka halamannya di peramban komputer ini; bila layanannya sudah berjalan, hanya itu
    #[arg(long)]
    pub open: bool,
    /// Nama lain yang diketik di peramban, dipisah koma
    #[arg(long, value_name = "NAMA", value_parser = parse_names)]
    pub names: Option<String>,
    /// Alamat perantara yang dipercaya, dipisah koma, misalnya 127.0.0.1
    #[arg(long, value_name = "ALAMAT", value_parser = parse_proxy)]
    pub proxy: Option<String>,
    /// Berkas sertifikat (PEM) untuk https, dihitung dari folder data
    #[arg(long, value_name = "BERKAS")]
    pub certificate: Option<String>,
    /// Berkas kunci sertifikat itu
    #[arg(long, value_name = "BERKAS")]
    pub key: Option<String>,
    /// Yang dicatat: error, warn, info (bawaan), debug atau trace
    #[arg(long, value_name = "TINGKAT", value_parser = parse_level)]
    pub log_level: Option<String>,
    /// Bentuk catatan: text (bawaan) atau json
    #[arg(long, value_name = "BENTUK", value_parser = parse_format)]
    pub log_format: Option<String>,
    /// Berkas catatan, dihitung dari folder data, misalnya catatan/simpul.log
    #[arg(long, value_name = "BERKAS")]
    pub log_file: Option<String>,
    /// Besar berkas catatan sebelum diganti yang baru, dalam MiB (bawaan: 10)
    #[arg(long, value_name = "MIB", value_parser = parse_file_mb)]
    pub log_file_mb: Option<String>,
    /// Banyaknya berkas catatan lama yang disimpan (bawaan: 5)
    #[arg(long, value_name = "JUMLAH", value_parser = parse_files)]
    pub log_files: Option<String>,
}

impl ServeArgs {
    /// The settings that they give.
    pub fn settings(&self) -> Vec<SettingText> {
        let of = |name: SettingName| match name {
            SettingName::Listen => &self.listen,
            SettingName::Names => &self.names,
            SettingName::Proxy => &self.proxy,
            SettingName::Certificate => &self.certificate,
            SettingName::Key => &self.key,
            SettingName::LogLevel => &self.log_level,
            SettingName::LogFormat => &self.log_format,
            SettingName::LogFile => &self.log_file,
            SettingName::LogFileMb => &self.log_file_mb,
            SettingName::LogFiles => &self.log_files,
        };
        let told = |name: SettingName| of(name).clone().map(|text| SettingText { name, text });
        SettingName::ALL.into_iter().filter_map(told).collect()
    }
}

/// `config …`.
#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Setiap pengaturan layanan: nilainya, dan dari mana (pilihan, lingkungan, simpul.toml, atau bawaan)
    Show {
        #[command(flatten)]
        service: ServeArgs,
        /// Bentuk keluaran: teks (bawaan) atau json
        #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
        format: ImportFormat,
    },
}

fn checked(name: SettingName, text: &str) -> Result<String, String> {
    check_text(name, text).map(|()| text.to_owned())
}

fn parse_listen(text: &str) -> Result<String, String> {
    checked(SettingName::Listen, text)
}

fn parse_names(text: &str) -> Result<String, String> {
    checked(SettingName::Names, text)
}

fn parse_proxy(text: &str) -> Result<String, String> {
    checked(SettingName::Proxy, text)
}

fn parse_level(text: &str) -> Result<String, String> {
    checked(SettingName::LogLevel, text)
}

fn parse_format(text: &str) -> Result<String, String> {
    checked(SettingName::LogFormat, text)
}

fn parse_file_mb(text: &str) -> Result<String, String> {
    checked(SettingName::LogFileMb, text)
}

fn parse_files(text: &str) -> Result<String, String> {
    checked(SettingName::LogFiles, text)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::cli::args::{Cli, Verb};

    #[test]
    fn every_setting_has_a_flag_of_its_name() {
        for name in SettingName::ALL {
            let value = match name.built_in() {
                none if none.is_empty() => "127.0.0.1".to_owned(),
                value => value,
            };
            let typed = ["simpul", "serve", &format!("--{}", name.key()), &value].map(OsString::from);
            let Some(Verb::Serve(args)) = Cli::read(typed.into_iter()).unwrap().verb else { panic!("{name:?}") };
            assert_eq!(args.settings(), [SettingText { name, text: value }]);
        }
    }
}
