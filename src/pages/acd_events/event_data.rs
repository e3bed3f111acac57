//! Parses `EventData`, the XML that jtel keeps with an event: links and a body. The browser's XML parser does it, which
//! runs and loads nothing.

use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, SupportedType, XmlSerializer};

/// The root element.
const ROOT: &str = "eventData";

/// The content of the XML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventData {
    /// The links, in document order.
    pub links: Vec<Link>,
    /// The body.
    pub body: Body,
}

/// A link of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address as the vendor sent it, not validated.
    pub url: String,
    /// The vendor's name for it; may be empty.
    pub name: String,
}

/// The body of the event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// Missing, or only white space.
    #[default]
    None,
    /// Plain text.
    Text(String),
    /// Untrusted HTML: never parse it in the page.
    Html(String),
}

/// Parses the XML. `None` if it is malformed or its root element is not jtel's.
///
/// The parser reports an error in a whole document as an element with a style, which the page's CSP refuses and logs as
/// a violation. A fragment, parsed in an XML document of our own, fails without such an element.
pub fn parse(xml: &str) -> Option<EventData> {
    let host = DomParser::new().ok()?.parse_from_string("<host/>", SupportedType::ApplicationXml).ok()?;
    let range = host.create_range().ok()?;
    range.select_node_contents(host.document_element()?.as_ref()).ok()?;
    let fragment = range.create_contextual_fragment(without_declaration(xml)).ok()?;
    let root = fragment.first_element_child().filter(|root| root.local_name() == ROOT)?;
    let links = elements(&root, "url").iter().map(link).filter(|link| !link.url.is_empty()).collect();
    let body = elements(&root, "body").first().map(body).unwrap_or_default();
    Some(EventData { links, body })
}

/// Removes `<?xml …?>`, which is allowed before a document but not before a fragment.
fn without_declaration(xml: &str) -> &str {
    let xml = xml.trim_start_matches('\u{feff}').trim();
    xml.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>")).map_or(xml, |(_, rest)| rest)
}

fn link(url: &Element) -> Link {
    let text = |name| elements(url, name).first().and_then(|element| element.text_content()).unwrap_or_default();
    Link { url: text("urlPath").trim().to_owned(), name: text("displayName").trim().to_owned() }
}

fn body(element: &Element) -> Body {
    // HTML comes escaped, as text; if it comes as elements, they are serialised.
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

fn elements(parent: &Element, name: &str) -> Vec<Element> {
    let matches = parent.get_elements_by_tag_name(name);
    (0..matches.length()).filter_map(|at| matches.item(at)?.dyn_into().ok()).collect()
}
