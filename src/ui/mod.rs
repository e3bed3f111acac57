//! The component kit. It knows no page and no vendor: everything comes through props.
//!
//! | for | take |
//! |---|---|
//! | a page's h1 and its actions | [`PageHeader`] |
//! | an action | [`Button`]; one that leads somewhere: [`LinkButton`]; a choice of actions: [`Menu`] |
//! | a drawing | [`Icon`] with an [`IconName`] |
//! | a form | [`FormShell`] around [`TextField`], [`NumberField`], [`TextArea`], [`SelectField`], [`ComboField`], [`CheckField`], [`SecretField`], in [`FieldSet`]s; rows of fields: [`ListEditor`] |
//! | on or off, at once | [`Switch`] |
//! | records | [`DataTable`] with [`Column`]s, [`Sort`], [`Cursor`]; above it a [`Toolbar`] with [`SearchField`] and [`FilterSelect`] |
//! | one record | [`DefinitionList`] of [`Definition`]s, [`Tabs`], [`CopyButton`], [`TimeText`] |
//! | first load | [`Skeleton`], [`SkeletonBlock`] (tables draw their own) |
//! | nothing to show | [`EmptyState`] |
//! | trouble | [`ErrorPanel`] with a [`Problem`] |
//! | a question | [`ConfirmDialog`]; more than that: [`Dialog`], at the side: `side=true` |
//! | "Saved", "Removed", trouble in the background | [`Toasts`] from [`use_toasts`] |
//! | a word for screen readers only | [`Announcer`] from [`use_announcer`] |
//! | how fresh data is | [`StaleMarker`] |
//! | a state in a word | [`Badge`] with a [`Tone`] |
//! | a standing message | [`Banner`] |
//! | figures | [`Stat`], [`Meter`], [`BarChart`], [`LineChart`], [`ProgressBar`] |
//! | a person without a picture | [`Avatar`] |
//!
//! Texts are `Signal<String>` props: give `"a literal"`, a `String`, a catalogue function (`t::common::save`) or a
//! closure. An empty text means "none". Actions are `Callback<()>`: `on_click=move |()| …`.

pub mod announcer;
pub mod badge;
pub mod button;
pub mod chart;
pub mod check;
pub mod copy;
pub mod density;
pub mod dialog;
pub mod field;
pub mod figures;
pub mod form;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod icon;
pub mod input;
pub mod menu;
pub mod page;
pub mod record;
pub mod select;
pub mod states;
pub mod table;
pub mod tabs;
pub mod time;
pub mod toast;
mod typed;

pub use announcer::{Announcer, AnnouncerRegion, provide_announcer, use_announcer};
pub use badge::{Avatar, Badge, Tone};
pub use button::{Button, LinkButton, Variant};
pub use chart::{BarChart, Datum, LineChart};
pub use check::{CheckField, Switch};
pub use copy::CopyButton;
pub use density::{Density, provide_density, use_density};
pub use dialog::{ConfirmDialog, Dialog};
pub use field::{Choice, Field};
pub use figures::{Meter, ProgressBar, Stat};
pub use form::{FieldSet, FormShell, ListEditor};
pub use icon::{Icon, IconName};
pub use input::{NumberField, SecretField, TextArea, TextField};
pub use menu::{Menu, MenuItem};
pub use page::{FilterSelect, PageHeader, SearchField, Toolbar, focus_heading};
pub use record::{Definition, DefinitionList};
pub use select::{ComboField, SelectField};
pub use states::{Banner, Details, EmptyState, ErrorPanel, Problem, Skeleton, SkeletonBlock};
pub use table::{Cell, Column, Cursor, DataTable, Keep, Sort, SortKey, Step};
pub use tabs::{Tab, Tabs};
pub use time::{StaleMarker, TimeText, use_now};
pub use toast::{Kind, ToastRegion, Toasts, provide_toasts, use_toasts};
pub use typed::TypedText;

/// An id that no other element of the page has: `{prefix}-{number}`.
pub fn unique_id(prefix: &str) -> String {
    thread_local! { static NEXT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) }; }
    let number = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    format!("{prefix}-{number}")
}

/// `"true"` or `"false"`: an ARIA attribute needs the word, and a bool would be written as an empty attribute or none.
#[must_use]
pub const fn word(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
