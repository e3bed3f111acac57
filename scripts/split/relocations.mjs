// Reads the linked module with its relocations (`--emit-relocs`, build.rs): which function refers to which, by a call,
// by its address, or through data such as a vtable. After linking an address is a bare number, so only relocations can
// tell. Format: WebAssembly tool conventions, "Linking".
import { readFileSync } from "node:fs";

/** Relocations with an addend, by type. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 18, 21, 22, 23, 25]);
const [FUNCTION, DATA] = [0, 1];
const [UNDEFINED, EXPLICIT_NAME] = [0x10, 0x40];

class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** An unsigned LEB128; a signed one has the same bytes, and only its length matters here. */
  leb() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  text() {
    const length = this.leb();
    return this.bytes.toString("utf8", this.at, (this.at += length));
  }
  list(read) {
    return Array.from({ length: this.leb() }, read);
  }
}

function sections(bytes) {
  const found = new Map();
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.leb() + reader.at;
    const name = id === 0 ? reader.text() : id;
    found.set(name, { start: reader.at, end });
    reader.at = end;
  }
  return found;
}

/** The number of imported functions, which come first in the index space. */
function importedFunctions(bytes, { start }) {
  const reader = new Reader(bytes, start);
  let functions = 0;
  const limits = () => {
    const flags = reader.byte();
    reader.leb();
    if (flags & 1) reader.leb();
  };
  const kinds = [
    () => (reader.leb(), functions++),
    () => (reader.byte(), limits()),
    limits,
    () => (reader.at += 2),
    () => (reader.byte(), reader.leb()),
  ];
  reader.list(() => {
    reader.text();
    reader.text();
    kinds[reader.byte()]();
  });
  return functions;
}

/** Function bodies with their offsets in the code section. */
function bodies(bytes, { start }, first) {
  const reader = new Reader(bytes, start);
  return reader.list((_, at) => {
    const size = reader.leb();
    const from = reader.at - start;
    reader.at += size;
    return { index: first + at, from, to: from + size };
  });
}

/** Data segments with their offsets in the data section. */
function segments(bytes, { start }) {
  const reader = new Reader(bytes, start);
  return reader.list(() => {
    const flags = reader.leb();
    if (flags === 2) reader.leb();
    let address = 0;
    if (flags !== 1) {
      reader.byte();
      address = reader.leb();
      reader.byte();
    }
    const size = reader.leb();
    const from = reader.at - start;
    reader.at += size;
    return { from, to: from + size, address };
  });
}

function subsection(bytes, { start, end }, wanted, version) {
  const reader = new Reader(bytes, start);
  if (version) reader.leb();
  while (reader.at < end) {
    const type = reader.byte();
    const next = reader.leb() + reader.at;
    if (type === wanted) return reader;
    reader.at = next;
  }
  throw new Error(`the linked module lacks subsection ${wanted}`);
}

function functionNames(bytes, section) {
  const reader = subsection(bytes, section, 1, false);
  return new Map(reader.list(() => [reader.leb(), reader.text()]));
}

function symbols(bytes, section) {
  const reader = subsection(bytes, section, 8, true);
  return reader.list(() => {
    const kind = reader.byte();
    const flags = reader.leb();
    if (kind === DATA) {
      reader.text();
      if (flags & UNDEFINED) return { kind };
      return { kind, segment: reader.leb(), from: reader.leb(), size: reader.leb() };
    }
    const index = reader.leb();
    if (kind !== 3 && (!(flags & UNDEFINED) || flags & EXPLICIT_NAME)) reader.text();
    return { kind, index };
  });
}

function relocations(bytes, section) {
  if (!section) throw new Error("the linked module has no relocations; build.rs asks for them in a release");
  const reader = new Reader(bytes, section.start);
  reader.leb();
  return reader.list(() => {
    const relocation = { type: reader.byte(), offset: reader.leb(), symbol: reader.leb() };
    if (WITH_ADDEND.has(relocation.type)) reader.leb();
    return relocation;
  });
}

/** The range of `sorted` that contains an offset, if any. */
function rangeAt(sorted, offset) {
  let [low, high, found] = [0, sorted.length - 1, undefined];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].from <= offset) {
      found = sorted[middle];
      low = middle + 1;
    } else high = middle - 1;
  }
  return found && offset < found.to ? found : undefined;
}

/**
 * The reference graph of a linked module: `names` by function node, `edges` from node to nodes, `data` the memory range of
 * a data node. A node is `f` and a function index, or `d` and a data offset. References from data without a symbol belong
 * to `ROOT`.
 */
export function readLinked(file) {
  const bytes = readFileSync(file);
  const found = sections(bytes);
  const imported = importedFunctions(bytes, found.get(2));
  const code = bodies(bytes, found.get(10), imported);
  const dataSegments = segments(bytes, found.get(11));
  const table = symbols(bytes, found.get("linking"));
  const dataSymbols = table
    .filter((symbol) => symbol.kind === DATA && symbol.segment !== undefined)
    .map(({ segment, from, size }) => ({ from: dataSegments[segment].from + from, to: dataSegments[segment].from + from + size }))
    .sort((a, b) => a.from - b.from || a.to - b.to);

  const node = (index) => {
    const symbol = table[index];
    if (symbol.kind === FUNCTION) return `f${symbol.index}`;
    if (symbol.kind === DATA && symbol.segment !== undefined) return `d${dataSegments[symbol.segment].from + symbol.from}`;
    return undefined;
  };
  const edges = new Map([["ROOT", new Set()]]);
  const refer = (from, to) => {
    if (to) (edges.get(from) ?? edges.set(from, new Set()).get(from)).add(to);
  };
  // Types 6 and 20 refer to signatures and tables.
  const isIndex = ({ type }) => type !== 6 && type !== 20;
  for (const relocation of relocations(bytes, found.get("reloc.CODE")).filter(isIndex)) {
    refer(`f${rangeAt(code, relocation.offset).index}`, node(relocation.symbol));
  }
  for (const relocation of relocations(bytes, found.get("reloc.DATA"))) {
    const dataSymbol = rangeAt(dataSymbols, relocation.offset);
    refer(dataSymbol ? `d${dataSymbol.from}` : "ROOT", node(relocation.symbol));
  }
  const all = functionNames(bytes, found.get("name"));
  const names = new Map(code.map(({ index }) => [`f${index}`, all.get(index)]));
  const data = new Map();
  for (const { kind, segment, from, size } of table) {
    if (kind !== DATA || segment === undefined) continue;
    const address = dataSegments[segment].address + from;
    const key = `d${dataSegments[segment].from + from}`;
    data.set(key, { from: address, to: Math.max(address + size, data.get(key)?.to ?? 0) });
  }
  return { names, edges, data };
}
