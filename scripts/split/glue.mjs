// wasm-bindgen's glue and the module name what they share: 250 long names, each with a hash that nothing compresses, in
// both. Nobody else reads them, so they become short here, in both at once.

/** What the glue says of classes for streams that a dependency exports and the app has no use for. */
const STREAM_CLASSES = /^export class IntoUnderlying\w+ \{[\s\S]*?^\}\n|^if \(Symbol\.dispose\) IntoUnderlying.*\n/gm;
const STREAM_EXPORT = /^ \(export "(?:__wbg_)?intounderlying/;

/** The forms without the exports for those classes. */
export const withoutStreams = (forms) => forms.filter(({ kind, text }) => kind !== "export" || !STREAM_EXPORT.test(text));

/** The glue and the module's forms, under short names. */
export function shorten(glue, forms) {
  const { text, short } = shortenImports(withoutComments(glue.replace(STREAM_CLASSES, "")), forms);
  const exported = forms.flatMap(({ kind, text }) => (kind === "export" ? [/^ \(export "([^"]*)"/.exec(text)[1]] : []));
  const names = new Map(exported.map((name, at) => [name, `$${at.toString(36)}`]));
  // `memory` is the parts' too.
  names.delete("memory");
  // With a dollar: the parts share theirs under plain ones.
  const js = text.replace(/\bwasm\.(\w+)/g, (all, name) => (names.has(name) ? `wasm.${names.get(name)}` : all));
  const renamed = short.map((form) => {
    if (form.kind !== "export") return form;
    return { ...form, text: form.text.replace(/^ \(export "([^"]*)"/, (all, name) => (names.has(name) ? ` (export "${names.get(name)}"` : all)) };
  });
  return { glue: js, forms: renamed };
}

function shortenImports(glue, forms) {
  const names = new Map();
  const short = forms.map((form) => {
    const [, from, name] = (form.kind === "import" && /^ \(import "([^"]*)" "([^"]*)"/.exec(form.text)) || [];
    if (!name) return form;
    names.set(name, `i${names.size.toString(36)}`);
    return { ...form, text: form.text.replace(`"${from}" "${name}"`, `"g" "${names.get(name)}"`) };
  });
  let found = 0;
  const text = glue
    .replace(/^\s*(\w+): function/gm, (all, name) => (names.has(name) ? (found++, `${names.get(name)}: function`) : all))
    .replace(/^\s*(\w+): (\w+),$/gm, (all, name, value) => (names.has(name) ? (found++, `${names.get(name)}: ${value},`) : all))
    .replace(/"\.\/\w+_bg\.js": import0/, '"g": import0');
  if (found !== names.size) throw new Error(`the glue defines ${found} of the module's ${names.size} imports`);
  return { text, short };
}

/** Comments and indentation say nothing to a browser; strings of the glue span no lines. */
const withoutComments = (glue) => glue.replace(/^\s*\/\*[\s\S]*?\*\/\n/gm, "").replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, "");
