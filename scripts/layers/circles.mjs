// Finds circles of imports between the files of a crate. A file imports another if it names an item of it; a name that
// an index (`mod.rs`) re-exports belongs to the file that defines it. `pub use` alone, `mod child;` and unit tests don't count.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { paths, uncommented, untested } from "./rust-paths.mjs";

/** The modules of a crate's source folder, by path (`a::b`; the root is ""). */
function readModules(folder) {
  const modules = new Map();
  for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs")).sort()) {
    const segments = name.replace(/\.rs$/, "").split("/");
    if (segments.join() === "main") continue;
    if (["mod", "lib"].includes(segments.at(-1))) segments.pop();
    const source = untested(uncommented(readFileSync(join(folder, name), "utf8")));
    const children = Array.from(source.matchAll(/\bmod (\w+);/g), ([, child]) => child);
    modules.set(segments.join("::"), { file: name, segments, source, children, uses: [] });
  }
  return modules;
}

/** The absolute path of one that starts with `crate`, `self`, `super` or a child of the module. */
function absolute({ segments, children }, path) {
  if (path[0] === "crate") return path.slice(1);
  if (path[0] === "self") return [...segments, ...path.slice(1)];
  if (children.includes(path[0])) return [...segments, ...path];
  const up = path.findIndex((name) => name !== "super");
  const climbs = up < 0 ? path.length : up;
  return [...segments.slice(0, Math.max(0, segments.length - climbs)), ...path.slice(climbs)];
}

/** The module that defines what an absolute path names; re-exports and imports of a module are followed. */
function resolve(modules, path, depth = 0) {
  let at = [];
  for (const [index, name] of path.entries()) {
    const child = [...at, name];
    if (modules.has(child.join("::"))) {
      at = child;
      continue;
    }
    const used = depth < 8 ? modules.get(at.join("::"))?.uses.find((use) => use.name === name || use.name === "*") : undefined;
    if (used) {
      const target = used.name === "*" ? [...used.path.slice(0, -1), ...path.slice(index)] : [...used.path, ...path.slice(index + 1)];
      return resolve(modules, target, depth + 1);
    }
    break;
  }
  return at.join("::");
}

/** Which files each file imports. */
export function importsOf(folder) {
  const modules = readModules(folder);
  const entries = new Map();
  for (const [key, module] of modules) {
    const starts = ["crate", "super", "self", ...module.children].join("|");
    const all = Array.from(paths(module.source, starts), (entry) => ({ ...entry, path: absolute(module, entry.path) }));
    module.uses = all.filter(({ isUse }) => isUse);
    entries.set(key, all);
  }
  const graph = new Map();
  for (const [key, module] of modules) {
    const targets = entries.get(key).filter(({ isReexport }) => !isReexport).map(({ path }) => resolve(modules, path));
    graph.set(module.file, new Set(targets.filter((target) => target !== key && modules.has(target)).map((target) => modules.get(target).file)));
  }
  return graph;
}

/** The groups of files that import each other in a circle (strongly connected components). */
export function circles(graph) {
  const [index, low, stack, found] = [new Map(), new Map(), [], []];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** One line per circle of the crate, with the imports that make it. */
export function describeCircles(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const graph = importsOf(path);
  return circles(graph).map((group) => {
    const edges = group.map((file) => `${file} → ${[...graph.get(file)].filter((next) => group.includes(next)).join(", ")}`);
    return `${folder}: a circle of imports between ${group.length} files\n  ${edges.join("\n  ")}`;
  });
}
