// Shortens the names that wasm-bindgen's glue and the module share: 250 long names with incompressible hashes, which
// nothing else reads.

/** Stream classes in the glue that a dependency exports and the app doesn't use. */
const STREAM_CLASSES =
  /^export class IntoUnderlying\w+ \{[\s\S]*?^\}\n|^if \(Symbol\.dispose\) IntoUnderlying.*\n|^const IntoUnderlying\w+ = [\s\S]*?;\n/gm;
const STREAM_EXPORT = /^ \(export "(?:__wbg_)?intounderlying/;

/** The forms without the exports of those classes. */
export const withoutStreams = (forms) => forms.filter(({ kind, text }) => kind !== "export" || !STREAM_EXPORT.test(text));

/**
 * The glue's code for loading a module from a URL, a response or bytes. boot.js passes a compiled module, and takes its
 * exports before it runs.
 */
const LOADER = /^async function __wbg_load[\s\S]*/m;
const INSTANTIATE = `export default async ({ module_or_path: module, onInstance }) => {
const instance = await WebAssembly.instantiate(module, __wbg_get_imports());
onInstance(instance.exports);
return __wbg_finalize_init(instance, module);
};
`;
/** A function that the glue defines under a mangled name. */
const MANGLED = /^function (_R\w+)\(/gm;

/** The glue and the module's forms with short names. */
export function shorten(glue, forms) {
  const own = glue.replace(STREAM_CLASSES, "").replace(LOADER, INSTANTIATE);
  const mangled = new Map(Array.from(own.matchAll(MANGLED), ([, name], at) => [name, `f${at}`]));
  const { text, short } = shortenImports(withoutComments(own.replace(/(?<!\.)\b_R\w+/g, (name) => mangled.get(name) ?? name)), forms);
  const exported = forms.flatMap(({ kind, text }) => (kind === "export" ? [/^ \(export "([^"]*)"/.exec(text)[1]] : []));
  const names = new Map(exported.map((name, at) => [name, `$${at.toString(36)}`]));
  // Chunks import `memory` under this name.
  names.delete("memory");
  // With a dollar sign, because chunks share functions under plain short names.
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
    .replace(/"\.\/\w+_bg\.js": import0/, '"g": { ...import0, tail: () => trunkline.tail() }');
  if (found !== names.size) throw new Error(`the glue defines ${found} of the module's ${names.size} imports`);
  return { text, short };
}

/** Removes comments and indentation; no string of the glue spans lines. */
const withoutComments = (glue) => glue.replace(/^\s*\/\*[\s\S]*?\*\/\n/gm, "").replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, "");
