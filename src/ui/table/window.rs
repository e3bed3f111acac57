//! Which rows of a long table are in the document.

use std::ops::Range;

/// Never more rows than this in the document.
pub const MOST: usize = 80;
/// Rows kept ready above and below what is seen.
pub const OVERSCAN: usize = 10;

/// The rows to draw of `count`, for a container scrolled by `top` px that shows `height` px of rows `row` px high, with so
/// many more ready on either side. Up to [`MOST`] rows are all drawn: then nothing moves while scrolling.
#[must_use]
pub fn window(count: usize, top: f64, height: f64, row: f64, ready: usize) -> Range<usize> {
    if count <= MOST {
        return 0..count;
    }
    let row = row.max(1.0);
    let first = whole(top / row).min(count.saturating_sub(1));
    let seen = (whole(height / row) + 2).min(MOST);
    let ready = ready.min((MOST - seen) / 2);
    // A table shortened by a filter may still be scrolled far down: the last page of rows then, never an empty one.
    let start = first.saturating_sub(ready).min(count.saturating_sub(seen));
    let end = (first + seen + ready).min(count);
    // Steps of four: a wheel tick of a few pixels changes nothing.
    let start = start - start % 4;
    start..end.min(start + MOST)
}

/// Non-negative pixels or rows as a whole number, cut.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN gives 0")]
pub fn whole(value: f64) -> usize {
    value.clamp(0.0, 1e9) as usize
}

/// Where to scroll to so that row `index` is seen whole below a header of `header` px; none if it is.
#[must_use]
pub fn scroll_to(index: usize, top: f64, height: f64, row: f64) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, reason = "rows stay far below 2^53")]
    let start = index as f64 * row;
    if start < top {
        Some(start)
    } else if start + row > top + height {
        Some(start + row - height)
    } else {
        None
    }
}
