//! Virtualisation: computes the rows to render.

use std::ops::Range;

/// Maximum number of rendered rows.
pub const MAX_RENDERED: usize = 80;
/// Rows rendered above and below the visible ones.
pub const OVERSCAN: usize = 10;

/// The range of rows to render out of `count`, for a container scrolled by `top` px that is `height` px high, with rows
/// of `row` px and `ready` extra rows on either side. Up to [`MAX_RENDERED`] rows are all rendered, so scrolling changes
/// nothing.
#[must_use]
pub fn window(count: usize, top: f64, height: f64, row: f64, overscan: usize) -> Range<usize> {
    if count <= MAX_RENDERED {
        return 0..count;
    }
    let row = row.max(1.0);
    let first = floor_usize(top / row).min(count.saturating_sub(1));
    let seen = (floor_usize(height / row) + 2).min(MAX_RENDERED);
    let ready = overscan.min((MAX_RENDERED - seen) / 2);
    // A table shortened by a filter may still be scrolled far down: show its last page then, not an empty one.
    let start = first.saturating_sub(ready).min(count.saturating_sub(seen));
    let end = (first + seen + ready).min(count);
    // Steps of four rows: small wheel ticks cause no render.
    let start = start - start % 4;
    start..end.min(start + MAX_RENDERED)
}

/// Rounds down to a non-negative integer.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN gives 0")]
pub fn floor_usize(value: f64) -> usize {
    value.clamp(0.0, 1e9) as usize
}

/// The scroll offset that makes row `index` fully visible below a header of `header` px; `None` if it already is.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn window_covers_the_visible_rows_and_at_most_80() {
        assert_eq!(window(80, 1e6, 400.0, 36.0, OVERSCAN), 0..80, "short tables are drawn whole");
        for count in [81_usize, 100, 10_000] {
            for top in [0.0, 17.0, 500.0, 3599.0, 179_999.0, 359_600.0, 1e9, -20.0, f64::NAN] {
                for height in [0.0, 400.0, 1300.0, 2160.0] {
                    for ready in [0, OVERSCAN] {
                        let range = window(count, top, height, 36.0, ready);
                        assert!(range.len() <= MAX_RENDERED && range.end <= count, "{range:?} of {count} at {top}");
                        let rows = (top.clamp(0.0, 1e9) / 36.0) as usize;
                        let last = rows + (height / 36.0) as usize;
                        if last < count {
                            assert!(range.start <= rows && last < range.end, "{range:?} at {top}, {height} px");
                        }
                        assert!(!range.is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn scroll_to_moves_the_minimal_distance() {
        assert_eq!(scroll_to(3, 0.0, 360.0, 36.0), None);
        assert_eq!(scroll_to(10, 0.0, 360.0, 36.0), Some(36.0));
        assert_eq!(scroll_to(2, 360.0, 360.0, 36.0), Some(72.0));
    }
}
