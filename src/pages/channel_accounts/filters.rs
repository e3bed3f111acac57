//! The list's filters and searchable texts.

use std::sync::Arc;

use leptos::prelude::{Memo, Signal};
use trunkline_api::comm100::ChannelAccount;
use trunkline_model::channel_accounts::AccountFilter;
pub use trunkline_model::channel_accounts::{channels, id_of, index_texts, label_of, with_ids};

use crate::routes::query_params::{Param, use_param};

/// All accounts of the latest response.
pub type Accounts = Memo<Arc<Vec<Arc<ChannelAccount>>>>;

/// The accounts that match search and filters.
pub type FilteredAccounts = Signal<Vec<Arc<ChannelAccount>>>;

/// The list's filters in the URL.
#[derive(Clone, Copy)]
pub struct Filters {
    /// Channels, such as `WeChat`; empty for all.
    pub channel: Param,
    /// `yes` or `no`; empty for all.
    pub enabled: Param,
    /// `yes` or `no`; empty for all.
    pub bot: Param,
}

impl Filters {
    /// Binds the filters to the current URL.
    pub fn from_url() -> Self {
        Self { channel: use_param("channel"), enabled: use_param("enabled"), bot: use_param("bot") }
    }

    /// The parameters.
    pub fn params(self) -> Vec<Param> {
        vec![self.channel, self.enabled, self.bot]
    }

    /// Returns the predicate of matching accounts. Tracked.
    pub fn predicate(self) -> impl Fn(&ChannelAccount) -> bool + use<> {
        let filter = AccountFilter { channel: self.channel.get(), enabled: self.enabled.get(), bot: self.bot.get() };
        filter.into_predicate()
    }
}
