//! The pages over several Puskesmas: pooled by hand and by the page, medians, what lacks, who may see them, and many rows.

use axum::http::StatusCode;
use simpul::app::district::DistrictRequest;
use simpul::app::import::Upload;
use simpul::dashboard::district::{DistrictContext, PuskesmasStanding};
use simpul::domain::access::{Access, Grant, Origin};
use simpul::domain::{CoachingIndicator, Value};

use super::site::{Site, register_of};

const ANGGREK: &str = "UPT PUSKESMAS ANGGREK";
const MELATI: &str = "UPT PUSKESMAS MELATI";
const MAWAR: &str = "UPT PUSKESMAS MAWAR";

/// Attendance at the lokmin of a month: who was invited, and `Ya` where it came.
#[expect(clippy::format_collect, reason = "a few lines of a small sheet")]
fn lokmin(puskesmas: &str, month: &str, attended: &[&str]) -> Upload {
    let rows: String =
        attended.iter().zip(1..).map(|(came, number)| format!("{number};Apotek {number};Ya;{came}\n")).collect();
    let text = format!(
        "DAFTAR HADIR LOKAKARYA MINI;;;\n{puskesmas};;;\nTAHUN 2023;;;\nBULAN : {month} 2023;;;\n\n\
         No;Nama Jaringan/Jejaring;Diundang;Hadir\n{rows}"
    );
    Upload { name: format!("lokmin-{puskesmas}-{month}.csv"), bytes: text.into_bytes() }
}

fn apoteks(puskesmas: &str, count: usize) -> Upload {
    let names: Vec<String> = (1..=count).map(|number| format!("Apotek {number}")).collect();
    register_of(puskesmas, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Anggrek with one of two attendances, Melati with three of three, Mawar without any recap; Anggrek, Melati and Kenanga,
/// of which there is nothing at all, in the cluster Utara.
async fn site() -> Site {
    let site = Site::with(&[
        apoteks(ANGGREK, 2),
        apoteks(MELATI, 3),
        apoteks(MAWAR, 1),
        lokmin(ANGGREK, "JANUARI", &["Ya", "Tidak"]),
        lokmin(MELATI, "JANUARI", &["Ya", "Ya", "Ya"]),
    ]);
    for name in ["ANGGREK", "MELATI"] {
        let fields = [("tahun", "2023"), ("anggota", name), ("cluster", "Utara")];
        assert_eq!(site.post("/catatan/cluster", &fields).await.status, StatusCode::SEE_OTHER, "{name}");
    }
    site
}

/// Runs work that evaluates: never on a thread of the runtime.
fn blocking<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

fn context(site: &Site, cluster: Option<&str>) -> DistrictContext {
    let asked = DistrictRequest { period: "2023-C1".parse().unwrap(), as_of: None, cluster };
    blocking(|| site.app.district().context(&asked).unwrap().unwrap())
}

fn standing<'a>(context: &'a DistrictContext, name: &str) -> &'a PuskesmasStanding {
    context.rows.iter().find(|row| row.name == name).unwrap().standing.as_deref().unwrap()
}

#[tokio::test]
async fn counts_are_pooled_and_medians_are_told_as_such() {
    let site = site().await;
    let context = context(&site, Some("utara"));
    assert_eq!(context.rows.len(), 2);
    let attendance = |standing: &PuskesmasStanding| standing.total.indicator(CoachingIndicator::Lok).ratio.unwrap();
    let anggrek = attendance(standing(&context, ANGGREK));
    let melati = attendance(standing(&context, MELATI));
    assert_eq!((anggrek.numerator, anggrek.denominator), (1.0, 2.0));
    assert_eq!((melati.numerator, melati.denominator), (3.0, 3.0));
    let pooled = context.pooled(context.standings().map(|standing| &standing.total)).unwrap();
    let total = pooled.indicator(CoachingIndicator::Lok);
    let ratio = total.ratio.unwrap();
    assert_eq!((ratio.numerator, ratio.denominator, total.value), (4.0, 5.0, Value::Number(80.0)), "and not 75 %");
    assert_eq!(context.median_of(CoachingIndicator::Lok), Some(75.0), "the middle of 50 and 100");
    let page = site.get("/kabupaten/Utara?periode=2023-C1").await.dense();
    assert!(page.contains("80,0") && page.contains("<small>4/5"), "{page}");
    assert!(page.contains("Median Puskesmas") && page.contains("75,0"), "{page}");
}

#[tokio::test]
async fn what_is_pooled_is_what_one_evaluation_of_all_gives() {
    let site = site().await;
    let context = context(&site, None);
    let facts = site.app.store().facts(&simpul::store::Scope::All).unwrap();
    let decrees = site.app.definitions().decree.book.clone();
    let whole = blocking(|| {
        let evaluator = simpul::analytics::Evaluator::new(std::sync::Arc::new(facts), decrees).unwrap();
        let evaluation = evaluator.evaluate(context.period, context.as_of).unwrap();
        let everyone: Vec<u32> = (0..u32::try_from(evaluator.facts().facilities.len()).unwrap()).collect();
        evaluator.pool(&evaluation, &everyone)
    });
    let pooled = context.pooled(context.standings().map(|standing| &standing.total)).unwrap();
    assert_eq!(pooled, whole);
}

#[tokio::test]
async fn what_did_not_come_is_no_zero() {
    let site = site().await;
    let context = context(&site, None);
    let mawar = standing(&context, MAWAR);
    assert_eq!((mawar.total.score, mawar.change(), mawar.judged_score()), (None, None, None));
    assert!(mawar.total.indicator(CoachingIndicator::Lok).value.number().is_none());
    assert_eq!(context.median_of(CoachingIndicator::Lok), Some(75.0), "it moves no median");
    let page = site.get("/kabupaten?periode=2023-C1").await.dense();
    let row = page.split(MAWAR).nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains("Belum ada data") && !row.contains(">0,0<"), "{row}");
}

#[tokio::test]
async fn who_sent_nothing_is_named_with_a_text_to_send() {
    let site = site().await;
    let page = site.get("/kabupaten?periode=2023-C1").await.text();
    let panel = page.split("id=\"panel-recaps\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(panel.contains("Teks pengingat") && panel.contains("Mohon dikirim"), "{panel}");
    assert!(panel.contains("- UPT PUSKESMAS MAWAR: Januari 2023 (batas 10 Februari 2023)"), "{panel}");
    assert!(panel.contains("- UPT PUSKESMAS ANGGREK: Januari 2023: "), "of January only the lokmin came: {panel}");
    let due = site.get("/kabupaten?periode=2023-01&per=2023-02-10").await.text();
    assert!(!due.contains("Teks pengingat"), "on the last day nothing is late: {due}");
    assert!(site.get("/kabupaten?periode=2023-01&per=2023-02-11").await.text().contains("Teks pengingat"));
}

#[tokio::test]
async fn from_the_district_into_a_puskesmas_and_back() {
    let site = site().await;
    let page = site.get("/kabupaten?periode=2023-C1").await.text();
    assert!(page.contains("/?periode=2023-C1&#38;puskesmas=UPT%20PUSKESMAS%20MELATI"), "{page}");
    assert!(page.contains("/kabupaten/Utara?periode=2023-C1"), "{page}");
    let own = site.get("/?periode=2023-C1&puskesmas=MELATI").await.text();
    let crumbs = own.split("aria-label=\"Letak halaman\"").nth(1).unwrap_or(&own);
    assert!(crumbs.contains("href=\"/kabupaten?periode=2023-C1\">Kabupaten</a>"), "{own}");
    assert_eq!(site.get("/kabupaten/Selatan?periode=2023-C1").await.status, StatusCode::NOT_FOUND);
    let former = site.get("/semua-puskesmas?periode=2023-C1&cluster=Utara").await;
    assert_eq!(former.header(axum::http::header::LOCATION), "/kabupaten/Utara?periode=2023-C1");
}

#[tokio::test]
async fn a_standing_is_kept_until_its_own_puskesmas_changes() {
    let site = site().await;
    let before = context(&site, None);
    blocking(|| site.app.import(&[lokmin(MELATI, "FEBRUARI", &["Ya", "Tidak", "Tidak"])], None, false, &mut |_| {}));
    let after = context(&site, None);
    let of = |context: &DistrictContext, name: &str| {
        context.rows.iter().find(|row| row.name == name).unwrap().standing.clone().unwrap()
    };
    assert!(std::sync::Arc::ptr_eq(&of(&before, ANGGREK), &of(&after, ANGGREK)), "kept");
    let ratio = of(&after, MELATI).total.indicator(CoachingIndicator::Lok).ratio.unwrap();
    assert_eq!((ratio.numerator, ratio.denominator), (4.0, 6.0), "and never one of before");
}

#[tokio::test]
async fn an_approved_period_shows_what_was_approved() {
    let site = site().await;
    let period = "2023-C1".parse().unwrap();
    for step in [simpul::domain::approval::ApprovalStep::Submit, simpul::domain::approval::ApprovalStep::Approve] {
        let decision = simpul::app::approvals::StepDecision {
            puskesmas: ANGGREK,
            period,
            step,
            reason: "diperiksa",
            name: "dr. Sari",
            seen: None,
        };
        blocking(|| site.app.approvals().take(&decision).unwrap());
    }
    let before = standing(&context(&site, None), ANGGREK).total.clone();
    blocking(|| site.app.import(&[lokmin(ANGGREK, "FEBRUARI", &["Tidak", "Tidak"])], None, false, &mut |_| {}));
    let after = context(&site, None);
    assert_eq!(standing(&after, ANGGREK).total, before);
    assert!(standing(&after, ANGGREK).is_approved && !standing(&after, MELATI).is_approved);
    let page = site.get("/kabupaten?periode=2023-C1").await.text();
    assert!(page.contains("Disetujui") && page.contains("data kini"), "{page}");
}

#[tokio::test]
async fn a_team_sees_its_cluster_and_learns_of_no_other() {
    let site = site().await;
    let clusters = site.app.clusters().unwrap();
    let acting =
        |grant: Grant| site.app.acting_as(Access::of_account("siti", Origin::CommandLine, vec![grant], &clusters));
    let team = acting(Grant::ClusterTeam { cluster: "Utara".to_owned() });
    let period = "2023-C1".parse().unwrap();
    let asked = |cluster| DistrictRequest { period, as_of: None, cluster };
    let rows = blocking(|| team.district().context(&asked(None)).unwrap().unwrap().rows);
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), [ANGGREK, MELATI]);
    assert!(team.district().is_open());
    assert!(blocking(|| team.district().context(&asked(Some("Selatan"))).unwrap().is_none()));
    for grant in [Grant::Head { puskesmas: MELATI.to_owned() }, Grant::Viewer { puskesmas: MELATI.to_owned() }] {
        let one = acting(grant);
        assert!(!one.district().is_open());
        let rows = blocking(|| one.district().context(&asked(None)).unwrap().unwrap().rows);
        assert!(rows.iter().all(|row| row.name == MELATI), "{rows:?}");
    }
    assert!(acting(Grant::District).district().is_open());
}

#[tokio::test]
async fn many_puskesmas_stand_on_pages_bounded_in_bytes() {
    let syllables = ["KA", "RI", "MO", "SU", "TA", "LE", "NI", "DO", "PA", "WU"];
    let name = |number: usize| {
        let digits = [number / 100, number / 10 % 10, number % 10].map(|digit| syllables[digit]);
        format!("UPT PUSKESMAS BANYU{}", digits.concat())
    };
    let names: Vec<String> = (0..60).map(name).collect();
    let files: Vec<Upload> = names.iter().map(|name| register_of(name, &["Apotek Satu"])).collect();
    let site = Site::with(&files);
    // Evaluated outside of a request: a slow machine may take longer than a request may.
    assert_eq!(context(&site, None).standings().count(), 60);
    let first = site.get("/kabupaten?periode=2023-C1").await.text();
    let table =
        |page: &str| page.split("id=\"puskesmas-table\"").nth(1).unwrap().split("</table>").next().unwrap().to_owned();
    assert_eq!(table(&first).matches("<th scope=\"row\"").count(), 50 + 2, "fifty rows and two totals");
    assert!(first.len() < 400 << 10, "{} bytes", first.len());
    let last = site.get("/kabupaten?periode=2023-C1&halaman-puskesmas-table=2").await.text();
    assert_eq!(table(&last).matches("<th scope=\"row\"").count(), 10 + 2);
    let seen = |page: &str| names.iter().filter(|name| table(page).contains(name.as_str())).count();
    assert_eq!(seen(&first) + seen(&last), 60);
    let by_name = site.get("/kabupaten?periode=2023-C1&urut=puskesmas&arah=turun").await.text();
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort();
    assert!(table(&by_name).contains(sorted[59].as_str()) && !table(&by_name).contains(sorted[0].as_str()), "by name");
}

#[tokio::test]
async fn folded_parts_open_on_pages_of_their_own() {
    let site = site().await;
    for (slug, panel, words) in [
        ("kabupaten", "ranking", "Belum ada Puskesmas yang skornya dapat diberi peringkat"),
        ("kabupaten", "puskesmas-map", "Belum ada Puskesmas yang faskesnya punya koordinat"),
        ("kabupaten", "peer-median", "Terhadap median sesama"),
        ("klaster", "peer-median", "Median Puskesmas"),
        ("klaster", "district-trend", "Belum ada dua periode yang dapat dibandingkan"),
    ] {
        let page = site.get(&format!("/bagian/{slug}/{panel}?periode=2023-C1&klaster=Utara")).await;
        assert_eq!(page.status, StatusCode::OK, "{slug}/{panel}");
        assert!(page.text().contains(words), "{slug}/{panel}: {}", page.text());
    }
    assert_eq!(site.get("/bagian/kabupaten/tidak-ada").await.status, StatusCode::NOT_FOUND);
    let foreign = site.get("/bagian/klaster/peer-median?periode=2023-C1&klaster=Selatan").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let whole = site.get("/kabupaten?periode=2023-C1&lengkap=ya").await.text();
    assert!(whole.contains("id=\"panel-ranking\"") && whole.contains("Selisih skor"), "{whole}");
}

#[tokio::test]
async fn the_trend_pools_each_period_by_itself() {
    let site = site().await;
    blocking(|| site.app.import(&[lokmin(MELATI, "MEI", &["Ya", "Tidak", "Tidak"])], None, false, &mut |_| {}));
    let asked = DistrictRequest { period: "2023-C2".parse().unwrap(), as_of: None, cluster: None };
    let context = blocking(|| {
        let context = site.app.district().context(&asked).unwrap().unwrap();
        site.app.district().with_earlier(context, 3).unwrap()
    });
    let periods: Vec<String> = context.earlier.iter().map(|point| point.period.to_string()).collect();
    assert_eq!(periods, ["2022-C3", "2023-C1"]);
    let attended = |context: &DistrictContext| {
        let pooled = context.pooled(context.standings().map(|standing| &standing.total)).unwrap();
        pooled.indicator(CoachingIndicator::Lok).ratio.unwrap()
    };
    assert_eq!((attended(&context.earlier[1]).numerator, attended(&context.earlier[1]).denominator), (4.0, 5.0));
    assert_eq!((attended(&context).numerator, attended(&context).denominator), (1.0, 3.0));
    let page = site.get("/bagian/kabupaten/district-trend?periode=2023-C2").await.text();
    assert!(page.contains("Semua, digabung") && page.contains("<svg"), "{page}");
}

#[tokio::test]
async fn a_table_of_several_goes_out_whole_as_a_file() {
    let site = site().await;
    let told = site.get("/api/v1/tables/klaster/puskesmas-table?periode=2023-C1&klaster=Utara").await.json();
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "{told}");
    let anggrek = rows.iter().find(|row| row["puskesmas"] == ANGGREK).unwrap();
    assert_eq!((anggrek["lok"]["numerator"].as_f64(), anggrek["lok"]["value"].as_f64()), (Some(1.0), Some(50.0)));
    assert_eq!(told["totals"][0]["lok"]["value"].as_f64(), Some(80.0), "{told}");
    let file = site.get("/api/v1/tables/kabupaten/puskesmas-table?periode=2023-C1&format=csv").await.text();
    assert!([ANGGREK, MELATI, MAWAR].iter().all(|name| file.contains(name)), "{file}");
    let all = site.get("/api/v1/tables/kabupaten/puskesmas-table?periode=2023-C1").await.json();
    let mawar = all["rows"].as_array().unwrap().iter().find(|row| row["puskesmas"] == MAWAR).unwrap();
    assert!(mawar["skor"].is_null() && mawar["lok"]["value"].is_null(), "missing is not zero: {mawar}");
    assert_eq!(mawar["status"], "no_data");
    assert_eq!(site.get("/api/v1/tables/kabupaten/tidak-ada").await.status, StatusCode::NOT_FOUND);
}
