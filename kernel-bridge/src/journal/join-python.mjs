/** A folder of Python modules as one text that a kernel runs. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/**
 * Every `.py` below a folder in one Python text: its `loader.py` with `SOURCES` filled in, module name to text; the same text for the
 * same files. A new module is a new file, and named nowhere.
 */
export function joinPython(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .sort();
  const sources = Object.fromEntries(
    files
      .filter((path) => path !== "loader.py")
      .map((path) => [moduleName(path), readFileSync(join(folder, path), "utf8")]),
  );
  const [head, body] = readFileSync(join(folder, "loader.py"), "utf8").split(/^SOURCES: .*$/m);
  return `${head}SOURCES = ${asciiJson(sources)}\n${body?.trimStart()}`;
}

/** `libraries/duckdb.py` is `libraries.duckdb`; a package is its folder. */
function moduleName(path) {
  return path
    .replace(/\.py$/, "")
    .split(sep)
    .filter((part) => part !== "__init__")
    .join(".");
}

/** A JSON object of texts is a Python one; in ASCII it passes through every console and code page. */
function asciiJson(value) {
  return JSON.stringify(value, null, 1).replace(
    /[^\x20-\x7e\n]/gu,
    (character) => `\\U${character.codePointAt(0).toString(16).padStart(8, "0")}`,
  );
}
