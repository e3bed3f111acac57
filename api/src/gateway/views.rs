//! Saved views: a list's search, filters and order under a name, kept by the gateway per person. An admin may share one
//! with everybody.

use serde::{Deserialize, Serialize};

use crate::decode::{DecodeError, expect_empty, from_json, to_json};
use crate::endpoint::{Access, EVERYONE, Endpoint, Method, Resource, Service, fill_path};
use crate::tolerant::tolerant_struct;
use crate::validate::{Checks, FieldError, ValidationError, check_max_chars, check_required};

/// The saved views.
pub const VIEWS: Resource = Resource { service: Service::Gateway, path_prefix: "/views" };

/// Maximum characters of a view's name.
pub const MAX_VIEW_NAME: usize = 60;
/// Maximum characters of a view's page and of its query.
pub const MAX_VIEW_QUERY: usize = 2000;
/// Maximum views of one person.
pub const MAX_VIEWS: usize = 100;

/// A saved view.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Path of the list, such as `/events`.
    pub page: String,
    /// The query without `?`, such as `channel=WhatsApp&enabled=yes`.
    pub query: String,
    /// Everybody has it.
    pub shared: bool,
    /// The signed-in person has made it.
    pub own: bool,
}

impl SavedView {
    /// The address of the view in the console.
    #[must_use]
    pub fn href(&self) -> String {
        if self.query.is_empty() { self.page.clone() } else { format!("{}?{}", self.page, self.query) }
    }
}

tolerant_struct!(SavedView {
    "id" => id,
    "name" => name,
    "page" => page,
    "query" => query,
    "shared" => shared,
    "own" => own,
});

/// A view to save. A view of the same person, page and name is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SavedViewBody {
    /// Its name.
    pub name: String,
    /// Path of the list.
    pub page: String,
    /// The query without `?`.
    pub query: String,
    /// Shares it with everybody. Admins only.
    #[serde(default)]
    pub shared: bool,
}

impl SavedViewBody {
    /// Validates the view. Its page is a path of this console, never another site's.
    ///
    /// # Errors
    /// By member: a missing or too long text, a page that is no path.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let is_path =
            self.page.starts_with('/') && !self.page.starts_with("//") && !self.page.contains(['?', '#', '\\']);
        let has_control = |text: &str| text.chars().any(char::is_control).then_some(ValidationError::NotAllowed);
        let mut checks = Checks::new();
        checks
            .field("name", check_required(&self.name).or_else(|| check_max_chars(&self.name, MAX_VIEW_NAME)))
            .field("page", check_max_chars(&self.page, MAX_VIEW_QUERY).or_else(|| has_control(&self.page)))
            .field("page", (!is_path).then_some(ValidationError::NotAllowed))
            .field("query", check_max_chars(&self.query, MAX_VIEW_QUERY).or_else(|| has_control(&self.query)));
        checks.finish()
    }
}

/// List the person's own views and the shared ones, by page and name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListViews;

impl Endpoint for ListViews {
    type Response = Vec<SavedView>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/views";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Save a view. Responds with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveView {
    /// The view.
    pub view: SavedViewBody,
}

impl Endpoint for SaveView {
    type Response = SavedView;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/views";
    const ACCESS: Access = EVERYONE;
    const INVALIDATES: Option<Resource> = Some(VIEWS);

    fn body(&self) -> Option<String> {
        Some(to_json(&self.view))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Remove a view: an own one, or as an admin a shared one. Responds 204 without a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveView {
    /// Its id.
    pub id: String,
}

impl Endpoint for RemoveView {
    type Response = ();
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/views/{id}";
    const ACCESS: Access = EVERYONE;
    const INVALIDATES: Option<Resource> = Some(VIEWS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<(), DecodeError> {
        expect_empty(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_leads_to_a_page_of_the_console() {
        let view =
            |page: &str| SavedViewBody { name: "Mine".to_owned(), page: page.to_owned(), ..SavedViewBody::default() };
        assert_eq!(view("/events").validate(), Ok(()));
        for page in ["", "events", "//evil.example", "https://evil.example", "/a?b", "/a#b", "/\\evil.example", "/a\nb"]
        {
            assert!(view(page).validate().is_err(), "{page:?}");
        }
        let long = SavedViewBody { name: "x".repeat(61), page: "/events".to_owned(), ..SavedViewBody::default() };
        assert!(long.validate().is_err());
    }

    #[test]
    fn address_of_a_view_without_a_query_has_no_question_mark() {
        let view =
            |query: &str| SavedView { page: "/events".to_owned(), query: query.to_owned(), ..SavedView::default() };
        assert_eq!(view("user=none").href(), "/events?user=none");
        assert_eq!(view("").href(), "/events");
    }
}
