//! Ready sets of indicators of the Puskesmas (`indicator-sets/*.toml`). Knows no sheet.

use super::keys::{DefinitionKey, KeyTable, KindDescription, words_of};
use super::lower::checked_stem;
use super::raw::{DefinitionReader, Located, RawTable, choose};
use crate::domain::exact::Decimal;
use crate::domain::name::plain_words;
use crate::domain::own_indicator::{IndicatorSet, OwnAggregation, OwnAim, OwnBands, OwnMeasure, SetIndicator};

/// Indicators of one set at most.
const INDICATORS_MAX: usize = 100;
/// Largest target: counts and figures per mil stay below it.
const TARGET_MAX: f64 = 1_000_000.0;

pub(super) static INDICATOR_SET: KindDescription = KindDescription {
    name: "indicator-set",
    place: "indicator-sets/*.toml",
    says: "Set indikator Puskesmas sendiri (INM, SPM, IKS, IKP) yang dinyalakan per tahun.",
    root: &ROOT,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("title").required().says("Nama set.").like("\"INM\""),
    DefinitionKey::text("basis").required().says("Dasar hukumnya.").like("\"Permenkes Nomor 30 Tahun 2022\""),
    DefinitionKey::texts("known-by")
        .required()
        .says("Kata di judul lembar yang menunjukkan set ini.")
        .like("[\"INM\", \"indikator nasional mutu\"]"),
    DefinitionKey::some_tables("indicator", &INDICATOR, 1, INDICATORS_MAX)
        .required()
        .says("Indikatornya, dalam urutan peraturannya."),
]);

static INDICATOR: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("code").required().says("Kode, sekali di semua set.").like("\"INM-1\""),
    DefinitionKey::text("name").required().says("Nama indikator.").like("\"Kepatuhan kebersihan tangan\""),
    DefinitionKey::texts("known-by")
        .without("hanya kode dan namanya")
        .says("Nama lain di lembar rekap.")
        .like("[\"kebersihan tangan\"]"),
    DefinitionKey::number("target", 0.0, TARGET_MAX)
        .without("tidak dinilai")
        .says("Target setahun dalam satuannya.")
        .like("85"),
    DefinitionKey::word("measure", || words_of(&measures())).or("\"%\"").says("Satuan angkanya.").like("\"indeks\""),
    DefinitionKey::word("direction", || words_of(&aims()))
        .or("\"naik\"")
        .says("Arah yang lebih baik; dihitung berarti tidak dinilai.")
        .like("\"turun\""),
    DefinitionKey::word("aggregation", || words_of(&aggregations()))
        .or("\"jumlah\"")
        .says("Cara menjadikan bulan-bulan satu angka.")
        .like("\"kumulatif\""),
    DefinitionKey::text("bands")
        .without("tanpa kategori")
        .says("Kategori angkanya, yang pertama cocok berlaku.")
        .like("\">0,8 = Sehat; <=0,8 = Belum sehat\""),
]);

fn measures() -> [(&'static str, OwnMeasure); 5] {
    OwnMeasure::ALL.map(|measure| (measure.label(), measure))
}

fn aims() -> [(&'static str, OwnAim); 3] {
    OwnAim::ALL.map(|aim| (aim.label(), aim))
}

fn aggregations() -> [(&'static str, OwnAggregation); 3] {
    OwnAggregation::ALL.map(|aggregation| (aggregation.label(), aggregation))
}

/// Lowers a file; `None` where something is wrong.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, stem: &str, mut root: RawTable<'_>) -> Option<IndicatorSet> {
    let before = reader.faults.len();
    let code = checked_stem(reader, stem)?.to_owned();
    let title = root.needed_text(reader, "title");
    let basis = root.needed_text(reader, "basis");
    for (key, example) in [("known-by", "known-by = [\"INM\"]"), ("indicator", "[[indicator]] dengan code dan name")] {
        if !root.has(key) {
            root.missing(reader, key, example);
        }
    }
    let known_by = texts(reader, &mut root, "known-by");
    let tables = root.tables(reader, "indicator");
    if tables.len() > INDICATORS_MAX {
        let hint = format!("paling banyak {INDICATORS_MAX} indikator dalam satu set");
        reader.fault(&root.key_span("indicator"), "indikator terlalu banyak", Some(hint));
    }
    let mut indicators: Vec<SetIndicator> = Vec::new();
    for table in tables {
        let Some((indicator, code)) = lower_indicator(reader, table) else { continue };
        if indicators.iter().any(|held| plain_words(&held.code) == plain_words(&indicator.code)) {
            let hint = "kode setiap indikator harus berbeda".to_owned();
            reader.fault(&code.span, format!("kode `{}` sudah ada di atas", code.value), Some(hint));
        }
        indicators.push(indicator);
    }
    root.finish(reader);
    if reader.faults.len() > before {
        return None;
    }
    Some(IndicatorSet { code, title: title?.value, basis: basis?.value, known_by, indicators })
}

fn texts(reader: &mut DefinitionReader<'_>, table: &mut RawTable<'_>, key: &'static str) -> Vec<String> {
    let texts = table.texts(reader, key).map(|texts| texts.value).unwrap_or_default();
    texts.into_iter().map(|text| text.value).collect()
}

fn lower_indicator(
    reader: &mut DefinitionReader<'_>,
    mut table: RawTable<'_>,
) -> Option<(SetIndicator, Located<String>)> {
    let code = table.needed_text(reader, "code");
    let name = table.needed_text(reader, "name");
    let known_by = texts(reader, &mut table, "known-by");
    let target = if table.has("target") { table.number(reader, "target") } else { None };
    let measure = table.text(reader, "measure");
    let measure = measure.map_or(Some(OwnMeasure::Percent), |word| choose(reader, "satuan", &word, &measures()));
    let aim = table.text(reader, "direction");
    let aim = aim.map_or(Some(OwnAim::Higher), |word| choose(reader, "arah", &word, &aims()));
    let aggregation = table.text(reader, "aggregation");
    let aggregation =
        aggregation.map_or(Some(OwnAggregation::Sum), |word| choose(reader, "agregasi", &word, &aggregations()));
    let bands = table.text(reader, "bands");
    if let Some(bands) = bands.as_ref().filter(|bands| OwnBands::parse(&bands.value).is_none()) {
        let hint = "tulis misalnya \">0,8 = Sehat; <=0,8 = Belum sehat\"".to_owned();
        reader.fault(&bands.span, "kategori tidak dikenal", Some(hint));
    }
    table.finish(reader);
    let code = code?;
    let indicator = SetIndicator {
        code: code.value.clone(),
        name: name?.value,
        known_by,
        target: target.and_then(Decimal::from_number),
        measure: measure?,
        aim: aim?,
        aggregation: aggregation?,
        bands: bands.map(|bands| bands.value).unwrap_or_default(),
    };
    Some((indicator, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{SourceFile, load};

    const RIGHT: &str = "title = \"Set\"\nbasis = \"SK\"\nknown-by = [\"set sendiri\"]\n\
        [[indicator]]\ncode = \"S1\"\nname = \"Satu\"\ntarget = 85\n\
        [[indicator]]\ncode = \"S2\"\nname = \"Dua\"\nmeasure = \"indeks\"\naggregation = \"terakhir\"\n\
        bands = \">0,8 = Sehat\"\n";

    fn loaded(text: &str) -> (Option<IndicatorSet>, Vec<String>) {
        let file = SourceFile { name: "indicator-sets/sendiri.toml".to_owned(), text: text.to_owned() };
        let (definitions, faults) = load(&[file]);
        let own = definitions.books.indicator_sets.find("sendiri").cloned();
        (own, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_written_holds() {
        let (own, faults) = loaded(RIGHT);
        assert_eq!(faults, Vec::<String>::new());
        let own = own.unwrap();
        assert_eq!(own.indicators[0].target, Decimal::parse("85"));
        assert_eq!((own.indicators[0].measure, own.indicators[0].aim), (OwnMeasure::Percent, OwnAim::Higher));
        assert_eq!(own.indicators[1].aggregation, OwnAggregation::Last);
    }

    #[test]
    fn every_mistake_is_named() {
        for (from, to, told) in [
            ("code = \"S2\"", "code = \"s1\"", "sudah ada di atas"),
            ("measure = \"indeks\"", "measure = \"index\"", "maksud Anda `indeks`?"),
            ("bands = \">0,8 = Sehat\"", "bands = \"0,8\"", "kategori tidak dikenal"),
            ("target = 85", "target = -1", "di luar batas"),
            ("known-by = [\"set sendiri\"]\n", "", "`known-by` tidak ada"),
            ("basis = \"SK\"\n", "", "`basis` tidak ada"),
        ] {
            let (own, faults) = loaded(&RIGHT.replacen(from, to, 1));
            assert!(own.is_none() && faults.join("\n").contains(told), "{to}: {faults:?}");
        }
        assert!(
            loaded("title = \"x\"\nbasis = \"y\"\nknown-by = [\"z\"]\n").1.join("\n").contains("`indicator` tidak ada")
        );
    }

    #[test]
    fn a_set_is_bounded_in_indicators_and_targets() {
        let set = |count: usize| {
            let one = |number: usize| format!("[[indicator]]\ncode = \"S{number}\"\nname = \"Nama {number}\"\n");
            let list: String = (0..count).map(one).collect();
            loaded(&format!("title = \"x\"\nbasis = \"y\"\nknown-by = [\"z\"]\n{list}")).1
        };
        assert_eq!(set(INDICATORS_MAX), Vec::<String>::new());
        assert!(set(INDICATORS_MAX + 1).join("\n").contains("indikator terlalu banyak"));
        let target = |target: f64| loaded(&RIGHT.replacen("target = 85", &format!("target = {target:.1}"), 1)).1;
        assert_eq!(target(TARGET_MAX), Vec::<String>::new());
        assert!(target(TARGET_MAX + 1.0).join("\n").contains("di luar batas"));
    }
}
