import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { root, textOf } from "./files.ts";

/** Files and folders of ours that a file imports, types included, as paths from the root. */
export function importsOf(path: string): string[] {
  if (path.endsWith(".py")) return pythonImports(path);
  return specifiersOf(path).flatMap((specifier) => targetOf(path, specifier) ?? []);
}

function specifiersOf(path: string): string[] {
  if (path.endsWith(".css")) {
    return [...textOf(path).matchAll(/@import\s+(?:url\()?["']([^"']+)["']/g)].map((match) => match[1]!);
  }
  return ts.preProcessFile(textOf(path), true, true).importedFiles.map((file) => file.fileName);
}

/** Where the paths of each package of ours lie, as the packages themselves say: none can be left out, and its imports unseen. */
const folderOfPackage = new Map<string, string>(
  JSON.parse(textOf("package.json")).workspaces.flatMap((folder: string) => {
    const { name, exports: passed } = JSON.parse(textOf(`${folder}/package.json`));
    return passed === undefined ? [] : [[name, posix.join(folder, posix.dirname(passed["./*"]))]];
  }),
);

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(path), specifier);
  const owner = [...folderOfPackage].find(([name]) => specifier.startsWith(`${name}/`));
  return owner === undefined ? null : posix.join(owner[1], specifier.slice(owner[0].length + 1));
}

/** Where top-level Python packages of ours lie. */
const pythonRoots = [
  "kernel-bridge/python",
  "lsp-server/service/publish/rehearse/python",
  "extension/jupyterlab/python",
];

function pythonImports(path: string): string[] {
  const text = textOf(path);
  const found: string[] = [];
  for (const [, dots = "", module = "", names = ""] of text.matchAll(
    /^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\(?([^\n#)]*)/gm,
  )) {
    const inside = module.replaceAll(".", "/");
    if (dots === "") found.push(...absolute(inside, names));
    else
      found.push(...modules(posix.join(posix.dirname(path), "../".repeat(dots.length - 1)), inside, names));
  }
  for (const [, list = ""] of text.matchAll(/^[ \t]*import[ \t]+([\w., \t]+)/gm)) {
    for (const name of list.split(",")) {
      found.push(...absolute((name.trim().split(/\s/)[0] ?? "").replaceAll(".", "/"), ""));
    }
  }
  return found;
}

function absolute(inside: string, names: string): string[] {
  return pythonRoots.flatMap((folder) => modules(folder, inside, names));
}

/** `from package import module` names a file where there is one of that name, else the package. */
function modules(folder: string, inside: string, names: string): string[] {
  const base = posix.join(folder, inside);
  const submodules = names
    .split(",")
    .map((name) => `${posix.join(base, name.trim().split(/\s/)[0] ?? "")}.py`)
    .filter((file) => existsSync(join(root, file)));
  if (submodules.length > 0) return submodules;
  return [`${base}.py`, posix.join(base, "__init__.py")].filter((file) => existsSync(join(root, file)));
}
