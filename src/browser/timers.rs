//! Timers of any length.
//!
//! A browser stores a timer's delay in 31 bits: a timer of 25 days or more fires at once, and an interval fires without
//! end. A longer delay is therefore split into equal pieces. One JavaScript callback serves every timer, so that each
//! adds no code of its own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use leptos::prelude::on_cleanup;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Longest delay of a browser timer in milliseconds: 24.8 days.
const LONGEST_MS: f64 = 2_147_483_647.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &Function, milliseconds: f64, key: u32) -> JsValue;
    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(run: &Function, milliseconds: f64, key: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// A pending timer. Dropping it cancels the timer.
#[must_use = "a dropped timer never fires"]
#[derive(Debug)]
pub struct Timer(u32);

impl Timer {
    /// Detaches the timer: it fires even after its owner is gone.
    pub fn detach(self) {
        std::mem::forget(self);
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // Dropped after the borrow: what the job holds may cancel other timers in its destructor.
        drop(remove(self.0));
    }
}

enum Run {
    Once(Box<dyn FnOnce()>),
    Repeatedly(Rc<dyn Fn()>),
}

struct Job {
    key: u32,
    /// The browser's id of the timer.
    id: JsValue,
    /// Number of pieces that the delay is split into, and number of pieces left.
    pieces: u32,
    left: u32,
    run: Run,
}

thread_local! {
    static JOBS: RefCell<Vec<Job>> = const { RefCell::new(Vec::new()) };
    static LAST_KEY: Cell<u32> = const { Cell::new(0) };
    static FIRE: Function = Closure::<dyn Fn(u32)>::new(fire).into_js_value().unchecked_into();
}

/// Calls `run` once, after a delay in milliseconds.
pub fn after(milliseconds: impl Into<f64>, run: impl FnOnce() + 'static) -> Timer {
    start(milliseconds.into(), Run::Once(Box::new(run)))
}

/// Calls `run` repeatedly, at an interval in milliseconds.
pub fn every(milliseconds: impl Into<f64>, run: impl Fn() + 'static) -> Timer {
    start(milliseconds.into(), Run::Repeatedly(Rc::new(run)))
}

/// Like [`every`], until the reactive owner is disposed.
pub fn repeat(milliseconds: impl Into<f64>, run: impl Fn() + 'static) {
    let timer = every(milliseconds, run);
    on_cleanup(move || drop(timer));
}

/// Waits for a delay in milliseconds.
pub fn sleep(milliseconds: impl Into<f64>) -> impl Future<Output = ()> {
    sleep_for(milliseconds.into())
}

async fn sleep_for(milliseconds: f64) {
    let done = Promise::new(&mut |resolve, _| {
        let wake = move || {
            // A promise's resolve function takes any value and never throws.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        };
        after(milliseconds, wake).detach();
    });
    // The promise is never rejected.
    let _ = JsFuture::from(done).await;
}

fn start(milliseconds: f64, run: Run) -> Timer {
    // Keys repeat after four billion timers; those from before are long gone.
    let key = LAST_KEY.get().wrapping_add(1);
    LAST_KEY.set(key);
    let (pieces, length) = split(milliseconds);
    let once = pieces == 1 && matches!(run, Run::Once(_));
    let id = FIRE.with(|fire| if once { set_timeout(fire, length, key) } else { set_interval(fire, length, key) });
    JOBS.with_borrow_mut(|jobs| jobs.push(Job { key, id, pieces, left: pieces, run }));
    Timer(key)
}

/// Number of pieces that a delay is split into, and the milliseconds of each.
fn split(milliseconds: f64) -> (u32, f64) {
    let pieces = (milliseconds / LONGEST_MS).ceil().max(1.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful, and at least one")]
    let count = pieces as u32;
    (count, milliseconds / pieces)
}

fn remove(key: u32) -> Option<Job> {
    let job = JOBS.with_borrow_mut(|jobs| {
        let at = jobs.iter().position(|job| job.key == key)?;
        Some(jobs.swap_remove(at))
    })?;
    clear_timeout(&job.id);
    Some(job)
}

/// Handles the end of a piece of a delay.
fn fire(key: u32) {
    let repeated = JOBS.with_borrow_mut(|jobs| {
        let job = jobs.iter_mut().find(|job| job.key == key)?;
        job.left -= 1;
        if job.left > 0 {
            return Some(None);
        }
        job.left = job.pieces;
        match &job.run {
            Run::Repeatedly(run) => Some(Some(Rc::clone(run))),
            Run::Once(_) => None,
        }
    });
    match repeated {
        Some(Some(run)) => run(),
        Some(None) => {}
        None => {
            if let Some(Job { run: Run::Once(run), .. }) = remove(key) {
                run();
            }
        }
    }
}
