// The list's expected content, computed from the response without code of app or floor.

const name = ({ id, customer }) => [customer?.firstName, customer?.lastName].filter(Boolean).join(" ") || String(id);
/** The texts of a value of any shape. */
const texts = (value) => (typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(texts) : []);
const searched = (ticket) =>
  [name(ticket), ticket.id, ticket.ticketStatus, ticket.queue, ticket.channel, ticket.metadata?.ccr, ticket.metadata?.orderId, ticket.customer?.id, ...texts(ticket.content)]
    .join("\n")
    .toLowerCase();

/** Words to type; the first fits whose every letter leaves fewer rows, so that each can be waited for. */
const WORDS = ["a1b", "e7c", "b3d", "maria", "late"];

/** The most tickets that are few. */
const FEW = 5;

/** The first is the first sort of a visit: by the texts that differ most. */
const SORTS = [
  { header: 2, sort: "ascending", key: (ticket) => name(ticket).toLowerCase() },
  { header: 2, sort: "descending", key: (ticket) => name(ticket).toLowerCase() },
  { header: 6, sort: "ascending", key: (ticket) => ticket.assignedTime },
  { header: 1, sort: "ascending", key: (ticket) => ticket.ticketStatus?.toLowerCase() },
  { header: 3, sort: "ascending", key: (ticket) => ticket.queue?.toLowerCase() },
  { header: 3, sort: "descending", key: (ticket) => ticket.queue?.toLowerCase() },
  { header: 5, sort: "ascending", key: (ticket) => ticket.metadata?.ccr?.toLowerCase() },
  { header: 4, sort: "ascending", key: (ticket) => ticket.channel?.toLowerCase() },
];

/** Letters to type and a word of few hits, each with how many rows it leaves; clicks on headers, each with the row that is then on top. */
export function expected(tickets) {
  const all = tickets.map(searched);
  const count = (part) => all.filter((text) => text.includes(part)).length;
  const typed = WORDS.map((word) => [...word].map((letter, at) => ({ letter, count: count(word.slice(0, at + 1)) })));
  const fits = (letters) => letters.every(({ count }, at) => count > 0 && count < (letters[at - 1]?.count ?? tickets.length));
  const letters = typed.find(fits);
  if (!letters) throw new Error("no word to type: every one has a letter that leaves all rows");
  // Counting goes through all tickets, so no more words are counted than it takes to find one.
  const few = tickets.map((ticket) => ticket.metadata?.orderId).find((text) => text && count(text) <= FEW);
  if (!few) throw new Error("no word of few hits: every order is that of many tickets");
  const word = { text: few, count: count(few) };
  const sorts = SORTS.map(({ header, sort, key }) => ({ header, sort, first: String(top(tickets, key, sort)) }));
  return { size: tickets.length, letters, word, sorts };
}

/** Texts are in the order of the language's letters. */
const collator = new Intl.Collator("en");
const compare = (a, b) => (typeof a === "string" ? collator.compare(a, b) : a - b);

/** The id on top: of equal ones the first that came, and nothing known last. */
function top(tickets, key, sort) {
  const better = sort === "ascending" ? (a, b) => compare(a, b) < 0 : (a, b) => compare(a, b) > 0;
  const known = tickets.filter((ticket) => key(ticket) != null);
  return known.reduce((best, ticket) => (better(key(ticket), key(best)) ? ticket : best)).id;
}
