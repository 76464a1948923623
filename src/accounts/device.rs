//! Names of devices as people say them, from what browsers write about themselves. Knows no session and no request.

/// Marks by which browsers are told, the more particular first: most of them claim to be Chrome and Safari as well.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Marks by which systems are told, the more particular first: an iPhone says that it is like a Mac.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// Returns the browser and the system, such as "Chrome di Windows"; the words themselves where neither is known.
pub fn device_name(words: &str) -> String {
    match (first_of(&BROWSERS, words), first_of(&SYSTEMS, words)) {
        (Some(browser), Some(system)) => format!("{browser} di {system}"),
        (Some(known), None) | (None, Some(known)) => known.to_owned(),
        (None, None) => words.to_owned(),
    }
}

fn first_of(marks: &[(&str, &'static str)], words: &str) -> Option<&'static str> {
    marks.iter().find(|(mark, _name)| words.contains(mark)).map(|(_mark, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_systems_are_named_as_people_say_them() {
        let told = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 \
                 Safari/537.36 Edg/129.0.0.0",
                "Edge di Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile \
                 Safari/537.36",
                "Chrome di Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari di iPhone",
            ),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox di Windows"),
            ("curl/8.5.0", "curl/8.5.0"),
            ("", ""),
        ];
        for (words, name) in told {
            assert_eq!(device_name(words), name, "{words}");
        }
    }
}
