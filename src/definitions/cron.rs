//! When a job is due: five fields as in crontab(5), read in a zone. Pure: told what time it is.
//!
//! The fields become explicit lists of numbers here (so that Sunday is 0 and 7 as in crontab(5), while the
//! cron crate counts Sunday as 1), and as in crontab(5) a day is due where *either* day field fits if both
//! are restricted.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::raw::suggest;

const ZONES: [(&str, Tz); 3] = [("WIB", Tz::Asia__Jakarta), ("WITA", Tz::Asia__Makassar), ("WIT", Tz::Asia__Jayapura)];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const EXAMPLE: &str = "lima bagian: menit jam tanggal bulan hari, misalnya \"0 6 * * 1-5\" (Senin–Jumat pukul 06.00)";

/// A checked cron expression with its zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    expression: String,
    zone: Tz,
    /// One, or two where both day fields are restricted: the earlier of them is due.
    alternatives: Vec<cron::Schedule>,
}

/// Fault of an expression, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronFault {
    /// Bytes from the expression's start.
    pub offset: usize,
    /// Fault in words.
    pub what: String,
    /// Advice for mending it.
    pub hint: String,
}

/// A field of an expression.
struct CronField {
    name: &'static str,
    low: u32,
    high: u32,
    names: &'static [&'static str],
}

const FIELDS: [CronField; 5] = [
    CronField { name: "menit", low: 0, high: 59, names: &[] },
    CronField { name: "jam", low: 0, high: 23, names: &[] },
    CronField { name: "tanggal", low: 1, high: 31, names: &[] },
    CronField { name: "bulan", low: 1, high: 12, names: &MONTHS },
    CronField { name: "hari", low: 0, high: 7, names: &DAYS },
];

impl Schedule {
    /// Checks an expression of five fields; every wrong one is named.
    pub fn parse(expression: &str, zone: Tz) -> Result<Self, Vec<CronFault>> {
        let words: Vec<(usize, &str)> = words(expression);
        if words.len() != FIELDS.len() {
            let what = format!("cron `{expression}` punya {} bagian, bukan lima", words.len());
            return Err(vec![CronFault { offset: 0, what, hint: EXAMPLE.to_owned() }]);
        }
        let mut sets = Vec::with_capacity(FIELDS.len());
        let mut faults = Vec::new();
        for (field, (offset, word)) in FIELDS.iter().zip(&words) {
            match field.parse(word, *offset) {
                Ok(set) => sets.push(set),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let any_day: BTreeSet<u32> = (1..=31).collect();
        let any_weekday: BTreeSet<u32> = (0..=6).collect();
        let weekdays: BTreeSet<u32> = sets[4].iter().map(|day| day % 7).collect();
        let both_restricted = !words[2].1.starts_with('*') && !words[4].1.starts_with('*');
        let pairs = if both_restricted {
            vec![(&sets[2], &any_weekday), (&any_day, &weekdays)]
        } else {
            vec![(&sets[2], &weekdays)]
        };
        let fault = |what: String| vec![CronFault { offset: 0, what, hint: EXAMPLE.to_owned() }];
        let mut alternatives = Vec::new();
        for (days, weekdays) in pairs {
            // The cron crate: seconds first, Sunday is 1.
            let weekdays: BTreeSet<u32> = weekdays.iter().map(|day| day + 1).collect();
            let fields = [list(&sets[0]), list(&sets[1]), list(days), list(&sets[3]), list(&weekdays)];
            let schedule = cron::Schedule::from_str(&format!("0 {}", fields.join(" ")))
                .map_err(|error| fault(format!("cron `{expression}` tidak dapat dibaca ({error})")))?;
            alternatives.push(schedule);
        }
        let schedule =
            Self { expression: words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" "), zone, alternatives };
        // 2024 is a leap year: what is not due from its start on is never due.
        let start = DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default();
        if schedule.next_after(start).is_none() {
            return Err(fault(format!("cron `{expression}` tidak pernah tiba")));
        }
        Ok(schedule)
    }

    /// A schedule without due times of its own: the job is due when another one is done.
    pub fn without_times(zone: Tz) -> Self {
        Self { expression: String::new(), zone, alternatives: Vec::new() }
    }

    /// Reports whether it has due times of its own.
    pub fn has_times(&self) -> bool {
        !self.alternatives.is_empty()
    }

    /// Expression as written: five fields; blank without due times.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The zone in which the fields are read.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The first due time after `after`; `None` where there is none any more.
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = after.with_timezone(&self.zone);
        self.alternatives
            .iter()
            .filter_map(|schedule| schedule.after(&local).next())
            .map(|due| due.with_timezone(&Utc))
            .min()
    }
}

/// The zone of a name: WIB, WITA, WIT, or one of the IANA database; else a hint.
pub fn zone(name: &str) -> Result<Tz, String> {
    if let Some((_, zone)) = ZONES.iter().find(|(short, _)| *short == name) {
        return Ok(*zone);
    }
    Tz::from_str(name).map_err(|_error| {
        let known = ZONES.iter().map(|(short, _)| *short).chain(chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let hint = suggest(name, known);
        if hint.starts_with("maksud") {
            hint
        } else {
            "tulis WIB, WITA, WIT, atau nama IANA seperti Asia/Jakarta".into()
        }
    })
}

/// Words with the byte at which each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect()
}

fn list(numbers: &BTreeSet<u32>) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

impl CronField {
    fn parse(&self, word: &str, offset: usize) -> Result<BTreeSet<u32>, CronFault> {
        let mut numbers = BTreeSet::new();
        let mut place = offset;
        for part in word.split(',') {
            let (from, to, step) =
                self.parse_part(part).map_err(|(what, hint)| CronFault { offset: place, what, hint })?;
            numbers.extend((from..=to).step_by(step));
            place += part.len() + 1;
        }
        Ok(numbers)
    }

    /// `*`, `a`, `a-b`, each with `/step` (a single number with a step is refused, as crontab(5) does not know it).
    fn parse_part(&self, part: &str) -> Result<(u32, u32, usize), (String, String)> {
        let bad = |what: String| {
            (what, format!("{}: bilangan {}–{}, *, a-b, */langkah atau daftar a,b", self.name, self.low, self.high))
        };
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        let step = match step.map(str::parse::<usize>) {
            None => 1,
            Some(Ok(step)) if (1..=59).contains(&step) => step,
            Some(_) => return Err(bad(format!("langkah pada bagian {} `{part}` bukan bilangan dari 1", self.name))),
        };
        let high = if self.high == 7 { 6 } else { self.high };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (self.low, high),
            Some((from, to)) => (self.number(from).map_err(&bad)?, self.number(to).map_err(&bad)?),
            None if part.contains('/') => {
                return Err(bad(format!("bagian {} `{part}` memberi langkah tanpa rentang", self.name)));
            }
            None => {
                let number = self.number(range).map_err(&bad)?;
                (number, number)
            }
        };
        // `sat-sun` and `fri-sun` mean the week's end, as `5-7` does.
        let to = if self.high == 7 && to == 0 && from > 0 { 7 } else { to };
        if from > to {
            return Err(bad(format!("rentang `{range}` pada bagian {} terbalik", self.name)));
        }
        Ok((from, to, step))
    }

    fn number(&self, word: &str) -> Result<u32, String> {
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(word));
        let named = named.and_then(|place| u32::try_from(place).ok()).map(|place| place + self.low);
        let plain = || {
            (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok()).flatten()
        };
        let number = named.or_else(plain).filter(|number| (self.low..=self.high).contains(number));
        number.ok_or_else(|| format!("bagian {} `{word}` di luar {}–{}", self.name, self.low, self.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Duration};
    use proptest::prelude::*;

    /// Due times after `after`, in the zone's own time.
    fn due(expression: &str, zone_name: &str, after: &str, count: usize) -> Vec<String> {
        let schedule = Schedule::parse(expression, zone(zone_name).unwrap()).unwrap();
        let mut at: DateTime<Utc> = after.parse().unwrap();
        let mut found = Vec::new();
        for _ in 0..count {
            at = schedule.next_after(at).unwrap();
            found.push(at.with_timezone(&schedule.zone()).format("%a %Y-%m-%d %H:%M").to_string());
        }
        found
    }

    #[test]
    fn sunday_is_zero_and_seven_and_monday_is_one() {
        // 2023-05-01 is a Monday.
        let from = "2023-05-01T00:00:00Z";
        for sunday in ["0", "7", "sun", "SUN"] {
            assert_eq!(due(&format!("0 6 * * {sunday}"), "UTC", from, 1), ["Sun 2023-05-07 06:00"]);
        }
        assert_eq!(due("0 6 * * 1", "UTC", from, 1), ["Mon 2023-05-01 06:00"]);
        assert_eq!(due("0 6 * * 6", "UTC", from, 1), ["Sat 2023-05-06 06:00"]);
    }

    #[test]
    fn ranges_may_end_on_sunday() {
        let from = "2023-05-01T12:00:00Z";
        let week_end = ["Fri 2023-05-05 06:00", "Sat 2023-05-06 06:00", "Sun 2023-05-07 06:00", "Fri 2023-05-12 06:00"];
        assert_eq!(due("0 6 * * 5-7", "UTC", from, 4), week_end);
        assert_eq!(due("0 6 * * fri-sun", "UTC", from, 4), week_end);
        assert_eq!(due("0 6 * * 0-2", "UTC", from, 2), ["Tue 2023-05-02 06:00", "Sun 2023-05-07 06:00"]);
    }

    #[test]
    fn steps_count_from_the_fields_start() {
        let from = "2023-05-01T00:00:00Z";
        // Sunday, Tuesday, Thursday, Saturday.
        let expected = ["Tue 2023-05-02 06:00", "Thu 2023-05-04 06:00", "Sat 2023-05-06 06:00", "Sun 2023-05-07 06:00"];
        assert_eq!(due("0 6 * * */2", "UTC", from, 4), expected);
        assert_eq!(
            due("0 6 */10 * *", "UTC", from, 3),
            ["Mon 2023-05-01 06:00", "Thu 2023-05-11 06:00", "Sun 2023-05-21 06:00"]
        );
        assert_eq!(due("10-50/20 5 * * *", "UTC", from, 2), ["Mon 2023-05-01 05:10", "Mon 2023-05-01 05:30"]);
    }

    #[test]
    fn either_day_field_is_enough_where_both_are_restricted() {
        let expected = ["Fri 2023-10-06 00:00", "Fri 2023-10-13 00:00", "Fri 2023-10-20 00:00"];
        assert_eq!(due("0 0 13 * 5", "UTC", "2023-10-01T00:00:00Z", 3), expected);
        assert_eq!(due("0 0 13 * 5", "UTC", "2023-06-12T00:00:00Z", 1), ["Tue 2023-06-13 00:00"]);
    }

    #[test]
    fn zones_are_the_countrys_own() {
        assert_eq!(due("0 6 * * *", "WIB", "2023-05-01T00:00:00Z", 1), ["Tue 2023-05-02 06:00"]);
        assert_eq!(due("0 6 * * *", "WIT", "2023-04-30T20:00:00Z", 1), ["Mon 2023-05-01 06:00"]);
        assert_eq!(zone("Asia/Makassar"), zone("WITA"));
        assert!(zone("wibb").unwrap_err().contains("WIB"));
    }

    #[test]
    fn a_zone_with_summer_time_skips_the_hour_that_is_not() {
        // 2023-03-26 02:30 does not exist in Berlin.
        let found = due("30 2 * * *", "Europe/Berlin", "2023-03-25T12:00:00Z", 1);
        assert_eq!(found, ["Mon 2023-03-27 02:30"]);
    }

    #[test]
    fn month_ends_are_met_and_impossible_days_refused() {
        assert_eq!(
            due("0 0 31 * *", "UTC", "2023-04-01T00:00:00Z", 2),
            ["Wed 2023-05-31 00:00", "Mon 2023-07-31 00:00"]
        );
        assert_eq!(due("0 0 29 feb *", "UTC", "2023-04-01T00:00:00Z", 1), ["Thu 2024-02-29 00:00"]);
        assert!(Schedule::parse("0 0 31 2 *", Tz::UTC).unwrap_err()[0].what.contains("tidak pernah tiba"));
    }

    #[test]
    fn mistakes_say_where() {
        for (expression, offset) in [
            ("* * * *", 0),
            ("60 * * * *", 0),
            ("0 24 * * *", 2),
            ("0 0 * 13 *", 6),
            ("0 0 * * 1,8", 10),
            ("0 0 5-2 * *", 4),
            ("0 0 * * sep", 8),
            ("*/0 * * * *", 0),
            ("5/10 * * * *", 0),
            ("@daily", 0),
            ("", 0),
        ] {
            assert_eq!(Schedule::parse(expression, Tz::UTC).unwrap_err()[0].offset, offset, "{expression}");
        }
    }

    proptest! {
        #[test]
        fn the_next_time_is_later_and_fits(day in 0_u32..=7, hour in 0_u32..24, minute in 0_u32..60, start in 0_i64..2_000_000_000) {
            let schedule = Schedule::parse(&format!("{minute} {hour} * * {day}"), Tz::Asia__Jakarta).unwrap();
            let after = DateTime::from_timestamp(start, 0).unwrap();
            let next = schedule.next_after(after).unwrap();
            prop_assert!(next > after && next - after <= Duration::days(7));
            let local = next.with_timezone(&Tz::Asia__Jakarta);
            prop_assert_eq!(local.weekday().num_days_from_sunday(), day % 7);
            prop_assert_eq!(local.format("%H:%M:%S").to_string(), format!("{hour:02}:{minute:02}:00"));
        }

        #[test]
        fn no_expression_breaks_the_parser(expression in ".{0,40}") {
            let _ = Schedule::parse(&expression, Tz::UTC);
        }
    }
}
