//! What is around the list and comes after its first rows, in a chunk of its own: marks, views, filters, chips, status,
//! shift.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::inbox::Inbox;

use super::agent::{Agent, ChangeAgent};
use super::filter_bar::{Chips, FilterBar};
use super::filters::Filters;
use super::marked_list::MarkedRows;
use super::rows::Rows;
use super::shift::ShiftStrip;
use super::views::Views;
use crate::components::Presence;
use crate::components::presence::PresenceError;
use crate::ui::Cursor;

/// What the tools work on.
#[derive(Clone, Copy)]
pub struct InboxTools {
    /// Where the agentID comes from.
    pub agent: Agent,
    /// The agentID.
    pub agent_id: StoredValue<String>,
    /// The agent's status: online or offline.
    pub presence: Presence,
    /// The agent's tickets.
    pub inbox: Memo<Arc<Inbox>>,
    /// The URL parameters.
    pub filters: Filters,
    /// The rows of the list.
    pub rows: Rows,
    /// The current row.
    pub cursor: Cursor,
    /// The id of the open ticket.
    pub open: Memo<Option<String>>,
}

/// A tool, by its place on the page.
#[derive(Clone, Copy)]
pub enum ToolPart {
    /// The button that enters another agentID.
    Agent,
    /// The navigation of the views.
    Views,
    /// The error of the last change of the agent's status.
    StatusError,
    /// The agent's status, and the figures of the shift.
    Shift,
    /// The filters beside the search field.
    Filters,
    /// The chips of the chosen filters.
    Chips,
    /// What the marks decide about the list, and the button for what waits.
    MarkedRows,
}

impl InboxTools {
    /// The view of a tool. Tracked.
    pub fn view(self, part: ToolPart) -> AnyView {
        let Self { agent, agent_id, presence, inbox, filters, rows, cursor, open } = self;
        match part {
            ToolPart::Agent => view! { <ChangeAgent agent /> }.into_any(),
            ToolPart::Views => view! { <Views inbox rows filters /> }.into_any(),
            ToolPart::StatusError => view! { <PresenceError presence /> }.into_any(),
            ToolPart::Shift => view! { <ShiftStrip presence /> }.into_any(),
            ToolPart::Filters => view! { <FilterBar inbox filters /> }.into_any(),
            ToolPart::Chips => view! { <Chips filters /> }.into_any(),
            ToolPart::MarkedRows => view! { <MarkedRows agent_id inbox filters rows cursor open /> }.into_any(),
        }
    }
}
