// A module as text, as Binaryen writes it: one form a line group, functions by name. Names instead of numbers are what
// makes taking a module apart a matter of sorting its forms.

/** A name in the text: bare, or quoted where it has spaces. */
export const NAME = /\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)/;
const REFERENCE = new RegExp(`\\((?:call|return_call|ref\\.func) (${NAME.source})`, "g");

/** The forms of a module: `{ kind, name, text }`, in their order. */
export function readForms(text) {
  const forms = text.split(/\n(?= \()/).slice(1);
  forms[forms.length - 1] = forms.at(-1).replace(/\n\)\s*$/, "");
  return forms.map((form) => {
    const kind = /^ \((\w+)/.exec(form)[1];
    const head = kind === "import" ? form.slice(form.indexOf("(", 2)) : form;
    return { kind, name: NAME.exec(head)?.[0], text: form };
  });
}

const read = new WeakMap();

/** The functions that a function calls or refers to by name. */
export function references(form) {
  if (!read.has(form)) read.set(form, new Set(Array.from(form.text.matchAll(REFERENCE), (match) => match[1])));
  return read.get(form);
}

/** The name as it stands in the binary. */
export function plainName(name) {
  const quoted = /^\$"(.*)"$/.exec(name);
  return quoted ? quoted[1].replace(/\\(.)/g, "$1") : name.slice(1);
}

/** `(param i32) (result i32)` of a function, its parameters without names. */
export function signature(form) {
  const head = form.text.slice(0, form.text.indexOf("\n") + 1 || undefined);
  const values = (kind) => Array.from(head.matchAll(new RegExp(`\\(${kind} (?:\\$\\S+ )?([^)]*)\\)`, "g")), ([, of]) => of);
  return {
    params: values("param").flatMap((of) => of.split(" ")),
    results: values("result").flatMap((of) => of.split(" ")),
  };
}

/** A module's text of its forms. */
export const module = (forms) => `(module\n${forms.join("\n")}\n)\n`;
