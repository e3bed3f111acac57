// The floor: the least that the inbox's list costs in a browser. The same request, columns, order, rows, search and
// sorting as the app's, written by hand for this one list; nothing else of the app.
//
// Rows are flat: a cell is one element with one text. They stand where they are placed and are written over, never
// moved. A search is a plain `includes` over one lowercase text per ticket.
"use strict";

const ROW = 36;
const OVERSCAN = 4;

/** Each column: its key, its header, a cell's text, and what it sorts by if not by its text. */
const COLUMNS = [
  { key: "priority", header: "Priority", text: (ticket) => String(ticket.priority ?? ""), value: (ticket) => ticket.priority },
  { key: "status", header: "Status", text: (ticket) => ticket.ticketStatus ?? "" },
  { key: "customer", header: "Customer", text: name },
  { key: "queue", header: "Queue", text: (ticket) => ticket.queue ?? "" },
  { key: "channel", header: "Channel", text: (ticket) => ticket.channel ?? "" },
  { key: "reason", header: "Reason", text: reason, value: (ticket) => ticket.metadata?.ccr },
  { key: "assigned", header: "Assigned", text: (ticket) => ago(ticket.assignedTime), value: (ticket) => ticket.assignedTime },
];

let tickets = [];
let query = "";
let sort = { key: "priority", descending: false };
/** Indices of tickets: all in their order, and those of them that match. */
let ordered = [];
let shown = [];

function name({ id, customer }) {
  return [customer?.firstName, customer?.lastName].filter(Boolean).join(" ") || String(id);
}

/** The contact reason, the subject and the last message, each once. */
function reason({ metadata, content }) {
  return [...new Set([metadata?.ccr, content?.subject, content?.lastMessage].filter(Boolean))].join(" · ");
}

/** The texts of a value of any shape. */
function strings(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

function ago(seconds) {
  if (seconds == null) return "";
  const past = Math.round(Date.now() / 1000) - seconds;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(past) >= size) ?? UNITS[3];
  return relative.format(-Math.trunc(past / size), unit);
}

// Search.

let prepared;
/** One lowercase text per ticket. */
const texts = () =>
  (prepared ??= tickets.map((ticket) => {
    const { id, ticketStatus, queue, channel, content, metadata, customer } = ticket;
    return [name(ticket), id, ticketStatus, queue, channel, metadata?.ccr, metadata?.orderId, customer?.id, ...strings(content)].join("\n").toLowerCase();
  }));

function search(typed) {
  // A ticket that matches a longer query matches the shorter one.
  const among = typed.startsWith(query) ? shown : ordered;
  query = typed;
  const found = query && texts();
  shown = query ? among.filter((index) => found[index].includes(query)) : ordered;
}

// Sorting.

const { compare } = new Intl.Collator("en");
const ranks = new Map();

/** The rank of each ticket's value among the column's values, computed once; -1 for none. */
function ranksOf({ key, text, value = (ticket) => text(ticket).toLowerCase() || null }) {
  if (!ranks.has(key)) {
    const values = tickets.map((ticket) => value(ticket) ?? null);
    const distinct = [...new Set(values)].filter((value) => value !== null);
    distinct.sort(typeof distinct[0] === "string" ? compare : (a, b) => a - b);
    const places = new Map(distinct.map((value, rank) => [value, rank]));
    ranks.set(key, values.map((value) => places.get(value) ?? -1));
  }
  return ranks.get(key);
}

/** Orders all tickets: rank and index as one number, which browsers sort fastest. */
function order() {
  const count = tickets.length;
  const column = COLUMNS.find(({ key }) => key === sort.key);
  const rank = column ? ranksOf(column) : new Array(count).fill(0);
  const ordinal = (rank) => (rank < 0 ? count : sort.descending ? count - rank : rank);
  const keys = Float64Array.from(rank, (rank, index) => ordinal(rank) * count + index).sort();
  ordered = Array.from(keys, (key) => key % count);
  shown = ordered;
  const typed = query;
  query = "";
  search(typed);
}

// Rows.

const scroller = document.querySelector(".table-scroll");
const table = scroller.querySelector("table");
const body = table.tBodies[0];
const pool = [];

/** A new row in the document, with the texts of its cells. */
function newRow() {
  const row = body.appendChild(document.createElement("tr"));
  const cells = COLUMNS.map(({ key }) => {
    const cell = row.appendChild(document.createElement(key === "customer" ? "th" : "td"));
    cell.dir = "auto";
    return cell.appendChild(new Text());
  });
  return { row, cells, ticket: undefined, at: -1 };
}

/** Writes the rows that can be seen; the others wait out of sight. */
function draw() {
  const most = Math.ceil(scroller.clientHeight / ROW) + 2 * OVERSCAN;
  const start = Math.max(0, Math.min(Math.floor(scroller.scrollTop / ROW) - OVERSCAN, shown.length - most));
  const end = Math.min(start + most, shown.length);
  while (pool.length < end - start) pool.push(newRow());
  // A row that stays in sight keeps its element.
  for (let at = start; at < start + pool.length; at++) {
    const slot = pool[at % pool.length];
    const ticket = at < end ? tickets[shown[at]] : undefined;
    slot.row.hidden = !ticket;
    if (ticket && slot.at !== at) {
      slot.at = at;
      slot.row.ariaRowIndex = at + 2;
      slot.row.style.translate = `0 ${at * ROW}px`;
    }
    if (ticket && slot.ticket !== ticket) {
      slot.ticket = ticket;
      slot.row.dataset.row = ticket.id;
      COLUMNS.forEach(({ text }, column) => (slot.cells[column].data = text(ticket)));
    }
  }
  body.style.blockSize = `${shown.length * ROW}px`;
  table.setAttribute("aria-rowcount", shown.length + 1);
}

// Input.

body.addEventListener("click", ({ target }) => (location.href = `/inbox/${encodeURIComponent(target.closest("tr").dataset.row)}`));
scroller.addEventListener("scroll", draw);
addEventListener("resize", draw);

document.querySelector("input").addEventListener("input", ({ target }) => {
  search(target.value.trim().toLowerCase());
  draw();
});

for (const { key, header } of COLUMNS) {
  const cell = table.tHead.rows[0].appendChild(document.createElement("th"));
  cell.scope = "col";
  cell.ariaSort = key === sort.key ? "ascending" : "none";
  const button = cell.appendChild(document.createElement("button"));
  button.textContent = header;
  button.addEventListener("click", () => {
    // Ascending, descending, unsorted.
    if (sort.key !== key) sort = { key, descending: false };
    else sort = sort.descending ? {} : { key, descending: true };
    for (const other of table.tHead.rows[0].cells) other.ariaSort = "none";
    if (sort.key) cell.ariaSort = sort.descending ? "descending" : "ascending";
    order();
    draw();
  });
}

async function start() {
  const { user } = await (await fetch("/api/session")).json();
  tickets = await (await fetch(`/api/oneview/v1/${user.agentId}/tickets`)).json();
  order();
  draw();
  // Prepared for the first search, after the rows are painted.
  requestIdleCallback(texts);
}
start();
