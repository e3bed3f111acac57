//! External APIs from curl commands, and as curl commands.

use serde_json::{Map, Value};
use trunkline_api::gateway::{
    AuthKind, ExternalApiBody, ExternalAuth, ExternalMethod, HeaderParam, MAX_TIMEOUT, ParamPlace, RequestParam,
    ValueType,
};

use crate::external_apis::has_secret_name;
use crate::shell_words::{SplitError, split_words};

/// Why a command can't become a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CurlError {
    /// It does not begin with `curl`.
    NotCurl,
    /// It can't be split into words.
    Split(SplitError),
    /// It has no URL.
    NoUrl,
    /// An option needs a value and has none.
    NoValue(String),
    /// An option changes the request in a way that a definition can't say.
    Unsupported(String),
    /// A method that a definition can't have.
    Method(String),
    /// The body is neither a form nor a JSON object.
    Body,
    /// The request is a GET with a body.
    BodyOfGet,
}

/// A definition from a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedApi {
    /// The definition. Its secrets are marked as such.
    pub api: ExternalApiBody,
    /// Options that were left out, because they concern the computer the command was written for.
    pub ignored: Vec<String>,
}

/// What the options of a command say.
#[derive(Default)]
struct Command {
    url: Option<String>,
    method: Option<String>,
    headers: Vec<(String, String)>,
    data: Vec<String>,
    json: bool,
    get: bool,
    user: Option<String>,
    bearer: Option<String>,
    query: Vec<String>,
    seconds: Option<String>,
    ignored: Vec<String>,
}

/// Options with a value that only concern the computer or the output.
const IGNORED_VALUES: [&str; 22] = [
    "--output",
    "--write-out",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--cookie-jar",
    "--cacert",
    "--capath",
    "--cert",
    "--key",
    "--proxy",
    "--max-redirs",
    "--resolve",
    "--dump-header",
    "--trace",
    "--trace-ascii",
    "--interface",
    "--ciphers",
    "--limit-rate",
    "--stderr",
    "--noproxy",
    "--proxy-user",
];

/// Options without a value that only concern the computer, the connection or the output.
const IGNORED_FLAGS: [&str; 22] = [
    "--silent",
    "--show-error",
    "--location",
    "--insecure",
    "--include",
    "--verbose",
    "--fail",
    "--compressed",
    "--fail-with-body",
    "--globoff",
    "--http1.1",
    "--http2",
    "--http1.0",
    "--no-buffer",
    "--progress-bar",
    "--ipv4",
    "--ipv6",
    "--tlsv1.2",
    "--tlsv1.3",
    "--no-progress-meter",
    "--location-trusted",
    "--path-as-is",
];

/// Makes a definition of a curl command.
///
/// # Errors
/// If it is none, or says what a definition can't.
pub fn parse_curl(text: &str) -> Result<ImportedApi, CurlError> {
    let text = text.trim().trim_start_matches("$ ").trim_start();
    let words = split_words(text).map_err(CurlError::Split)?;
    let mut words = words.into_iter();
    let is_curl = |word: String| {
        let name = word.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        name == "curl" || name == "curl.exe"
    };
    if !words.next().is_some_and(is_curl) {
        return Err(CurlError::NotCurl);
    }
    let mut command = Command::default();
    while let Some(word) = words.next() {
        if let Some(long) = word.strip_prefix("--").filter(|long| !long.is_empty()) {
            let (name, inline) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (long, None),
            };
            command.option(&format!("--{name}"), inline, &mut words)?;
        } else if let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) {
            command.short_options(short, &mut words)?;
        } else if command.url.is_none() {
            command.url = Some(word);
        } else {
            command.ignored.push(word);
        }
    }
    command.into_api()
}

impl Command {
    /// Reads short options, such as `-sSL`, `-XPOST` and `-H …`.
    fn short_options(&mut self, short: &str, words: &mut impl Iterator<Item = String>) -> Result<(), CurlError> {
        let mut rest = short.chars();
        while let Some(letter) = rest.next() {
            let long = match letter {
                'X' => "--request",
                'H' => "--header",
                'd' => "--data",
                'u' => "--user",
                'A' => "--user-agent",
                'e' => "--referer",
                'b' => "--cookie",
                'm' => "--max-time",
                'G' => "--get",
                'F' => "--form",
                'I' => "--head",
                'T' => "--upload-file",
                'o' => "--output",
                'w' => "--write-out",
                'c' => "--cookie-jar",
                'E' => "--cert",
                'x' => "--proxy",
                'D' => "--dump-header",
                's' => "--silent",
                'S' => "--show-error",
                'L' => "--location",
                'k' => "--insecure",
                'i' => "--include",
                'v' => "--verbose",
                'f' => "--fail",
                'g' => "--globoff",
                'N' => "--no-buffer",
                '#' => "--progress-bar",
                '4' => "--ipv4",
                '6' => "--ipv6",
                '0' => "--http1.0",
                other => return Err(CurlError::Unsupported(format!("-{other}"))),
            };
            if takes_value(long) {
                let inline = Some(rest.as_str().to_owned()).filter(|value| !value.is_empty());
                return self.option(long, inline, words);
            }
            self.option(long, None, words)?;
        }
        Ok(())
    }

    fn option(
        &mut self,
        name: &str,
        inline: Option<String>,
        words: &mut impl Iterator<Item = String>,
    ) -> Result<(), CurlError> {
        if !takes_value(name) {
            match name {
                "--get" => self.get = true,
                _ if IGNORED_FLAGS.contains(&name) => {}
                _ => return Err(CurlError::Unsupported(name.to_owned())),
            }
            return Ok(());
        }
        let value = inline.or_else(|| words.next()).ok_or_else(|| CurlError::NoValue(name.to_owned()))?;
        match name {
            "--request" => self.method = Some(value.to_ascii_uppercase()),
            "--header" => self.headers.extend(header(&value)),
            "--data-raw" => self.data.push(value),
            "--data" | "--data-ascii" | "--data-binary" | "--json" | "--data-urlencode" | "--url-query"
                if value.starts_with('@') =>
            {
                return Err(CurlError::Unsupported(format!("{name} {value}")));
            }
            "--data" | "--data-ascii" | "--data-binary" => self.data.push(value),
            "--json" => {
                self.json = true;
                self.data.push(value);
            }
            "--data-urlencode" => self.data.push(url_encoded(&value)),
            "--url-query" => self.query.push(url_encoded(&value)),
            "--user" => self.user = Some(value),
            "--oauth2-bearer" => self.bearer = Some(value),
            "--user-agent" => self.headers.push(("User-Agent".to_owned(), value)),
            "--referer" => self.headers.push(("Referer".to_owned(), value)),
            "--cookie" => self.headers.push(("Cookie".to_owned(), value)),
            "--url" => self.url = Some(value),
            "--max-time" => self.seconds = Some(value),
            _ if IGNORED_VALUES.contains(&name) => self.ignored.push(name.to_owned()),
            _ => return Err(CurlError::Unsupported(name.to_owned())),
        }
        Ok(())
    }

    fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn into_api(mut self) -> Result<ImportedApi, CurlError> {
        let url = self.url.take().filter(|url| !url.trim().is_empty()).ok_or(CurlError::NoUrl)?;
        let (url, user) = split_url(url.trim());
        let data = (!self.data.is_empty()).then(|| self.data.join(if self.json { "" } else { "&" }));
        let body = if self.get { None } else { data.as_deref() };
        let method = match (&self.method, body) {
            (Some(method), _) => method.clone(),
            (None, Some(_)) => "POST".to_owned(),
            (None, None) => "GET".to_owned(),
        };
        let method = ExternalMethod::from(method.as_str());
        if let ExternalMethod::Other(other) = method {
            return Err(CurlError::Method(other));
        }
        if body.is_some() && method == ExternalMethod::Get {
            return Err(CurlError::BodyOfGet);
        }
        let mut api = ExternalApiBody { method, ..ExternalApiBody::default() };
        let (url, in_url) = match url.split_once('?') {
            Some((url, query)) => (url.to_owned(), query.to_owned()),
            None => (url, String::new()),
        };
        let mut query: Vec<&str> = vec![&in_url];
        query.extend(self.query.iter().map(String::as_str));
        query.extend(data.as_deref().filter(|_| self.get));
        query.retain(|part| !part.is_empty());
        let query = query.join("&");
        match form_params(&query, ParamPlace::Query) {
            Some(params) => {
                api.url = url;
                api.request = params;
            }
            // A name that occurs twice can be no parameter's: it stays in the URL.
            None => api.url = format!("{url}?{query}"),
        }
        if let Some(text) = body {
            let media = self.header_value("content-type").unwrap_or_default().to_ascii_lowercase();
            let params = body_params(
                text,
                self.json || media.contains("json"),
                media.is_empty() || media.contains("urlencoded"),
            );
            let params = params.ok_or(CurlError::Body)?;
            let doubled = |param: &RequestParam| api.request.iter().any(|known| known.name == param.name);
            if params.iter().any(doubled) {
                return Err(CurlError::Body);
            }
            api.request.extend(params);
        }
        api.auth = self.auth(user);
        api.headers = self.kept_headers(&api);
        if let Some(seconds) = self.seconds.as_deref().and_then(|text| text.parse::<f64>().ok()) {
            // Rounded up, and within the limits.
            api.timeout = (1..=MAX_TIMEOUT).find(|limit| f64::from(*limit) >= seconds).unwrap_or(MAX_TIMEOUT);
        }
        api.name = name_for(&api.url);
        Ok(ImportedApi { api, ignored: self.ignored })
    }

    /// The authentication, from `-u`, the URL or the Authorization header.
    fn auth(&self, in_url: Option<String>) -> ExternalAuth {
        if let Some(user) = self.user.clone().or(in_url) {
            let (name, secret) = user.split_once(':').unwrap_or((&user, ""));
            return ExternalAuth {
                kind: AuthKind::Basic,
                name: name.to_owned(),
                secret: secret.to_owned(),
                ..Default::default()
            };
        }
        let header = self.header_value("authorization").and_then(|value| value.split_once(' '));
        let token = header.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
        match self.bearer.as_deref().or(token).filter(|token| !token.is_empty()) {
            Some(token) => ExternalAuth { kind: AuthKind::Bearer, secret: token.to_owned(), ..Default::default() },
            None => ExternalAuth::default(),
        }
    }

    /// The headers that a definition needs: not those of the connection, nor those that the body and the authentication set.
    fn kept_headers(&self, api: &ExternalApiBody) -> Vec<HeaderParam> {
        const OWN: [&str; 7] =
            ["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "te", "upgrade"];
        let mut kept: Vec<HeaderParam> = Vec::new();
        for (name, value) in &self.headers {
            let lower = name.to_ascii_lowercase();
            let value_lower = value.to_ascii_lowercase();
            let is_set = match lower.as_str() {
                "content-type" => {
                    // A character set or a special JSON type stays.
                    matches!(value_lower.as_str(), "application/json" | "application/x-www-form-urlencoded")
                        || !api.request.iter().any(|param| matches!(param.place, ParamPlace::Json | ParamPlace::Form))
                }
                "authorization" => api.auth.kind != AuthKind::None,
                _ => OWN.contains(&lower.as_str()),
            };
            if !is_set && !kept.iter().any(|known| known.name.eq_ignore_ascii_case(name)) {
                let secret = has_secret_name(name);
                kept.push(HeaderParam { name: name.clone(), value: value.clone(), secret });
            }
        }
        kept
    }
}

fn takes_value(name: &str) -> bool {
    const OWN: [&str; 18] = [
        "--request",
        "--header",
        "--data",
        "--data-ascii",
        "--data-raw",
        "--data-binary",
        "--data-urlencode",
        "--json",
        "--url-query",
        "--user",
        "--oauth2-bearer",
        "--user-agent",
        "--referer",
        "--cookie",
        "--url",
        "--max-time",
        "--form",
        "--upload-file",
    ];
    OWN.contains(&name) || IGNORED_VALUES.contains(&name)
}

/// A header line: `Name: value`, or `Name;` for an empty value. `Name:` removes a header of curl's own.
fn header(line: &str) -> Option<(String, String)> {
    if let Some((name, value)) = line.split_once(':') {
        let value = value.trim();
        return (!value.is_empty()).then(|| (name.trim().to_owned(), value.to_owned()));
    }
    line.strip_suffix(';').map(|name| (name.trim().to_owned(), String::new()))
}

/// The value of `--data-urlencode`: `name=text` or `text`.
fn url_encoded(value: &str) -> String {
    match value.split_once('=') {
        Some(("", text)) => encode(text),
        Some((name, text)) => format!("{name}={}", encode(text)),
        None => encode(value),
    }
}

/// Percent-encodes a text; variables stay.
fn encode(text: &str) -> String {
    use trunkline_api::gateway::external_template::{TemplatePart, template_parts};
    let mut out = String::new();
    for part in template_parts(text) {
        match part {
            TemplatePart::Variable(name) => out.push_str(&format!("{{{{{name}}}}}")),
            TemplatePart::Text(text) => {
                for byte in text.bytes() {
                    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                        out.push(char::from(byte));
                    } else {
                        out.push_str(&format!("%{byte:02X}"));
                    }
                }
            }
        }
    }
    out
}

/// Decodes form encoding. Bytes that are no UTF-8 become U+FFFD.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%');
        let code = escaped.and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A URL with a scheme and without credentials and fragment; and the credentials.
fn split_url(url: &str) -> (String, Option<String>) {
    let url = url.split('#').next().unwrap_or_default();
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        Some((user, host)) => (format!("{scheme}://{host}{path}"), Some(decode(user))),
        None => (format!("{scheme}://{rest}"), None),
    }
}

/// The parameters of a form. `None` if a name occurs twice or is missing.
fn form_params(text: &str, place: ParamPlace) -> Option<Vec<RequestParam>> {
    let mut params: Vec<RequestParam> = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name).trim().to_owned();
        if name.is_empty() || params.iter().any(|known| known.name == name) {
            return None;
        }
        let secret = has_secret_name(&name);
        params.push(RequestParam { name, default: decode(value), place: place.clone(), secret, ..Default::default() });
    }
    Some(params)
}

/// The parameters of a body. `None` if it is neither a JSON object nor a form.
fn body_params(text: &str, is_json: bool, may_be_form: bool) -> Option<Vec<RequestParam>> {
    let object = serde_json::from_str::<Map<String, Value>>(text).ok();
    match object {
        // People leave the content type out.
        Some(object) if is_json || may_be_form => {
            Some(object.iter().map(|(name, value)| json_param(name, value)).collect())
        }
        None if !is_json && may_be_form && !text.trim_start().starts_with(['{', '[', '<']) => {
            form_params(text, ParamPlace::Form)
        }
        _ => None,
    }
}

fn json_param(name: &str, value: &Value) -> RequestParam {
    let (kind, default) = match value {
        Value::String(text) => (ValueType::Text, text.clone()),
        Value::Bool(value) => (ValueType::Boolean, value.to_string()),
        Value::Number(number) if number.is_i64() => (ValueType::Integer, number.to_string()),
        Value::Number(number) => (ValueType::Number, number.to_string()),
        other => (ValueType::Json, other.to_string()),
    };
    let secret = has_secret_name(name) && kind == ValueType::Text;
    RequestParam { name: name.to_owned(), kind, default, place: ParamPlace::Json, secret, ..Default::default() }
}

/// A name for a definition: the last word of the URL's path, else its host.
fn name_for(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut segments = rest.split('/');
    let host = segments.next().unwrap_or_default();
    let plain = |segment: &&str| !segment.is_empty() && !segment.contains(['{', '%']);
    match segments.rfind(plain) {
        Some(last) => format!("{host} {last}").chars().take(100).collect(),
        None => host.chars().take(100).collect(),
    }
}

/// What stands for a secret in an exported command.
const SECRET: &str = "<secret>";

/// A definition as a curl command. Secrets are never in it: a placeholder stands for them.
#[must_use]
pub fn to_curl(api: &ExternalApiBody) -> String {
    let mut parts = vec![format!("curl -X {} {}", api.method, quoted(&url_with_query(api)))];
    let secret_or = |secret: bool, value: &str| if secret { SECRET.to_owned() } else { value.to_owned() };
    let mut header = |name: &str, value: &str| parts.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
    for param in &api.headers {
        header(&param.name, &secret_or(param.secret, &param.value));
    }
    for param in api.request.iter().filter(|param| api.place_of(param) == ParamPlace::Header) {
        header(&param.name, &secret_or(param.secret, &param.default));
    }
    match api.auth.kind {
        AuthKind::Bearer | AuthKind::OAuth => header("Authorization", &format!("Bearer {SECRET}")),
        AuthKind::Header => header(&api.auth.name, SECRET),
        AuthKind::Basic => parts.push(format!("-u {}", quoted(&format!("{}:{SECRET}", api.auth.name)))),
        AuthKind::None | AuthKind::Other(_) => {}
    }
    let body: Vec<&RequestParam> =
        api.request.iter().filter(|param| matches!(api.place_of(param), ParamPlace::Form | ParamPlace::Json)).collect();
    if let Some(first) = body.first() {
        if api.place_of(first) == ParamPlace::Json {
            let member = |param: &&RequestParam| (param.name.clone(), json_value(param));
            let object: Map<String, Value> = body.iter().map(member).collect();
            parts.push(format!("--json {}", quoted(&Value::Object(object).to_string())));
        } else {
            let pairs: Vec<String> = body.iter().map(|param| pair(param)).collect();
            parts.push(format!("-d {}", quoted(&pairs.join("&"))));
        }
    }
    if api.timeout != 0 {
        parts.push(format!("-m {}", api.timeout));
    }
    parts.join(" \\\n  ")
}

fn pair(param: &RequestParam) -> String {
    let value = if param.secret { SECRET } else { &param.default };
    format!("{}={}", encode(&param.name), encode(value))
}

fn url_with_query(api: &ExternalApiBody) -> String {
    let in_place = |place: ParamPlace| api.request.iter().filter(move |param| api.place_of(param) == place);
    let mut url = api.url.clone();
    for param in in_place(ParamPlace::Path).filter(|param| !param.secret && !param.default.is_empty()) {
        url = url.replace(&format!("{{{}}}", param.name), &encode(&param.default));
    }
    let pairs: Vec<String> = in_place(ParamPlace::Query).map(pair).collect();
    match (pairs.is_empty(), url.contains('?')) {
        (true, _) => url,
        (false, true) => format!("{url}&{}", pairs.join("&")),
        (false, false) => format!("{url}?{}", pairs.join("&")),
    }
}

fn json_value(param: &RequestParam) -> Value {
    if param.secret {
        return Value::String(SECRET.to_owned());
    }
    let typed = || serde_json::from_str(&param.default).ok();
    let value = if param.kind == ValueType::Text { None } else { typed() };
    value.unwrap_or_else(|| Value::String(param.default.clone()))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(text: &str) -> ExternalApiBody {
        parse_curl(text).unwrap().api
    }

    /// `place name=default:type`, with `!` for a secret.
    fn params(api: &ExternalApiBody) -> Vec<String> {
        let text = |param: &RequestParam| {
            let secret = if param.secret { "!" } else { "" };
            format!("{} {}={}:{}{secret}", param.place, param.name, param.default, param.kind)
        };
        api.request.iter().map(text).collect()
    }

    #[test]
    fn what_people_paste_becomes_a_definition() {
        let plain = api("curl https://crm.example/customers?tel={{tel}}&limit=5");
        assert_eq!((plain.method.as_str(), plain.url.as_str()), ("GET", "https://crm.example/customers"));
        assert_eq!(params(&plain), ["query tel={{tel}}:text", "query limit=5:text"]);
        assert_eq!(plain.name, "crm.example customers");

        let copied = "$ curl 'https://crm.example/api/v1/find' \\\n  -H 'accept: */*' \\\n  \
             -H 'content-type: application/json' \\\n  -H 'Authorization: Bearer abc.def' \\\n  \
             -H 'x-api-key: k1' -H 'Accept-Encoding: gzip' \\\n  \
             --data-raw $'{\"phone\":\"{{tel}}\",\"n\":3,\"f\":1.5,\"deep\":{\"a\":[1]},\"on\":true,\"t\":\"it\\'s\"}' --compressed";
        let copied = api(copied);
        assert_eq!((copied.method.as_str(), copied.auth.kind.as_str()), ("POST", "bearer"));
        assert_eq!(copied.auth.secret, "abc.def");
        let headers: Vec<_> = copied.headers.iter().map(|header| (header.name.as_str(), header.secret)).collect();
        assert_eq!(headers, [("accept", false), ("x-api-key", true)]);
        let mut all = params(&copied);
        all.sort();
        assert_eq!(
            all,
            [
                "json deep={\"a\":[1]}:json",
                "json f=1.5:number",
                "json n=3:integer",
                "json on=true:boolean",
                "json phone={{tel}}:text",
                "json t=it's:text",
            ]
        );
    }

    #[test]
    fn each_option_has_its_place() {
        let form =
            api("curl -XPUT https://a.example/x -d a=1 -d 'b=two+words%21' --data-urlencode 'c=ü &' -u ada:pw -m 2.5");
        assert_eq!(params(&form), ["form a=1:text", "form b=two words!:text", "form c=ü &:text"]);
        assert_eq!((form.method.as_str(), form.auth.name.as_str(), form.auth.secret.as_str()), ("PUT", "ada", "pw"));
        assert_eq!(form.timeout, 3);
        let get = api("curl -G https://a.example/x?z=0 -d a=1 --data-urlencode 'q=x y' -sSL");
        assert_eq!(get.method, ExternalMethod::Get);
        assert_eq!(params(&get), ["query z=0:text", "query a=1:text", "query q=x y:text"]);
        let json = api(r#"curl --json '{"a":1}' https://a.example"#);
        assert_eq!((params(&json), json.method.as_str()), (vec!["json a=1:integer".to_owned()], "POST"));
        let user = api("curl.exe --url=https://ada:p%40w@a.example/x#top -X delete");
        assert_eq!((user.url.as_str(), user.auth.secret.as_str()), ("https://a.example/x", "p@w"));
        assert_eq!(user.method, ExternalMethod::Delete);
        assert!(api("curl -H 'Authorization: ApiKey k' a.example/x").headers[0].secret);
        assert_eq!(api("curl a.example/x").url, "http://a.example/x");
        assert_eq!(api("curl 'https://a.example/x?a=1&a=2'").url, "https://a.example/x?a=1&a=2");
        assert!(api("curl -d 'api_key=k' https://a.example").request[0].secret);
        let ignored = parse_curl("curl -o out.txt --retry 3 https://a.example/x https://b.example").unwrap().ignored;
        assert_eq!(ignored, ["--output", "--retry", "https://b.example"]);
    }

    #[test]
    fn what_a_definition_can_not_say_is_refused_by_name() {
        for (text, error) in [
            ("wget https://a.example", CurlError::NotCurl),
            ("", CurlError::NotCurl),
            ("curl -s", CurlError::NoUrl),
            ("curl https://a.example -H", CurlError::NoValue("--header".into())),
            ("curl https://a.example -F file=@x", CurlError::Unsupported("--form".into())),
            ("curl https://a.example -d @body.json", CurlError::Unsupported("--data @body.json".into())),
            ("curl https://a.example --digest", CurlError::Unsupported("--digest".into())),
            ("curl https://a.example -I", CurlError::Unsupported("--head".into())),
            ("curl -X OPTIONS https://a.example", CurlError::Method("OPTIONS".into())),
            ("curl https://a.example -H 'Content-Type: text/xml' -d '<a/>'", CurlError::Body),
            ("curl https://a.example --json '[1]'", CurlError::Body),
            ("curl -X GET https://a.example -d a=1", CurlError::BodyOfGet),
            ("curl \"https://a.example", CurlError::Split(SplitError::UnclosedQuote)),
            ("curl ^\"https://a.example^\"", CurlError::Split(SplitError::WindowsCaret)),
        ] {
            assert_eq!(parse_curl(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_exported_command_is_read_back_without_secrets() {
        let text = r#"curl -X PATCH 'https://a.example/c/{{id}}?q=it%27s' -H 'X-A: b' -H 'X-Token: s3cret' -u ada:s3cret \
            --json '{"n":1,"t":"ü"}' -m 7"#;
        let api = api(text);
        let exported = to_curl(&api);
        assert!(!exported.contains("s3cret"), "{exported}");
        let mut back = parse_curl(&exported).unwrap().api;
        assert_eq!(back.auth.secret, SECRET);
        back.auth.secret = "s3cret".to_owned();
        back.headers[1].value = "s3cret".to_owned();
        assert_eq!(back, api);
    }
}
