// The constants in memory: a page's own come with the page, and the start has zeros in their place, which take no room.

/** The read-only segment, its bytes as numbers. Other segments change while the app runs and stay whole. */
export function readConstants(forms) {
  const form = forms.find(({ kind, text }) => kind === "data" && /^ \(data \$\.rodata /.test(text));
  if (!form) throw new Error("the module has no segment .rodata");
  const [head, address, body] = /^ \(data \S+ \(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)/s.exec(form.text);
  return { form, name: /\(data (\S+)/.exec(head)[1], address: Number(address), bytes: unescape(body) };
}

const ESCAPES = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };

function unescape(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "\\") bytes.push(text.charCodeAt(at));
    else if (text[at + 1] in ESCAPES) bytes.push(ESCAPES[text[++at]]);
    else {
      bytes.push(parseInt(text.slice(at + 1, at + 3), 16));
      at += 2;
    }
  }
  return Uint8Array.from(bytes);
}

const escape = (bytes) => Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
const segment = (address, bytes) => ` (data (i32.const ${address}) "${escape(bytes)}")`;

function cover(size, address, ranges) {
  const covered = new Uint8Array(size);
  for (const { from, to } of ranges) covered.fill(1, Math.max(from - address, 0), Math.max(to - address, 0));
  return covered;
}

/** The segment with zeros where only pages read. What nobody is known to read stays. */
export function startConstants({ name, address, bytes }, { startData, data }) {
  const kept = cover(bytes.length, address, startData);
  const pages = cover(bytes.length, address, [...data.values()].flat());
  const left = bytes.map((byte, at) => (pages[at] && !kept[at] ? 0 : byte));
  return ` (data ${name} (i32.const ${address}) "${escape(left)}")`;
}

/** A page's segments: what it reads and the start does not have, in runs. */
export function pageConstants({ address, bytes }, { startData, data }, page) {
  const kept = cover(bytes.length, address, startData);
  const wanted = cover(bytes.length, address, data.get(page));
  const out = [];
  for (let at = 0; at < bytes.length; at++) {
    if (!wanted[at] || kept[at]) continue;
    let end = at;
    // A short gap costs less than a segment of its own: what lies in it is constant too, and written as it is.
    for (let next = at; next < bytes.length && next - end < 8; next++) if (wanted[next] && !kept[next]) end = next + 1;
    out.push(segment(address + at, bytes.subarray(at, end)));
    at = end;
  }
  return out;
}
