//! Parameters of API calls, for the description of the API: what `web::query` reads by name. Reads nothing itself.

#![expect(dead_code, reason = "describes what handlers read from the query by name")]

use utoipa::IntoParams;

/// Puskesmas, period and day of an answer.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SubjectParams {
    /// Name of the Puskesmas, in any spelling; needed where the caller sees several.
    puskesmas: Option<String>,
    /// Period: 2023-05, 2023-Q2, 2023-C2, 2023-S1 or 2023; without it the usual one of the data.
    periode: Option<String>,
    /// Year, in the place of a period: of the period's kind the one that the data reach.
    tahun: Option<String>,
    /// Day of the data, such as 2023-08-31; without it today.
    per: Option<String>,
    /// `json`, `csv` where the answer has it, `xlsx` for tables.
    format: Option<String>,
}

/// Form of an answer.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatParams {
    /// `json` or `csv`.
    format: Option<String>,
}

/// Rows of the audit that are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// First day, such as 2023-08-31.
    dari: Option<String>,
    /// Last day.
    sampai: Option<String>,
    /// Account that acted.
    akun: Option<String>,
    /// Code of the act, such as `import.accept`.
    tindakan: Option<String>,
    /// Puskesmas that it is about.
    milik: Option<String>,
    /// Words that rows must hold.
    kata: Option<String>,
    /// Page, from 1.
    #[param(rename = "halaman-jejak")]
    page: Option<String>,
    /// `json`, `csv` or `xlsx`.
    format: Option<String>,
}
