//! Charts of small data sets. A bar chart is an accessible table; a line chart has a hidden table beside it.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::i18n::{number, t};
use crate::reactive::{catalogue, fixed, live_text, memo};

/// A bar, or a point of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Datum {
    /// Its label.
    pub label: String,
    /// Its value.
    pub value: i64,
    /// Link to the filtered list behind it; empty for none.
    pub href: String,
    /// How a bar differs from the others.
    pub mark: BarMark,
}

/// How a bar differs from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BarMark {
    /// Not at all.
    #[default]
    None,
    /// A day that isn't over.
    Today,
    /// A Saturday or Sunday.
    Weekend,
    /// The glyph of a channel before the label.
    Glyph(IconName),
}

/// A bar chart of labelled values, each a link to the list behind it. Bars are stacked below each other, or side by
/// side where there is room.
#[component]
pub fn BarChart(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The bars, in display order.
    #[prop(into)]
    data: Signal<Vec<Datum>>,
    /// Side by side on wide screens: for days and the like.
    #[prop(optional)]
    upright: bool,
) -> impl IntoView {
    let rows = move || {
        let data = data.get();
        let most = data.iter().map(|datum| datum.value).max().unwrap_or_default().max(1);
        data.into_iter().map(|datum| bar(datum, most).into_any()).collect_view().into_any()
    };
    view! {
        <table class="bars" data-upright=upright.then_some("") role="table" aria-label=move || label.get()>
            <thead class="visually-hidden">
                <tr>
                    <th scope="col" prop:textContent=catalogue(t::ui::chart_label) />
                    <td></td>
                    <th scope="col" prop:textContent=catalogue(t::ui::chart_value) />
                </tr>
            </thead>
            <tbody role="rowgroup">{move || rows()}</tbody>
        </table>
    }
}

/// The explicit roles repeat the elements' own: browsers may drop those when CSS lays rows out as columns.
fn bar(Datum { label, value, href, mark }: Datum, most: i64) -> impl IntoView {
    let share = format!("{}%", value.max(0) * 100 / most);
    let (mark, glyph) = match mark {
        BarMark::None => (None, None),
        BarMark::Today => (Some("today"), None),
        BarMark::Weekend => (Some("weekend"), None),
        BarMark::Glyph(name) => (None, Some(view! { <Icon name /> })),
    };
    let name = if href.is_empty() {
        view! { <span prop:textContent=fixed(label) /> }.into_any()
    } else {
        view! { <a href=href prop:textContent=fixed(label) /> }.into_any()
    };
    view! {
        <tr role="row" data-mark=mark>
            <th scope="row" role="rowheader">{glyph}{name}</th>
            <td class="bar-cell" aria-hidden="true"><span class="bar" style:--share=share></span></td>
            <td class="number" role="cell" prop:textContent=fixed(number(value)) />
        </tr>
    }
}

/// Width and height of the line chart's coordinate system, which is stretched to its container.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;

/// A line chart of equidistant points, in the given order (days).
#[component]
pub fn LineChart(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The points.
    #[prop(into)]
    data: Signal<Vec<Datum>>,
) -> impl IntoView {
    let line = memo(move || points(&data.read()));
    let area = move || format!("0,{HEIGHT} {} {WIDTH},{HEIGHT}", line.get());
    let most = move || data.read().iter().map(|datum| datum.value).max().unwrap_or_default();
    let edge = move |last: bool| {
        data.with(|data| if last { data.last() } else { data.first() }.map(|datum| datum.label.clone()))
            .unwrap_or_default()
    };
    let rows = move || {
        let cells = |Datum { label, value, href, .. }: Datum| {
            let name = if href.is_empty() {
                view! { <span prop:textContent=fixed(label) /> }.into_any()
            } else {
                view! { <a href=href prop:textContent=fixed(label) /> }.into_any()
            };
            view! { <tr><th scope="row">{name}</th><td prop:textContent=fixed(number(value)) /></tr> }
        };
        data.get().into_iter().map(cells).collect_view().into_any()
    };
    view! {
        <figure class="line-chart">
            <div class="line-plot" aria-hidden="true">
                <span class="line-top" prop:textContent=live_text(move || number(most())) />
                <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                    <polygon class="area" points=area></polygon>
                    <polyline class="line" points=move || line.get()></polyline>
                </svg>
                <span class="line-ends"><span prop:textContent=live_text(move || edge(false)) /><span prop:textContent=live_text(move || edge(true)) /></span>
            </div>
            <div class="visually-hidden">
                <table aria-label=move || label.get()><tbody>{move || rows()}</tbody></table>
            </div>
        </figure>
    }
}

/// The line's points in the chart's coordinates: `x,y x,y …`, left to right, 0 at the bottom.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn points(data: &[Datum]) -> String {
    let most = data.iter().map(|datum| datum.value).max().unwrap_or_default().max(1) as f64;
    let step = WIDTH / (data.len().saturating_sub(1)).max(1) as f64;
    let point = |(at, datum): (usize, &Datum)| {
        let (x, y) = (at as f64 * step, HEIGHT - datum.value.max(0) as f64 / most * (HEIGHT - 4.0));
        format!("{},{}", x.round(), y.round())
    };
    data.iter().enumerate().map(point).collect::<Vec<_>>().join(" ")
}
