//! The definition files compiled in. A test compares the list with the folders.

/// Name and text of each shipped file, by name.
pub const SHIPPED: [(&str, &str); 6] = [
    ("dashboards/evaluasi.toml", include_str!("../../dashboards/evaluasi.toml")),
    ("dashboards/faskes.toml", include_str!("../../dashboards/faskes.toml")),
    ("dashboards/indicators/pembinaan.toml", include_str!("../../dashboards/indicators/pembinaan.toml")),
    ("dashboards/lokmin.toml", include_str!("../../dashboards/lokmin.toml")),
    ("dashboards/ringkasan.toml", include_str!("../../dashboards/ringkasan.toml")),
    ("jobs/impor-bulanan.toml", include_str!("../../jobs/impor-bulanan.toml")),
];
