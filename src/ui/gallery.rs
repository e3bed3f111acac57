//! All components in all states, for development and tests. Only with the feature `gallery`.
#![allow(clippy::too_many_lines, reason = "a list of specimens")]

use std::sync::Arc;

use leptos::prelude::*;

use super::*;
use crate::browser::clock;

/// A row of the specimen table.
#[derive(Clone, Debug)]
pub struct Specimen {
    /// A unique id.
    pub id: usize,
    /// Its name.
    pub name: String,
    /// A number.
    pub size: i64,
}

/// Creates `count` rows with unordered sizes.
#[must_use]
pub fn specimens(count: usize) -> Vec<Arc<Specimen>> {
    let size = |id: usize| i64::try_from((id * 7919) % 10_007).unwrap_or_default();
    (0..count).map(|id| Arc::new(Specimen { id, name: format!("Specimen {id}"), size: size(id) })).collect()
}

/// The columns of the specimen table.
#[must_use]
pub fn columns() -> Vec<Column<Specimen>> {
    let state = |row: &Specimen| {
        let (text, tone) = if row.size % 3 == 0 { ("Waiting", Tone::Warn) } else { ("Answered", Tone::Good) };
        Cell::badge((tone, text.to_owned()))
    };
    vec![
        Column::link("name", || "Name".into(), |row: &Specimen| row.name.clone(), |row| format!("#{}", row.id))
            .narrow(Narrow::Title),
        Column::new("state", || "State".into(), state).class("w-m").narrow(Narrow::Meta),
        Column::text("size", || "Size".into(), |row: &Specimen| row.size.to_string())
            .sort(|row| SortKey::number(Some(row.size)))
            .class("w-s end")
            .narrow(Narrow::Aside),
        Column::text("code", || "Code".into(), |row: &Specimen| format!("{:08x}", row.size))
            .class("w-m mono")
            .wide_only(),
    ]
}

/// Columns with each kind of cell.
fn cell_columns() -> Vec<Column<Specimen>> {
    const PEOPLE: [&str; 6] = ["Ada Lovelace", "陈伟", "דוד כהן", "محمد علي", "Théo d'Aubigny", "+49 30 1234567"];
    const CHANNELS: [&str; 6] = ["Email", "WhatsApp", "SMS", "Facebook", "WeChat", "Telegram"];
    const STATES: [(Tone, &str); 6] = [
        (Tone::Bad, "Urgent"),
        (Tone::Warn, "4 days"),
        (Tone::Accent, "Snoozed"),
        (Tone::Good, "Enabled"),
        (Tone::Neutral, "Closed"),
        (Tone::Warn, "On, but 0%"),
    ];
    let pick = |all: &'static [&'static str; 6], row: &Specimen| all.get(row.id).copied().unwrap_or_default();
    let state = |row: &Specimen| STATES.get(row.id).map(|(tone, text)| (*tone, (*text).to_owned())).unwrap_or_default();
    vec![
        Column::new(
            "person",
            || "Person".into(),
            move |row: &Specimen| Cell::text(pick(&PEOPLE, row).to_owned()).with_avatar(pick(&PEOPLE, row)),
        )
        .narrow(Narrow::Title),
        Column::new(
            "channel",
            || "Channel".into(),
            move |row: &Specimen| {
                Cell::text(pick(&CHANNELS, row).to_owned()).with_glyph(IconName::of_channel(pick(&CHANNELS, row)))
            },
        )
        .narrow(Narrow::Meta),
        Column::new("pill", || "Pill".into(), move |row: &Specimen| Cell::badge(state(row))).narrow(Narrow::Aside),
    ]
}

/// The gallery's page.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <div class="stack">
            <PageHeader title="Gallery" hint="Every component in every state.">
                <Button label="Edit" icon=IconName::Edit />
                <LinkButton label="New thing" href="#new" icon=IconName::Plus variant=Variant::Primary />
            </PageHeader>
            <Actions />
            <Table />
            <States />
            <Figures />
            <Records />
            <Form />
            <Icons />
        </div>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let (dialog, side, wide, confirm) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let announcer = use_announcer();
    let on = RwSignal::new(true);
    let toasts = use_toasts();
    let item = |label: &'static str, icon, danger| MenuItem {
        label: label.into(),
        icon: Some(icon),
        danger,
        action: Callback::new(move |()| toasts.push(Severity::Info, label)),
    };
    let items = vec![
        item("Edit", IconName::Edit, false),
        item("Copy id", IconName::Copy, false),
        item("Remove", IconName::Trash, true),
    ];
    view! {
        <section class="card stack">
            <h2>"Actions"</h2>
            <div class="row">
                <Button label="Default" on_click=move |()| dialog.set(true) />
                <Button label="Primary" variant=Variant::Primary on_click=move |()| side.set(true) />
                <Button label="Danger" icon=IconName::Trash variant=Variant::Danger on_click=move |()| confirm.set(true) />
                <Button label="Remove" variant=Variant::DangerSolid />
                <Button label="Ghost" variant=Variant::Ghost />
                <Button label="Icon" icon=IconName::Settings icon_only=true />
                <Button label="Small" small=true icon=IconName::Plus />
                <Button label="Saving" busy=true variant=Variant::Primary />
                <Button label="Disabled" disabled=true />
                <LinkButton label="A link" href="#link" icon=IconName::External />
                <Button label="Wide" on_click=move |()| wide.set(true) />
                <Button label="Speak" on_click=move |()| announcer.announce("Spoken") />
                <Menu label="More" items />
                <CopyButton label="Copy" value="59c749f4" label_shown=true />
            </div>
            <div class="row">
                <Switch label="Online" checked=on on_change=move |to| on.set(to) />
                <Switch label="Off" checked=false on_change=|_| () />
                <Switch label="Busy" checked=true busy=true on_change=|_| () />
                <Switch label="Disabled" checked=true disabled=true on_change=|_| () />
            </div>
            <div class="row">
                <Button label="News" on_click=move |()| toasts.push(Severity::Info, "A newer version is there") />
                <Button label="Warning" on_click=move |()| toasts.push(Severity::Warning, "The line is slow") />
                <Button label="Success" on_click=move |()| toasts.push(Severity::Success, "Saved") />
                <Button label="Error" on_click=move |()| toasts.push(Severity::Error, "Jtel did not answer within 10 s") />
                <Badge text="Neutral" /><Badge text="New" tone=Tone::Accent /><Badge text="Enabled" tone=Tone::Good dot=true />
                <Badge text="Waiting" tone=Tone::Warn dot=true /><Badge text="Refused" tone=Tone::Bad dot=true />
                <Badge text="Urgent" tone=Tone::Bad icon=IconName::Alert /><Badge text="4 days" tone=Tone::Warn icon=IconName::Clock />
                <Badge text="Till tomorrow" tone=Tone::Accent icon=IconName::Snooze /><Badge text="Bot off" icon=IconName::Bot />
            </div>
            <div class="row">
                <Avatar name="Ada Lovelace" /><Avatar name="陈伟" /><Avatar name="דוד כהן" /><Avatar name="محمد علي" />
                <Avatar name="Théo d'Aubigny" /><Avatar name="+49 30 1234567" />
                <span data-large=""><Avatar name="Grace Hopper" /></span>
            </div>
            <Dialog open=dialog title="A dialog" actions=move || view! { <Button label="Done" on_click=move |()| dialog.set(false) /> }>
                <p>"Native, modal, and it gives the focus back."</p>
            </Dialog>
            <Dialog open=wide title="A wide dialog" wide=true><p>"For tables and long forms."</p></Dialog>
            <Dialog open=side title="At the side" side=true><p>"For a record beside its list."</p></Dialog>
            <ConfirmDialog
                open=confirm
                title="Remove Acme Support?"
                message="Its messages stay, but nobody will see new ones."
                confirm_label="Remove"
                type_to_confirm="Acme"
                on_confirm=move |()| confirm.set(false)
            />
        </section>
    }
}

#[component]
fn Table() -> impl IntoView {
    let all = specimens(10_000);
    let (search, kind) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let rows = Signal::derive(move || {
        all.iter()
            .filter(|row| row.name.to_lowercase().contains(&*search.read().to_lowercase()))
            .cloned()
            .collect::<Vec<_>>()
    });
    let sort = RwSignal::new(None::<Sort>);
    let selection = RwSignal::new(Vec::new());
    let cursor = Cursor::new();
    let choices = vec![SelectOption::new("", "All"), SelectOption::new("a", "Answered")];
    let empty =
        || view! { <EmptyState title="No specimen matches" message="Try fewer letters." icon=IconName::Search /> };
    view! {
        <section class="stack-s">
            <h2>"Table"</h2>
            <Toolbar>
                <SearchField label="Search" value=search on_input=move |text| search.set(text) />
                <FilterSelect label="State" value=kind choices on_change=move |to| kind.set(to) />
                <LastUpdated updated_at=Some(clock::now() - 12) refreshing=false on_refresh=|()| () />
            </Toolbar>
            <div class="gallery-table">
                <DataTable
                    name="Specimens"
                    rows
                    id=|row: &Specimen| row.id.to_string()
                    columns=columns()
                    sort
                    on_sort=move |to| sort.set(to)
                    selection
                    cursor
                    empty
                />
            </div>
            <DataTable
                name="Cells"
                rows=specimens(6)
                id=|row: &Specimen| row.id.to_string()
                columns=cell_columns()
            />
            <DataTable
                name="Loading"
                rows=specimens(0)
                id=|row: &Specimen| row.id.to_string()
                columns=columns()
                loading=true
            />
            <DataTable
                name="Empty"
                rows=specimens(0)
                id=|row: &Specimen| row.id.to_string()
                columns=columns()
                empty=|| view! { <EmptyState title="No specimens yet" icon=IconName::Inbox /> }
            />
            <div class="row">
                <LastUpdated updated_at=Some(clock::now() - 3700) refreshing=false on_refresh=|()| () />
                <LastUpdated updated_at=None refreshing=true on_refresh=|()| () />
                <LastUpdated updated_at=None refreshing=false on_refresh=|()| () />
            </div>
        </section>
    }
}

#[component]
fn States() -> impl IntoView {
    let problem = ErrorMessage {
        title: "The events could not be loaded".into(),
        message: "Jtel did not answer in time. Try again in a moment.".into(),
        details: "GET /api/jtel/acd/events\n504, request 7f3a".into(),
    };
    view! {
        <section class="stack">
            <h2>"States"</h2>
            <ErrorPanel problem=problem.clone() on_retry=|()| () />
            <ErrorPanel problem on_retry=|()| () retrying=true />
            <ErrorPanel problem=ErrorMessage::new("Not saved", "Nothing was sent.") />
            <p><Skeleton size="short" /> <Skeleton size="medium" /> <Skeleton /></p>
            <div class="columns">
                <div class="card">
                    <EmptyState title="No channel accounts yet" message="An account joins a channel to the ticketing system.">
                        <Button label="New channel account" icon=IconName::Plus variant=Variant::Primary />
                    </EmptyState>
                </div>
                <SkeletonBlock />
            </div>
            <Banner severity=Severity::Info text="This vendor is answered by the sandbox." />
            <Banner severity=Severity::Warning text="You will be signed out in 2 minutes."><Button label="Stay signed in" small=true /></Banner>
            <Banner severity=Severity::Error text="You are offline." />
            <Banner severity=Severity::Success text="Back online." />
        </section>
    }
}

#[component]
fn Figures() -> impl IntoView {
    let datum = |(at, label): (usize, &&str)| Datum {
        label: (*label).to_owned(),
        value: i64::try_from((at + 3) * 37 % 101).unwrap_or_default(),
        href: "#events".into(),
        mark: match (at, label.parse::<usize>()) {
            (_, Err(_)) => BarMark::Glyph(IconName::of_channel(label)),
            (11, _) => BarMark::Today,
            (4 | 5, _) => BarMark::Weekend,
            _ => BarMark::None,
        },
    };
    let bars: Vec<_> = ["Callback", "Ticket", "E-mail", "Voice mail", "SMS"].iter().enumerate().map(datum).collect();
    let days: Vec<_> =
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"].iter().enumerate().map(datum).collect();
    view! {
        <section class="stack">
            <h2>"Figures"</h2>
            <div class="grid">
                <Stat label="Tickets" value="250" note="12 waiting" href=Signal::stored("#inbox".to_owned()) />
                <Stat label="Accounts" value="60" />
                <Stat label="Bot share" value="42%" />
                <Stat label="Escalated" value="3" tone=Tone::Warn href=Signal::stored("#inbox".to_owned()) />
                <Stat label="Vendors failing" value="1" tone=Tone::Bad note="since 10:42" />
                <Stat label="API tests failing" value="0" tone=Tone::Good />
            </div>
            <div class="columns">
                <div class="card"><BarChart label="Events by type" data=bars /></div>
                <div class="card"><BarChart label="Events by day, upright" data=days.clone() upright=true /></div>
                <div class="card"><LineChart label="Events by day" data=days /></div>
                <div class="card"><BarChart label="Nothing" data=Vec::new() /></div>
            </div>
            <div class="row"><Meter label="To bot" value=70 /><Meter label="To bot" value=130 tone=Tone::Warn /></div>
            <ProgressBar label="3 of 7 accounts" done=3 total=7 />
            <ProgressBar label="Nothing to do" done=0 total=0 />
        </section>
    }
}

#[component]
fn Records() -> impl IntoView {
    let tab = RwSignal::new(String::new());
    let panel =
        |key, label: &'static str, text: &'static str| Tab { key, label: label.into(), view: (move || text).into() };
    view! {
        <section class="card stack">
            <h2>"Record"</h2>
            <DefinitionList>
                <Definition term="Account ID" value="59c749f4-af8e-eb11-aacf-06c7a219a2ac" copy=true mono=true />
                <Definition term="Display name" value="" />
                <Definition term="Created"><TimeText epoch=Some(1_600_138_772) /></Definition>
                <Definition term="Last seen"><TimeText epoch=Some(clock::now() - 240) relative=true /></Definition>
                <Definition term="State"><Badge text="Enabled" tone=Tone::Good dot=true /></Definition>
            </DefinitionList>
            <Tabs
                label="Parts"
                tabs=vec![panel("one", "Values", "First panel"), panel("two", "History", "Second panel")]
                selected=tab
                on_select=move |key| tab.set(key)
            />
        </section>
    }
}

#[component]
fn Form() -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let name = text();
    let check = RwSignal::new(true);
    let submit = move |()| error.set(name.read_untracked().is_empty().then(|| "A name is needed.".to_owned()));
    let choices = vec![SelectOption::new("", "None"), SelectOption::new("a", "Alpha"), SelectOption::new("b", "Beta")];
    let rows = RwSignal::new(vec![(0_usize, text()), (1, text())]);
    let row_view = |(_, value): (usize, RwSignal<String>)| {
        view! { <TextField label="Name" value /> <TextField label="Value" value mono=true /> }.into_any()
    };
    let new_row = move |()| {
        let id = rows.read_untracked().iter().map(|row| row.0).max().map_or(0, |id| id + 1);
        (id, RwSignal::new(String::new()))
    };
    let problem = ErrorMessage::new("The thing could not be saved", "The name is taken.");
    let wrong = || Some("Enter a value.".to_owned());
    view! {
        <FormShell title="New thing" error=Some(problem) saving=false on_submit=submit cancel_href="#list">
            <FieldSet legend="What it is" hint="A line about the whole group.">
                <TextField label="Name" value=name error hint="As customers see it." required=true />
                <ComboField label="Channel" value=text() choices=vec![SelectOption::from("wechat"), SelectOption::from("line")] hint="Any text." />
                <SelectField label="Chatbot" value=text() choices=choices />
                <NumberField label="To bot (%)" value=RwSignal::new("120".into()) error=Some("From 0 to 100.".to_owned()) />
                <SecretField label="Token" value=RwSignal::new("secret".into()) />
                <TextArea label="Body" value=text() />
                <CheckField label="Enabled" value=check hint="New messages become tickets." />
                <TextField label="Agent ID" value=RwSignal::new("f4b8f8e5".into()) readonly=true mono=true />
            </FieldSet>
            <FieldSet legend="Each with a fault">
                <ComboField label="Channel" value=text() choices=Vec::new() error=wrong required=true />
                <SelectField label="Chatbot" value=text() choices=vec![SelectOption::new("", "None")] error=wrong required=true />
                <SecretField label="Token" value=text() error=wrong />
                <TextArea label="Body" value=text() error=wrong hint="Plain text." required=true mono=true />
            </FieldSet>
            <FieldSet legend="Parameters"><ListEditor rows key=|row| row.0 new_row row_view /></FieldSet>
        </FormShell>
        <FormShell title="Being saved" error=None saving=true on_submit=|()| () cancel_href="#list">
            <TextField label="Name" value=RwSignal::new("Acme".into()) />
        </FormShell>
    }
}

#[component]
fn Icons() -> impl IntoView {
    let icons = IconName::ALL.iter().map(|name| view! { <Badge text=name.id() icon=*name /> }).collect_view();
    view! { <section class="card stack"><h2>"Icons"</h2><div class="row">{icons}</div></section> }
}
