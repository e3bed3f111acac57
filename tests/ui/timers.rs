//! The browser modules: timers of any length.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use trunkline::browser::timers;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// The longest delay that a browser's timer supports, in milliseconds.
const LONGEST_MS: f64 = 2_147_483_647.0;
const DAY_MS: f64 = 86_400_000.0;

/// Fakes the browser's timers: records the calls and fires only by hand. Restores the real ones on drop.
struct FakeTimers(JsValue);

impl FakeTimers {
    fn new() -> Self {
        let body = "const real = [setTimeout, setInterval], calls = [];
            const note = (run, wait, key) => calls.push({ run, wait, key });
            globalThis.setTimeout = globalThis.setInterval = note;
            return { calls, undo() { [globalThis.setTimeout, globalThis.setInterval] = real; } };";
        Self(Function::new_no_args(body).call0(&JsValue::NULL).unwrap())
    }

    fn only(&self) -> JsValue {
        let calls: Array = Reflect::get(&self.0, &"calls".into()).unwrap().unchecked_into();
        assert_eq!(calls.length(), 1);
        calls.get(0)
    }

    fn wait(&self) -> f64 {
        Reflect::get(&self.only(), &"wait".into()).unwrap().as_f64().unwrap()
    }

    fn fire(&self) {
        let call = self.only();
        let run: Function = Reflect::get(&call, &"run".into()).unwrap().unchecked_into();
        run.call1(&JsValue::NULL, &Reflect::get(&call, &"key".into()).unwrap()).unwrap();
    }
}

impl Drop for FakeTimers {
    fn drop(&mut self) {
        let undo: Function = Reflect::get(&self.0, &"undo".into()).unwrap().unchecked_into();
        undo.call0(&self.0).unwrap();
    }
}

fn counter() -> (Rc<Cell<u32>>, impl Fn() + 'static) {
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    (count, move || counted.set(counted.get() + 1))
}

#[wasm_bindgen_test]
fn delay_beyond_the_timer_limit_fires_once_at_its_end() {
    for (days, pieces) in [(24.0, 1), (30.0, 2), (50.0, 3), (365.0, 15)] {
        let noted = FakeTimers::new();
        let (count, run) = counter();
        let timer = timers::after(days * DAY_MS, run);
        assert!(noted.wait() <= LONGEST_MS, "{days}");
        assert!((noted.wait() * f64::from(pieces) - days * DAY_MS).abs() < 1.0, "{days}");
        for _ in 1..pieces {
            noted.fire();
            assert_eq!(count.get(), 0, "{days}");
        }
        noted.fire();
        assert_eq!(count.get(), 1, "{days}");
        noted.fire();
        assert_eq!(count.get(), 1, "{days}");
        drop(timer);
    }
}

#[wasm_bindgen_test]
fn interval_beyond_the_timer_limit_fires_at_each_end() {
    let noted = FakeTimers::new();
    let (count, run) = counter();
    let timer = timers::every(30.0 * DAY_MS, run);
    for times in 1..5 {
        noted.fire();
        assert_eq!(count.get(), times - 1);
        noted.fire();
        assert_eq!(count.get(), times);
    }
    drop(timer);
    noted.fire();
    noted.fire();
    assert_eq!(count.get(), 4);
}

#[wasm_bindgen_test]
async fn dropped_timer_never_fires_and_detached_timer_does() {
    let (dropped, run) = counter();
    drop(timers::after(0, run));
    let (detached, run) = counter();
    timers::after(0, run).detach();
    timers::sleep(20).await;
    assert_eq!((dropped.get(), detached.get()), (0, 1));
}
