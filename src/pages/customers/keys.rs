//! The four keys as they are typed.

use leptos::prelude::*;
use trunkline_api::sobot::{CustomerQuery, THIRD_ACCOUNT_KINDS};

use crate::i18n::t;
use crate::parts::FieldErrors;
use crate::reactive::catalogue;
use crate::ui::{Button, IconName, TextField, Variant};

/// What is typed; a copy is the same.
#[derive(Clone, Copy)]
pub struct Keys {
    id: RwSignal<String>,
    tel: RwSignal<String>,
    email: RwSignal<String>,
    third: RwSignal<String>,
}

impl Keys {
    /// Nothing yet.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { id: empty(), tel: empty(), email: empty(), third: empty() }
    }

    /// A customer ID alone, from the URL.
    pub fn set_id(self, id: &str) {
        self.id.set(id.to_owned());
        for other in [self.tel, self.email, self.third] {
            other.set(String::new());
        }
    }

    /// The query: keys without the white space around them, blank ones left out.
    pub fn query(self) -> CustomerQuery {
        let given =
            |key: RwSignal<String>| Some(key.read_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        CustomerQuery {
            id: given(self.id),
            tel: given(self.tel),
            email: given(self.email),
            third_account_id: given(self.third),
        }
    }
}

/// The form. `on_ask` gets a query with at least one key.
#[component]
pub fn KeysForm(
    /// What is typed.
    keys: Keys,
    /// A look-up is on the wire.
    #[prop(into)]
    busy: Signal<bool>,
    /// Looks up.
    #[prop(into)]
    on_ask: Callback<CustomerQuery>,
) -> impl IntoView {
    let errors = FieldErrors::new();
    let form = NodeRef::<leptos::html::Form>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let query = keys.query();
        if errors.check(query.validate()) {
            on_ask.run(query);
        } else {
            focus_first(form);
        }
    };
    let kinds = move || t::customers::third_hint(&THIRD_ACCOUNT_KINDS.join(", "));
    view! {
        <form class="card customer-keys" node_ref=form novalidate on:submit=submit>
            <p class="muted small" prop:textContent=catalogue(t::customers::hint) />
            <div class="customer-keys-fields">
                <TextField label=t::customers::id value=keys.id error=errors.of("id") mono=true />
                <TextField label=t::customers::tel value=keys.tel error=errors.of("tel") kind="tel" />
                <TextField label=t::customers::email value=keys.email error=errors.of("email") inputmode="email" />
                <TextField label=t::customers::third value=keys.third error=errors.of("thirdAccountId") hint=kinds mono=true />
            </div>
            <div class="row">
                <Button label=t::customers::ask icon=IconName::Search submit=true variant=Variant::Primary busy />
            </div>
        </form>
    }
}

/// The keys have one problem, that none is given: it stands at the first field.
fn focus_first(form: NodeRef<leptos::html::Form>) {
    let field = form.get_untracked().and_then(|form| form.query_selector("input").ok().flatten());
    if let Some(field) = field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(field).ok()) {
        // A field that can't take the focus still shows its problem.
        let _ = field.focus();
    }
}
