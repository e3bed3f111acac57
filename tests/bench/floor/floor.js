// The floor: the inbox's list as one would write it by hand, without any library, and as fast as that can reasonably be.
// The same request, columns, order, search and rows as the app's; nothing else of the app.
"use strict";

const ROW = 36;
const MOST = 80;
const OVERSCAN = 10;

/** Each column: its key, its header, what a cell shows, and what it sorts by. */
const COLUMNS = [
  { key: "priority", header: "Priority", text: (ticket) => String(ticket.priority ?? ""), value: (ticket) => ticket.priority },
  { key: "status", header: "Status", text: (ticket) => ticket.ticketStatus ?? "" },
  { key: "customer", header: "Customer", text: (ticket) => name(ticket) },
  { key: "queue", header: "Queue", text: (ticket) => ticket.queue ?? "" },
  { key: "channel", header: "Channel", text: (ticket) => ticket.channel ?? "" },
  { key: "reason", header: "Reason", text: (ticket) => ticket.statusReason ?? "" },
  { key: "assigned", header: "Assigned", text: (ticket) => ago(ticket.assignedTime), value: (ticket) => ticket.assignedTime },
];

const state = { tickets: [], texts: null, ordered: [], shown: [], query: "", sort: "priority", descending: false };
const keys = new Map();

const scroller = document.querySelector(".table-scroll");
const table = scroller.querySelector("table");
const body = table.tBodies[0];
const search = document.querySelector("input");

function name({ id, customer }) {
  return [customer?.firstName, customer?.lastName].map((part) => part?.trim()).filter(Boolean).join(" ") || String(id);
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

function ago(seconds) {
  if (seconds == null) return "";
  const past = Math.round(Date.now() / 1000) - seconds;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(past) >= size) ?? UNITS[3];
  return relative.format(-Math.trunc(past / size), unit);
}

/** What a ticket can be found by, lowered once. */
function textOf(ticket) {
  const { id, ticketStatus, queue, channel, statusReason, metadata, customer } = ticket;
  return [name(ticket), id, ticketStatus, queue, channel, statusReason, metadata?.ccr, metadata?.orderId, customer?.id]
    .filter((piece) => piece != null)
    .join("\n")
    .toLowerCase();
}

const collator = new Intl.Collator("en");

/** What the tickets sort by in a column, worked out once; nothing known is null. */
function keysOf(column) {
  if (!keys.has(column.key)) {
    const value = column.value ?? ((ticket) => column.text(ticket).toLowerCase() || null);
    keys.set(column.key, state.tickets.map((ticket) => value(ticket) ?? null));
  }
  return keys.get(column.key);
}

/** The places of all tickets in the order asked for; nothing known comes last. */
function order() {
  const places = state.tickets.map((_, place) => place);
  const column = COLUMNS.find(({ key }) => key === state.sort);
  if (column) {
    const by = keysOf(column);
    const up = state.descending ? -1 : 1;
    places.sort((one, other) => {
      const [a, b] = [by[one], by[other]];
      if (a === b) return 0;
      if (a === null) return 1;
      if (b === null) return -1;
      return up * (typeof a === "string" ? collator.compare(a, b) : a - b);
    });
  }
  state.ordered = places;
}

function filter() {
  const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length) state.texts ??= state.tickets.map(textOf);
  state.shown = words.length ? state.ordered.filter((place) => words.every((word) => state.texts[place].includes(word))) : state.ordered;
  table.setAttribute("aria-rowcount", state.shown.length + 1);
}

const template = document.createElement("tr");
for (const { key } of COLUMNS) {
  const cell = template.appendChild(document.createElement(key === "customer" ? "th" : "td"));
  cell.className = key;
  if (key === "customer") {
    cell.scope = "row";
    cell.appendChild(document.createElement("a")).dir = "auto";
  } else if (key === "status") {
    cell.appendChild(document.createElement("span")).className = "badge";
  } else {
    cell.dir = "auto";
  }
}

/** Writes a ticket into a row, new or used. */
function fill(row, place) {
  const ticket = state.tickets[place];
  row.dataset.row = ticket.id;
  COLUMNS.forEach(({ key, text }, at) => {
    const cell = row.cells[at];
    const inner = cell.firstElementChild ?? cell;
    inner.textContent = text(ticket);
    if (key === "customer") inner.href = `/inbox/${encodeURIComponent(ticket.id)}`;
  });
}

// The whole of what may be cut, when the pointer comes to it.
body.addEventListener("mouseover", ({ target }) => {
  const cell = target.closest("td, th");
  if (cell) cell.title = cell.textContent;
});

const spacer = () => {
  const row = document.createElement("tr");
  row.className = "spacer";
  row.ariaHidden = "true";
  row.append(document.createElement("td"));
  return row;
};
const [above, below] = [spacer(), spacer()];
body.append(above, below);
let rows = new Map();

function range(count) {
  if (count <= MOST) return [0, count];
  const first = Math.min(Math.floor(scroller.scrollTop / ROW), count - 1);
  const seen = Math.min(Math.floor(scroller.clientHeight / ROW) + 2, MOST);
  let start = Math.max(0, Math.min(first - OVERSCAN, count - seen));
  start -= start % 4;
  return [start, Math.min(first + seen + OVERSCAN, count, start + MOST)];
}

/** Draws the rows one can see. Those that stay keep their elements, those that go lend theirs to those that come. */
function draw() {
  const [start, end] = range(state.shown.length);
  const next = new Map(state.shown.slice(start, end).map((place) => [place, rows.get(place)]));
  const free = [...rows].filter(([place]) => !next.has(place)).map(([, row]) => row);
  let before = above;
  let index = start + 2;
  for (const [place, kept] of next) {
    const row = kept ?? free.pop() ?? template.cloneNode(true);
    if (!kept) {
      fill(row, place);
      next.set(place, row);
    }
    if (before.nextSibling !== row) before.after(row);
    row.ariaRowIndex = index++;
    before = row;
  }
  free.forEach((row) => row.remove());
  rows = next;
  above.firstChild.style.height = `${start * ROW}px`;
  below.firstChild.style.height = `${(state.shown.length - end) * ROW}px`;
}

for (const { key, header } of COLUMNS) {
  const cell = table.tHead.rows[0].appendChild(document.createElement("th"));
  cell.scope = "col";
  cell.className = key;
  cell.ariaSort = key === state.sort ? "ascending" : "none";
  const button = cell.appendChild(document.createElement("button"));
  button.textContent = header;
  button.addEventListener("click", () => {
    // Up, down, as they came.
    const up = state.sort === key && !state.descending;
    [state.sort, state.descending] = state.sort === key && state.descending ? [null, false] : [key, up];
    for (const other of table.tHead.rows[0].cells) other.ariaSort = "none";
    if (state.sort) cell.ariaSort = state.descending ? "descending" : "ascending";
    order();
    filter();
    draw();
  });
}

search.addEventListener("input", () => {
  state.query = search.value;
  filter();
  draw();
});
scroller.addEventListener("scroll", draw);
addEventListener("resize", draw);

async function start() {
  const { user } = await (await fetch("/api/session")).json();
  state.tickets = await (await fetch(`/api/oneview/v1/${user.agentId}/tickets`)).json();
  order();
  filter();
  draw();
  // What a first search needs, when the rows are painted.
  requestIdleCallback(() => (state.texts ??= state.tickets.map(textOf)));
}
start();
