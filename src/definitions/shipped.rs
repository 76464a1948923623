//! The definition files compiled in. A test compares the list with the folders.

/// Name and text of each shipped file, by name.
pub const SHIPPED: [(&str, &str); 20] = [
    ("dashboards/evaluasi.toml", include_str!("../../dashboards/evaluasi.toml")),
    ("dashboards/faskes.toml", include_str!("../../dashboards/faskes.toml")),
    ("dashboards/indicators/pembinaan.toml", include_str!("../../dashboards/indicators/pembinaan.toml")),
    ("dashboards/kabupaten.toml", include_str!("../../dashboards/kabupaten.toml")),
    ("dashboards/klaster.toml", include_str!("../../dashboards/klaster.toml")),
    ("dashboards/lokmin.toml", include_str!("../../dashboards/lokmin.toml")),
    ("dashboards/perbandingan.toml", include_str!("../../dashboards/perbandingan.toml")),
    ("dashboards/peta.toml", include_str!("../../dashboards/peta.toml")),
    ("dashboards/rapat-lokmin-tribulanan.toml", include_str!("../../dashboards/rapat-lokmin-tribulanan.toml")),
    ("dashboards/rapat-lokmin.toml", include_str!("../../dashboards/rapat-lokmin.toml")),
    ("dashboards/ringkasan.toml", include_str!("../../dashboards/ringkasan.toml")),
    ("instruments/contoh-apotek.toml", include_str!("../../instruments/contoh-apotek.toml")),
    ("instruments/contoh-klinik.toml", include_str!("../../instruments/contoh-klinik.toml")),
    ("instruments/contoh-posyandu.toml", include_str!("../../instruments/contoh-posyandu.toml")),
    ("instruments/contoh-pustu.toml", include_str!("../../instruments/contoh-pustu.toml")),
    ("jobs/cadangan.toml", include_str!("../../jobs/cadangan.toml")),
    ("jobs/evaluasi-caturwulan.toml", include_str!("../../jobs/evaluasi-caturwulan.toml")),
    ("jobs/impor-bulanan.toml", include_str!("../../jobs/impor-bulanan.toml")),
    ("jobs/laporan-tpcb.toml", include_str!("../../jobs/laporan-tpcb.toml")),
    ("jobs/pengingat.toml", include_str!("../../jobs/pengingat.toml")),
];
