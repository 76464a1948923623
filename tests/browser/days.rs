//! The calendar beside a field for a day: it opens from a button and fills the field in Indonesian order.

use fantoccini::{Client, Locator};

use super::driver::{Browser, Window};
use super::start_service;

/// Picks a day in the calendar beside a field, as the browser tells that somebody did, and returns what the field holds.
async fn picked(client: &Client, field: &str, day: &str) -> String {
    let script = "
        const field = document.querySelector(arguments[0]);
        const box = field.closest('.date-field');
        const picker = box.querySelector('input[type=date]');
        let isOpened = false;
        picker.showPicker = () => { isOpened = true; };
        box.querySelector('button').click();
        if (!isOpened) return 'not opened';
        const begun = picker.value;
        picker.value = arguments[1];
        picker.dispatchEvent(new Event('change'));
        return `${begun} ${field.value}`;";
    client.execute(script, vec![field.into(), day.into()]).await.unwrap().as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_picked_and_typed() {
    let base = start_service();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    client.goto(&format!("{base}/?periode=2023-C2&per=12/6/2023")).await.unwrap();
    assert_eq!(picked(&client, "[name=per]", "2023-06-30").await, "2023-06-12 30 Juni 2023");
    client.find(Locator::Css("form.pick button:not([type=button])")).await.unwrap().click().await.unwrap();
    let shown = "//p[contains(@class, 'sub') and contains(., 'data per 30 Juni 2023')]";
    client.wait().for_element(Locator::XPath(shown)).await.unwrap();
    client.goto(&format!("{base}/catatan/pembinaan")).await.unwrap();
    assert_eq!(picked(&client, ".entry .date-field input", "2023-05-12").await, " 12 Mei 2023");
    client.goto(&format!("{base}/lokmin/rapat?periode=2023-05&tanggal=2023-06-02")).await.unwrap();
    assert_eq!(picked(&client, "[name=tanggal]", "2023-06-05").await, "2023-06-02 5 Juni 2023");
    assert_eq!(picked(&client, "[name=batas]", "2023-06-15").await, "2023-06-02 15/6/2023");
    client.close().await.unwrap();
}
