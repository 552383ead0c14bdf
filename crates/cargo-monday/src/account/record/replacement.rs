//! What stands in place of personal data.
//!
//! Every replacement is drawn from a keyed hash of what it stands for, under a key that is drawn for each recording and
//! kept nowhere: the same text is the same text within a recording, another one in the next, and nothing leads back. Words
//! and names are from lists made up here. Must not know: which data is personal.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::Failure;

const FIRST: [&str; 24] = [
    "Alma", "Bela", "Cato", "Dori", "Elio", "Fenja", "Gitta", "Hanno", "Ilka", "Jaro", "Kiri", "Lenz",
    "Mavi", "Nilo", "Oona", "Pim", "Quirin", "Rasa", "Silo", "Tova", "Ulla", "Veit", "Wanda", "Yuri",
];
const LAST: [&str; 24] = [
    "Amberg", "Birkhof", "Castor", "Dornfeld", "Elmsee", "Farnholt", "Grauwald", "Haselau", "Ilmtal",
    "Jarbach", "Kornried", "Lindau", "Moorhof", "Nordhain", "Ostfeld", "Pappelin", "Quell", "Rotbuch",
    "Steinau", "Talheim", "Ulmen", "Vogtei", "Weidach", "Zedern",
];
const WORDS: [&str; 32] = [
    "amber", "basket", "candle", "drift", "ember", "feather", "garden", "harbour", "island", "juniper",
    "kettle", "lantern", "meadow", "needle", "orchard", "pebble", "quarry", "ribbon", "saddle", "timber",
    "umbrella", "valley", "willow", "yarrow", "anchor", "bridge", "copper", "domino", "engine", "fossil",
    "granite", "hollow",
];
const COUNTRIES: [(&str, &str); 6] = [
    ("AT", "Austria"),
    ("CL", "Chile"),
    ("FI", "Finland"),
    ("JP", "Japan"),
    ("KE", "Kenya"),
    ("NZ", "New Zealand"),
];
const ZONES: [&str; 4] = ["Africa/Nairobi", "America/Santiago", "Asia/Tokyo", "Europe/Vienna"];
/// Endings that say nothing of whose file it is.
const ENDINGS: [&str; 20] = [
    "csv", "doc", "docx", "gif", "html", "jpeg", "jpg", "json", "md", "mov", "mp4", "pdf", "png", "ppt",
    "pptx", "svg", "txt", "xls", "xlsx", "zip",
];
/// Longer texts become this long.
const MOST_WORDS: usize = 200;

/// The key of one recording.
pub(super) struct Replacement {
    key: Zeroizing<[u8; 32]>,
}

/// Numbers drawn for one text.
struct Drawn {
    bytes: [u8; 32],
    at: usize,
}

impl Drawn {
    fn below(&mut self, end: usize) -> usize {
        let [high, low] = [self.bytes[self.at % 32], self.bytes[(self.at + 1) % 32]];
        self.at += 2;
        (usize::from(high) << 8 | usize::from(low)) % end
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }

    fn hex(&self) -> String {
        let mut last = [0; 8];
        last[2..].copy_from_slice(&self.bytes[26..]);
        format!("{:012x}", u64::from_be_bytes(last))
    }
}

impl Replacement {
    /// With a key of its own.
    pub(super) fn new() -> Result<Self, Failure> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice()).map_err(|error| format!("no random numbers: {error}"))?;
        Ok(Self { key })
    }

    fn draw(&self, what: &str, part: usize, text: &str) -> Drawn {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.key.as_slice()).expect("HMAC takes keys of any length");
        mac.update(what.as_bytes());
        mac.update(&[0]);
        mac.update(&part.to_be_bytes());
        mac.update(text.as_bytes());
        Drawn { bytes: mac.finalize().into_bytes().into(), at: 0 }
    }

    /// First and last name.
    pub(super) fn name(&self, name: &str) -> String {
        let mut drawn = self.draw("name", 0, name);
        format!("{} {}", drawn.pick(&FIRST), drawn.pick(&LAST))
    }

    /// At `example.com`, where nobody is.
    pub(super) fn email(&self, email: &str) -> String {
        let mut drawn = self.draw("email", 0, &email.to_lowercase());
        format!("{}.{}@example.com", drawn.pick(&FIRST).to_lowercase(), drawn.hex())
    }

    /// As many words, up to two hundred; nothing for nothing.
    pub(super) fn text(&self, text: &str) -> String {
        self.words(text, MOST_WORDS).join(" ")
    }

    fn words(&self, text: &str, most: usize) -> Vec<&'static str> {
        let count = text.split_whitespace().count().min(most);
        let word = |part| self.draw("text", part, text).pick(&WORDS);
        (0..count).map(word).collect()
    }

    /// A short text of its own for each one, such as a label's or a title's.
    pub(super) fn title(&self, noun: &str, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let mut drawn = self.draw(noun, 0, text);
        format!("{noun} {} {}", drawn.pick(&WORDS), &drawn.hex()[..6])
    }

    /// The name of an item, which is never empty.
    pub(super) fn item_name(&self, name: &str) -> String {
        let words = self.words(name, 12).join(" ");
        if words.is_empty() { "item".to_owned() } else { words }
    }

    /// Other digits in the same places; the point, the sign and the number of digits stay.
    pub(super) fn number(&self, number: &str) -> String {
        let mut is_first = true;
        let digits = number.chars().enumerate().map(|(place, c)| {
            if !c.is_ascii_digit() {
                return c;
            }
            let least = usize::from(std::mem::take(&mut is_first) && c != '0');
            let digit = least + self.draw("number", place, number).below(10 - least);
            char::from_digit(u32::try_from(digit).unwrap_or(0), 10).unwrap_or('0')
        });
        digits.collect()
    }

    /// A number of the range that is kept for stories, as long as the rest of it.
    pub(super) fn phone(&self, phone: &str) -> String {
        let drawn = self.draw("phone", 0, phone);
        format!(
            "1555{:07}",
            u32::from_be_bytes([0, drawn.bytes[0], drawn.bytes[1], drawn.bytes[2]]) % 10_000_000
        )
    }

    /// At `example.com`.
    pub(super) fn url(&self, url: &str) -> String {
        format!("https://example.com/{}", self.draw("url", 0, url).hex())
    }

    /// Code and name.
    pub(super) fn country(&self, code: &str) -> (&'static str, &'static str) {
        COUNTRIES[self.draw("country", 0, code).below(COUNTRIES.len())]
    }

    pub(super) fn zone(&self, zone: &str) -> &'static str {
        self.draw("zone", 0, zone).pick(&ZONES)
    }

    /// Latitude and longitude.
    pub(super) fn place(&self, place: &str) -> (String, String) {
        let mut drawn = self.draw("place", 0, place);
        let mut degrees = |most: usize| {
            let tenths = drawn.below(most * 20 + 1);
            let sign = if tenths < most * 10 { "-" } else { "" };
            let tenths = tenths.abs_diff(most * 10);
            format!("{sign}{}.{}", tenths / 10, tenths % 10)
        };
        (degrees(80), degrees(170))
    }

    /// Another name with the same ending, where the ending is a usual one.
    pub(super) fn file_name(&self, name: &str) -> String {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let ending = ending.as_deref().and_then(|ending| ENDINGS.iter().find(|known| **known == ending));
        let mut drawn = self.draw("file", 0, name);
        format!("{}-{}.{}", drawn.pick(&WORDS), drawn.hex(), ending.unwrap_or(&"bin"))
    }
}
