//! The UI kit. It depends on no page and no vendor: all data comes through props.
//!
//! | for | use |
//! |---|---|
//! | a page's h1 and its actions | [`PageHeader`] |
//! | an action | [`Button`]; for a link: [`LinkButton`]; for several actions: [`Menu`] |
//! | an icon | [`Icon`] with an [`IconName`] |
//! | a form | [`FormShell`] with [`FieldSet`]s |
//! | a text input | [`TextField`], [`TextArea`], [`NumberField`], [`SecretField`] |
//! | a choice in a form | [`SelectField`], [`ComboField`], [`CheckField`] |
//! | rows of form fields | [`ListEditor`] |
//! | a setting that applies at once | [`Switch`] |
//! | a list of records | [`DataTable`] with [`Column`]s, [`Sort`], [`Cursor`] |
//! | search and filters above a list | [`Toolbar`] with [`SearchField`] and [`FilterSelect`] |
//! | one record | [`DefinitionList`] of [`Definition`]s, [`Tabs`], [`CopyButton`], [`TimeText`] |
//! | the first load | [`Skeleton`], [`SkeletonBlock`] (tables render their own) |
//! | no data | [`EmptyState`] |
//! | an error | [`ErrorPanel`] with a [`ErrorMessage`] |
//! | a confirmation | [`ConfirmDialog`] |
//! | any other dialog | [`Dialog`]; as a drawer: `side=true` |
//! | the result of an action, or a background error | [`Toasts`] from [`use_toasts`] |
//! | an announcement for screen readers | [`Announcer`] from [`use_announcer`] |
//! | the time of the last update | [`LastUpdated`] |
//! | a status | [`Badge`] with a [`Tone`] |
//! | a persistent message | [`Banner`] |
//! | figures | [`Stat`], [`Meter`], [`BarChart`], [`LineChart`], [`ProgressBar`] |
//! | initials of a person | [`Avatar`] |
//!
//! Texts are `Signal<String>` props: pass a `"literal"`, a `String`, a catalogue function (`t::common::save`) or a
//! closure. An empty text means "none". Actions are `Callback<()>`: `on_click=move |()| …`.

pub mod announcer;
pub mod avatar;
pub mod badge;
pub mod button;
pub mod chart;
pub mod checkbox;
pub mod copy_button;
pub mod definition_list;
pub mod density;
pub mod dialog;
pub mod feedback;
pub mod field;
pub mod form;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod icon;
pub mod input;
mod input_text;
pub mod menu;
pub mod meter;
pub mod page_header;
pub mod select;
pub mod stat;
pub mod switch;
pub mod table;
pub mod tabs;
pub mod time;
pub mod toast;
pub mod toolbar;

pub use announcer::{Announcer, AnnouncerRegion, provide_announcer, use_announcer};
pub use avatar::Avatar;
pub use badge::{Badge, Tone};
pub use button::{Button, LinkButton, Variant};
pub use chart::{BarChart, BarMark, Datum, LineChart};
pub use checkbox::CheckField;
pub use copy_button::CopyButton;
pub use definition_list::{Definition, DefinitionList};
pub use density::{Density, provide_density, use_density};
pub use dialog::{ConfirmDialog, Dialog};
pub use feedback::{Banner, Details, EmptyState, ErrorMessage, ErrorPanel, Skeleton, SkeletonBlock};
pub use field::{Field, SelectOption};
pub use form::{FieldSet, FormShell, ListEditor};
pub use icon::{Icon, IconName};
pub use input::{NumberField, SecretField, TextArea, TextField};
pub use input_text::InputText;
pub use menu::{Menu, MenuItem, MenuList};
pub use meter::{Meter, ProgressBar};
pub use page_header::{PageHeader, focus_heading};
pub use select::{ComboField, SelectField};
pub use stat::Stat;
pub use switch::Switch;
pub use table::{
    Cell, Column, Cursor, DataTable, Narrow, RowFilter, RowLook, SelectFn, Snapshot, Sort, SortKey, Step, TableTools,
    ToolColumn,
};
pub use tabs::{Tab, Tabs};
pub use time::{LastUpdated, TimeText, use_coarse_now, use_now};
pub use toast::{Severity, ToastRegion, Toasts, provide_toasts, use_toasts};
pub use toolbar::{FilterSelect, SearchField, Toolbar};

/// Generates an id that is unique in the page: `{prefix}-{number}`.
pub fn unique_id(prefix: &str) -> String {
    thread_local! { static NEXT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) }; }
    let number = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    format!("{prefix}-{number}")
}

/// The value of a boolean ARIA attribute: `"true"` or `"false"`. (Leptos writes a `bool` as an empty attribute or
/// none.)
#[must_use]
pub const fn aria_bool(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
