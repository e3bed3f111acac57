//! Rules for new passwords.

use crate::names;

/// Minimum and maximum number of characters.
const MIN_LENGTH: usize = 8;
const MAX_LENGTH: usize = 1000;

/// Words in commonly guessed passwords. A password without its leading and trailing digits and signs, and with the
/// usual swaps undone ("p@ssw0rd"), must not be one of them or a sequence of them.
const COMMON_WORDS: &str = "\
    aaron abcabc abcd abcdef abcdefg abcdefgh access account adgjmptw admin administrator adobe agent albert alex alexander alexis alfa \
    amanda america andrea andrew angel angela angels animal anthony apple arsenal asdf asdfasdf asdfgh asdfghjk asdfghjkl \
    ashley august austin autumn azerty babygirl bailey banana barcelona barney baseball basket basketball batman beach bear \
    beautiful benjamin berlin bigdog bismillah blink blue bonjour booboo boss brandon brandy bubbles buster butterfly calvin \
    callcenter callcentre cameron canada captain carlos caroline champion changeit changeme charles charlie cheese chelsea \
    chester chicken chocolate chris christian christopher claudia coffee college comcast comm computer comphone connect \
    contact cookie cooper corvette cowboy creative dallas dancer daniel danielle david december default demo dennis diablo \
    diamond doctor dolphin dragon eagles einstein elephant elizabeth eminem england enter esther eva explorer facebook \
    falcon family februar february ferrari fishing florida flower flowers football forever forum france frankfurt freddy \
    freedom friday friend friends fuckoff fuckyou gandalf geheim george german giants ginger gold golden golf google guest \
    guitar hallo hammer hannah harley harvard heather hello helloworld hockey hola hotdog hunter iceman ichliebedich iloveu \
    iloveyou inbox internet israel jackson jacob james january jasmine jason jasper jennifer jeremy jerusalem jessica jesus \
    jonathan jordan joseph joshua juli july junior june juni justin karina kennwort killer kitten knight kontakt kristina \
    lakers lauren letmein letmeinnow liverpool login logitech london lovely loveme lover loveyou madison maggie manager \
    marina marlboro martin master matrix matthew maverick maxwell melissa mercedes merlin michael michelle mickey midnight \
    miller mohamed monday money monkey monster montag morgan motdepasse mother mustang myspace mypassword nascar natalie \
    nathan newpass newpassword newyork nicholas nicole nikita nintendo nokia november october office oktober oliver orange \
    pass passat passe passphrase passport passwd passw password passwordpassword passwort patrick peanut pepper pepsi peter \
    phoenix player pokemon porsche princess private purple pussy qazwsx qazwsxedc qwaszx qweasd qweasdzxc qwer qwert qwerty \
    qwertyu qwertyui qwertyuiop qwertz qwertzui qwertzuiop rabbit rachel raiders rainbow ranger rebecca redsox richard \
    robert rocket root samantha samsung sandra saturday school scooter scorpion secret secure security september server \
    service shadow shalom shannon silver simple skywalker slayer smokey snoopy soccer sommer sonntag sophie spider \
    spiderman spring starwars steelers stella steven strong student success summer sunday sunshine super superman support \
    supervisor sweet sweetie sysadmin system taylor teamo teacher telefon telephone temp temporary tennis test tester \
    testing testtest thomas thunder tigers tigger toyota training trunkline trustme trustno tucker tweety unicorn user \
    username vanessa victor victoria viking vodafone voyager warrior webmaster welcome whatever wilson william willkommen \
    winner winter wizard yamaha yankees yellow yourpassword zaqwsx zxcvbn zxcvbnm";

/// Sequences of keys, letters and digits that people type along.
const KEY_ROWS: [&str; 10] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiopü",
    "yxcvbnm",
    "azertyuiop",
    "1qaz2wsx3edc4rfv5tgb",
    "q1w2e3r4t5y6u7i8o9p0",
];

/// Checks that a password is not short, common, repetitive or the user's own name.
///
/// # Errors
/// One sentence in English.
pub fn check(name: &str, password: &str) -> Result<(), String> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Err("A password has at least 8 characters.".to_owned());
    }
    if length > MAX_LENGTH {
        return Err("A password has at most 1,000 characters.".to_owned());
    }
    if password.chars().any(char::is_control) {
        return Err("A password holds no control characters.".to_owned());
    }
    let folded = names::key(password);
    if is_repeated(&folded) {
        return Err("This password repeats itself. Choose another.".to_owned());
    }
    if is_key_sequence(&folded) || is_common(&folded) {
        return Err("This password is one of the first that are guessed. Choose another.".to_owned());
    }
    if is_own_name(&names::key(name), &folded) {
        return Err("This password is made of the user's name. Choose another.".to_owned());
    }
    Ok(())
}

/// Returns true for a repeated piece of at most four characters, or at most three distinct characters.
fn is_repeated(password: &str) -> bool {
    let letters: Vec<char> = password.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    let again = |size: usize| letters.iter().zip(letters.iter().skip(size)).all(|(one, next)| one == next);
    different.len() <= 3 || (1..=4).any(again)
}

/// Returns true for sequences along the keyboard, the alphabet or the digits, forwards or backwards.
fn is_key_sequence(password: &str) -> bool {
    let steps = |row: &str, part: &str| row.contains(part) || row.chars().rev().collect::<String>().contains(part);
    let letters: Vec<char> = password.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut rest = letters.as_slice();
    // Greedy: the longest sequence from here on, at least three steps.
    while !rest.is_empty() {
        let longest = (3..=rest.len()).rev().find(|length| {
            let part: String = rest.iter().take(*length).collect();
            KEY_ROWS.iter().any(|row| steps(row, &part))
        });
        let Some(length) = longest else { return false };
        rest = rest.get(length..).unwrap_or_default();
    }
    !letters.is_empty()
}

/// Returns true for one or more common words, with digits and signs around them.
fn is_common(password: &str) -> bool {
    let words: Vec<&str> = COMMON_WORDS.split_whitespace().collect();
    let plain = |text: &str| -> String { text.chars().filter(|letter| letter.is_alphabetic()).collect() };
    let bare = password.trim_matches(|letter: char| !letter.is_alphabetic());
    let swapped: String = bare.chars().map(unswap).collect();
    let whole: String = password.chars().map(unswap).collect();
    [plain(bare), plain(&swapped), plain(&whole)].iter().any(|text| text.is_empty() || is_made_of(text, &words))
}

/// Returns true if a text is a concatenation of words of a list.
fn is_made_of(text: &str, words: &[&str]) -> bool {
    text.is_empty()
        || words
            .iter()
            .any(|word| text.strip_prefix(word).is_some_and(|rest| rest.len() < text.len() && is_made_of(rest, words)))
}

/// Returns true if a password is the user's name, forwards or backwards, with fewer than four other letters.
fn is_own_name(name: &str, password: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let (name, password) = (plain(name), plain(password));
    let back: String = name.chars().rev().collect();
    let beside = |name: &str| {
        let rest = password.replace(name, "");
        rest.len() < password.len() && rest.chars().filter(|letter| letter.is_alphabetic()).count() < 4
    };
    name.chars().count() >= 3 && (beside(&name) || beside(&back))
}

/// Undoes the usual substitutions of letters by digits and signs.
const fn unswap(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn weak_passwords_are_rejected() {
        for password in [
            "short",
            "password1",
            "Password1!",
            "P@ssw0rd",
            "passw0rd2024",
            "12345678",
            "123456789",
            "87654321",
            "qwertyui",
            "Qwertz123",
            "1q2w3e4r",
            "1qaz2wsx",
            "abcd1234",
            "aaaaaaaa",
            "11111111",
            "abababab",
            "xyzxyzxyz",
            "iloveyou",
            "welcome1",
            "letmein123",
            "Summer2026!",
            "adminadmin",
            "trunkline",
            "Trunkline2026",
            "ruthruth",
            "Ruth2026!",
            "hturhtur1",
            "2026-11-29",
        ] {
            assert!(check("Ruth", password).is_err(), "{password}");
        }
        assert!(check("Ärzte", "A\u{308}RZTE2026").is_err());
    }

    #[test]
    fn strong_passwords_are_accepted() {
        for password in [
            "correct horse",
            "battery staple",
            "Zwölf Körbe am Tor",
            "סיסמה ארוכה מאוד",
            "一二三四五六七八九",
            "kR7#vq!2mZ",
            "the welcome mat of Ruth",
            "whatever else",
        ] {
            assert_eq!(check("Ruth", password), Ok(()), "{password}");
        }
    }
}
