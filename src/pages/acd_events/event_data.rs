//! `EventData`, the XML that jtel keeps with an event: links and a body. Read by the browser's XML parser, which runs
//! and loads nothing.

use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, SupportedType, XmlSerializer};

/// The root element.
const ROOT: &str = "eventData";

/// What the XML holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventData {
    /// The links, in order.
    pub links: Vec<Link>,
    /// The body.
    pub body: Body,
}

/// A link of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address as the vendor gave it: not yet known to be one.
    pub url: String,
    /// What the vendor calls it; may be empty.
    pub name: String,
}

/// The body of the event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// Nothing, or white space alone.
    #[default]
    None,
    /// Plain text.
    Text(String),
    /// HTML of whoever wrote it: never to be parsed in the page.
    Html(String),
}

/// Reads the XML; none if it is none, or not of jtel's shape.
///
/// A parser that is given a whole document tells of its errors by a styled element, which the page's policy reports as
/// a violation. Parsing a fragment, in an XML document of ours, fails without a word.
pub fn read(xml: &str) -> Option<EventData> {
    let host = DomParser::new().ok()?.parse_from_string("<host/>", SupportedType::ApplicationXml).ok()?;
    let range = host.create_range().ok()?;
    range.select_node_contents(host.document_element()?.as_ref()).ok()?;
    let fragment = range.create_contextual_fragment(without_declaration(xml)).ok()?;
    let root = fragment.first_element_child().filter(|root| root.local_name() == ROOT)?;
    let links = elements(&root, "url").iter().map(link).filter(|link| !link.url.is_empty()).collect();
    let body = elements(&root, "body").first().map(body).unwrap_or_default();
    Some(EventData { links, body })
}

/// `<?xml …?>` may stand before a document, not before a fragment.
fn without_declaration(xml: &str) -> &str {
    let xml = xml.trim_start_matches('\u{feff}').trim();
    xml.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>")).map_or(xml, |(_, rest)| rest)
}

fn link(url: &Element) -> Link {
    let text = |name| elements(url, name).first().and_then(|element| element.text_content()).unwrap_or_default();
    Link { url: text("urlPath").trim().to_owned(), name: text("displayName").trim().to_owned() }
}

fn body(element: &Element) -> Body {
    // HTML stands there escaped, as text; should it stand there as elements, it is written out again.
    let text = if element.child_element_count() == 0 { element.text_content() } else { inner_xml(element) };
    match text.filter(|text| !text.trim().is_empty()) {
        None => Body::None,
        Some(html) if element.get_attribute("html").is_some_and(|html| html.eq_ignore_ascii_case("true")) => {
            Body::Html(html)
        }
        Some(text) => Body::Text(text),
    }
}

fn inner_xml(element: &Element) -> Option<String> {
    let serializer = XmlSerializer::new().ok()?;
    let nodes = element.child_nodes();
    (0..nodes.length()).filter_map(|at| nodes.get(at)).map(|node| serializer.serialize_to_string(&node).ok()).collect()
}

fn elements(within: &Element, name: &str) -> Vec<Element> {
    let found = within.get_elements_by_tag_name(name);
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}
