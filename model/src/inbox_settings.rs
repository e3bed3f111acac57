//! The user's settings for the inbox, kept in the browser as one line of text each: when waiting is long, and how news is
//! announced.

/// Longest threshold in minutes: four weeks.
const MAX_MINUTES: u32 = 40_320;
/// Minutes of a day.
const DAY_MINUTES: u32 = 1_440;

/// After how many minutes a ticket has waited long, and too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitThresholds {
    /// Minutes until waiting is shown in amber.
    pub amber: u32,
    /// Minutes until waiting is shown in red; not less than `amber`.
    pub red: u32,
}

impl Default for WaitThresholds {
    fn default() -> Self {
        Self { amber: 30, red: 120 }
    }
}

/// How long a ticket has waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Less than the first threshold.
    Short,
    /// Shown in amber.
    Long,
    /// Shown in red.
    TooLong,
}

impl WaitThresholds {
    /// Thresholds from what a user entered; `None` unless both are whole minutes up to four weeks and in order.
    pub fn parse(amber: &str, red: &str) -> Option<Self> {
        let minutes = |text: &str| text.trim().parse().ok().filter(|minutes| (1..=MAX_MINUTES).contains(minutes));
        let (amber, red) = (minutes(amber)?, minutes(red)?);
        (amber <= red).then_some(Self { amber, red })
    }

    /// The stored thresholds (`30 120`), or the defaults.
    pub fn load(stored: &str) -> Self {
        stored.split_once(' ').and_then(|(amber, red)| Self::parse(amber, red)).unwrap_or_default()
    }

    /// As [`WaitThresholds::load`] reads it.
    pub fn store(self) -> String {
        format!("{} {}", self.amber, self.red)
    }

    /// How long `seconds` of waiting are.
    pub fn classify(self, seconds: i64) -> Wait {
        match seconds {
            _ if seconds >= i64::from(self.red) * 60 => Wait::TooLong,
            _ if seconds >= i64::from(self.amber) * 60 => Wait::Long,
            _ => Wait::Short,
        }
    }
}

/// The sounds that can be chosen. Each is a file in `public/sounds/`.
pub const SOUNDS: [&str; 3] = ["chime", "bell", "knock"];

/// How news of the inbox is announced, besides the badge and the toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationSettings {
    /// Desktop notifications, if the browser permits them.
    pub desktop: bool,
    /// Sounds.
    pub sound: bool,
    /// The sound of a new ticket: one of [`SOUNDS`], or empty for none.
    pub new_sound: String,
    /// The sound of an escalated ticket: one of [`SOUNDS`], or empty for none.
    pub escalated_sound: String,
    /// Percent, 0 to 100.
    pub volume: u32,
    /// The hours without sound and desktop notifications.
    pub quiet: QuietHours,
}

/// A time of each day, in minutes after local midnight; it may span midnight. Equal ends mean never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuietHours {
    /// First minute.
    pub from: u32,
    /// First minute after it.
    pub to: u32,
}

impl QuietHours {
    /// True if a minute of the day is quiet.
    pub const fn contains(self, minute: u32) -> bool {
        if self.from <= self.to {
            self.from <= minute && minute < self.to
        } else {
            minute >= self.from || minute < self.to
        }
    }

    /// Quiet hours from two times as a time field gives them (`22:00`); `None` if one is invalid. Both empty: never.
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        if from.is_empty() && to.is_empty() {
            return Some(Self::default());
        }
        Some(Self { from: minutes(from)?, to: minutes(to)? })
    }

    /// The two times for a time field, empty if there are no quiet hours.
    pub fn times(self) -> (String, String) {
        if self.from == self.to { <_>::default() } else { (time(self.from), time(self.to)) }
    }
}

/// Minutes after midnight of `22:00` or `22:00:00`.
fn minutes(time: &str) -> Option<u32> {
    let mut numbers = time.split(':').map(str::parse::<u32>);
    let (hours, minutes) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn time(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            desktop: false,
            sound: true,
            new_sound: "chime".to_owned(),
            escalated_sound: "bell".to_owned(),
            volume: 60,
            quiet: QuietHours::default(),
        }
    }
}

impl NotificationSettings {
    /// The stored settings; what is missing or invalid has its default.
    pub fn load(stored: &str) -> Self {
        let mut settings = Self::default();
        for pair in stored.split(';') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let sound = || (value.is_empty() || SOUNDS.contains(&value)).then(|| value.to_owned());
            match name {
                "desktop" => settings.desktop = value == "on",
                "sound" => settings.sound = value != "off",
                "new" => settings.new_sound = sound().unwrap_or(settings.new_sound),
                "escalated" => settings.escalated_sound = sound().unwrap_or(settings.escalated_sound),
                "volume" => {
                    settings.volume = value.parse().ok().filter(|volume| *volume <= 100).unwrap_or(settings.volume)
                }
                "quiet" => settings.quiet = quiet(value).unwrap_or_default(),
                _ => {}
            }
        }
        settings
    }

    /// As [`NotificationSettings::load`] reads it.
    pub fn store(&self) -> String {
        let on = |on: bool| if on { "on" } else { "off" };
        let Self { desktop, sound, new_sound, escalated_sound, volume, quiet: QuietHours { from, to } } = self;
        let (desktop, sound) = (on(*desktop), on(*sound));
        format!(
            "desktop={desktop};sound={sound};new={new_sound};escalated={escalated_sound};volume={volume};quiet={from}-{to}"
        )
    }
}

fn quiet(value: &str) -> Option<QuietHours> {
    let (from, to) = value.split_once('-')?;
    let minute = |text: &str| text.parse().ok().filter(|minute| *minute < DAY_MINUTES);
    Some(QuietHours { from: minute(from)?, to: minute(to)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_have_to_be_whole_minutes_in_order() {
        assert_eq!(WaitThresholds::parse("5", " 10 "), Some(WaitThresholds { amber: 5, red: 10 }));
        for (amber, red) in [("", "10"), ("10", "5"), ("0", "5"), ("1.5", "5"), ("-1", "5"), ("5", "40321"), ("a", "b")]
        {
            assert_eq!(WaitThresholds::parse(amber, red), None, "{amber} {red}");
        }
        for stored in ["", "10", "10 5", "x y", "1 2 3"] {
            assert_eq!(WaitThresholds::load(stored), WaitThresholds::default(), "{stored}");
        }
        let changed = WaitThresholds { amber: 7, red: 90 };
        assert_eq!(WaitThresholds::load(&changed.store()), changed);
    }

    #[test]
    fn waiting_is_classified_by_the_thresholds() {
        let thresholds = WaitThresholds { amber: 1, red: 2 };
        for (seconds, wait) in
            [(-5, Wait::Short), (59, Wait::Short), (60, Wait::Long), (119, Wait::Long), (120, Wait::TooLong)]
        {
            assert_eq!(thresholds.classify(seconds), wait, "{seconds}");
        }
    }

    #[test]
    fn notification_settings_survive_storage() {
        let settings = NotificationSettings {
            desktop: true,
            sound: false,
            new_sound: String::new(),
            escalated_sound: "knock".into(),
            volume: 0,
            quiet: QuietHours { from: 1_320, to: 360 },
        };
        assert_eq!(NotificationSettings::load(&settings.store()), settings);
        assert_eq!(NotificationSettings::load(""), NotificationSettings::default());
    }

    #[test]
    fn damaged_settings_have_their_defaults() {
        let stored = "desktop=maybe;sound;new=../secret;escalated=siren;volume=900;quiet=25-99999;;=;later=1";
        assert_eq!(NotificationSettings::load(stored), NotificationSettings::default());
    }

    #[test]
    fn quiet_hours_may_span_midnight() {
        let night = QuietHours::parse("22:00", "06:30").unwrap();
        for (minute, quiet) in [(22 * 60, true), (23 * 60, true), (0, true), (389, true), (390, false), (720, false)] {
            assert_eq!(night.contains(minute), quiet, "{minute}");
        }
        let noon = QuietHours::parse("12:00:00", "13:00").unwrap();
        assert!(noon.contains(720) && !noon.contains(780) && !noon.contains(0));
        assert!(!QuietHours::parse("", "").unwrap().contains(0));
        assert!(!QuietHours::parse("10:00", "10:00").unwrap().contains(600));
        for (from, to) in [("24:00", "1:00"), ("", "1:00"), ("1", "2"), ("a:b", "1:00"), ("1:60", "2:00")] {
            assert_eq!(QuietHours::parse(from, to), None, "{from} {to}");
        }
        assert_eq!(night.times(), ("22:00".into(), "06:30".into()));
        assert_eq!(QuietHours::default().times(), (String::new(), String::new()));
    }
}
