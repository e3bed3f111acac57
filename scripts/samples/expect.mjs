// What a sample's answer is held against.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** The text of a file of `api/tests/samples/`: the documents' samples. */
export const text = (name) => readFileSync(new URL(`../../api/tests/samples/${name}.json`, import.meta.url), "utf8");

/** The same, decoded. */
export const sample = (name) => JSON.parse(text(name));

/** The answer's JSON; the status must be the documented one, and the answer a vendor's. */
export function json(answer, status) {
  assert.equal(answer.refused, undefined, `the gateway refused: ${answer.refused} ${answer.text}`);
  assert.equal(answer.status, status, `HTTP ${answer.status} instead of ${status}: ${answer.text.slice(0, 200)}`);
  return JSON.parse(answer.text);
}

/** A copy without some of its members. */
export const without = (record, names) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** Every key of the sample is there, with a value of the sample's type; null may stand for any. */
export function alike(found, documented, at = "$") {
  for (const name of Object.keys(documented)) assert.ok(name in found, `${at}.${name} is missing`);
  fits(found, documented, at);
}

/** What is there of the sample's keys has a value of the sample's type; null may stand for any. */
export function fits(found, documented, at = "$") {
  for (const [name, value] of Object.entries(documented)) {
    if ((found[name] ?? null) === null || value === null) continue;
    assert.equal(typeof found[name], typeof value, `${at}.${name} is ${JSON.stringify(found[name])}`);
    assert.equal(Array.isArray(found[name]), Array.isArray(value), `${at}.${name}`);
  }
}
