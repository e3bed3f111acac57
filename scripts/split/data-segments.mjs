// Splits the read-only data: a chunk brings the constants that only it reads; the main chunk has zeros in their place,
// which compress to nothing.

/** The read-only segment with its bytes. Other segments are writable and stay whole. */
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

/**
 * The constants without the source locations of dependencies, which panics name: their paths are those of the machine
 * that built the app, and they weigh 1,900 bytes after brotli. A panic keeps its message and the app's own locations.
 *
 * A `core::panic::Location` has 16 bytes: address and length of a path, line, column.
 */
export function withoutForeignLocations({ address, bytes, ...rest }, allData) {
  const out = Uint8Array.from(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const { from, to } of allData) {
    const at = from - address;
    if (to - from !== 16 || at < 0 || at + 16 > bytes.length) continue;
    const [path, length] = [view.getUint32(at, true) - address, view.getUint32(at + 4, true)];
    if (path < 0 || path + length > bytes.length) continue;
    if (!/^\/.*\.rs$/.test(new TextDecoder().decode(bytes.subarray(path, path + length)))) continue;
    out.fill(0, path, path + length);
    // An empty path at an address that is not null.
    out.fill(0, at, at + 16)[at] = 1;
  }
  return { ...rest, address, bytes: out };
}

/** The main chunk's segment: zeros where only chunks read, or nothing does. Bytes without a symbol stay: anything may read them. */
export function mainConstants({ name, address, bytes }, { mainData, allData }) {
  const kept = cover(bytes.length, address, mainData);
  const known = cover(bytes.length, address, allData);
  const left = bytes.map((byte, at) => (known[at] && !kept[at] ? 0 : byte));
  return ` (data ${name} (i32.const ${address}) "${escape(left)}")`;
}

/** A chunk's segments: runs of what it reads and the main chunk doesn't have. */
export function chunkConstants({ address, bytes }, { mainData, data }, chunk) {
  const kept = cover(bytes.length, address, mainData);
  const wanted = cover(bytes.length, address, data.get(chunk));
  const out = [];
  for (let at = 0; at < bytes.length; at++) {
    if (!wanted[at] || kept[at]) continue;
    let end = at;
    // A gap under 8 bytes costs less than another segment; its bytes are constants too.
    for (let next = at; next < bytes.length && next - end < 8; next++) if (wanted[next] && !kept[next]) end = next + 1;
    out.push(segment(address + at, bytes.subarray(at, end)));
    at = end;
  }
  return out;
}
