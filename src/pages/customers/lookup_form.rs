//! The look-up form: one field for a telephone number, an e-mail address or an ID, and Sobot's four keys behind it.

use leptos::html;
use leptos::prelude::*;
use trunkline_api::sobot::{CustomerQuery, THIRD_ACCOUNT_KINDS};
use trunkline_api::text::TextKind;
use trunkline_model::customer_lookup::lookup_of;

use crate::components::FieldErrors;
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::{Button, IconName, TextField, Variant};

/// The keys in the form. Copies share the same signals.
#[derive(Clone, Copy)]
pub struct LookupKeys {
    /// A telephone number, an e-mail address or an ID.
    any: RwSignal<String>,
    id: RwSignal<String>,
    tel: RwSignal<String>,
    email: RwSignal<String>,
    third: RwSignal<String>,
    more: NodeRef<html::Details>,
}

impl LookupKeys {
    /// Empty keys.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { any: empty(), id: empty(), tel: empty(), email: empty(), third: empty(), more: NodeRef::new() }
    }

    /// Sets the customer ID, which comes from the URL, and clears the other keys.
    pub fn set_id(self, id: &str) {
        self.set_query(&CustomerQuery { id: Some(id.to_owned()), ..CustomerQuery::default() });
    }

    /// Sets the key of a query that came from elsewhere, and clears the others.
    pub fn set_query(self, query: &CustomerQuery) {
        let CustomerQuery { id, tel, email, third_account_id } = query;
        let any = tel.as_ref().or(email.as_ref()).or(id.as_ref());
        self.any.set(any.cloned().unwrap_or_default());
        self.third.set(third_account_id.clone().unwrap_or_default());
        for key in [self.id, self.tel, self.email] {
            key.set(String::new());
        }
    }

    /// The query with the trimmed keys; blank ones are left out. A key with a label of its own counts before the same one
    /// in the field for all.
    pub fn query(self) -> CustomerQuery {
        let non_blank =
            |key: RwSignal<String>| Some(key.read_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        let typed = self.any.with_untracked(|text| lookup_of(text));
        CustomerQuery {
            id: non_blank(self.id).or(typed.id),
            tel: non_blank(self.tel).or(typed.tel),
            email: non_blank(self.email).or(typed.email),
            third_account_id: non_blank(self.third),
        }
    }

    /// Folds the four keys: they have done their work.
    pub fn fold(self) {
        if let Some(more) = self.more.get_untracked() {
            // Removing an attribute never fails.
            let _ = more.remove_attribute("open");
        }
    }
}

/// The form. It passes a query with at least one key to `on_submit`.
#[component]
pub fn LookupForm(
    /// The keys in the form.
    keys: LookupKeys,
    /// True while a look-up is in progress.
    #[prop(into)]
    busy: Signal<bool>,
    /// Starts the look-up.
    #[prop(into)]
    on_submit: Callback<CustomerQuery>,
) -> impl IntoView {
    let errors = FieldErrors::new();
    let form = NodeRef::<html::Form>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let query = keys.query();
        if errors.check(query.validate()) {
            on_submit.run(query);
        } else {
            focus_first(form);
        }
    };
    let read_as = move || match keys.any.with(|text| lookup_of(text)) {
        query if query.tel.is_some() => t::customers::as_tel(),
        query if query.email.is_some() => t::customers::as_email(),
        query if query.id.is_some() => t::customers::as_id(),
        _ => String::new(),
    };
    let kinds = move || t::customers::third_hint(&THIRD_ACCOUNT_KINDS.join(", "));
    view! {
        <form class="card customer-keys" node_ref=form novalidate on:submit=submit>
            <div class="customer-any">
                <TextField
                    label=t::customers::any
                    value=keys.any
                    error=errors.signal("id")
                    hint=Signal::derive(read_as)
                    text_kind=TextKind::Code
                />
                <Button label=t::customers::ask icon=IconName::Search submit=true variant=Variant::Primary busy />
            </div>
            <details class="more-fields" node_ref=keys.more>
                <summary prop:textContent=catalogue(t::customers::more_keys) />
                <p class="muted small" prop:textContent=catalogue(t::customers::hint) />
                <div class="customer-keys-fields">
                    <TextField label=t::customers::id value=keys.id mono=true />
                    <TextField label=t::customers::tel value=keys.tel error=errors.signal("tel") kind="tel" />
                    <TextField label=t::customers::email value=keys.email error=errors.signal("email") inputmode="email" />
                    <TextField label=t::customers::third value=keys.third error=errors.signal("thirdAccountId") hint=kinds mono=true />
                </div>
            </details>
        </form>
    }
}

/// The keys have one possible error, that all are empty; it is shown at the first field, which takes the focus.
fn focus_first(form: NodeRef<html::Form>) {
    let field = form.get_untracked().and_then(|form| form.query_selector("input").ok().flatten());
    if let Some(field) = field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(field).ok()) {
        // A field that can't take the focus still shows its error.
        let _ = field.focus();
    }
}
