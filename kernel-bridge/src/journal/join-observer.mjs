/** The observer's modules as the one text that a kernel runs. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** The file that holds the joined text in a built installation. */
export const joinedName = "observe.py";

/**
 * Every `.py` below `observer/` in one Python text that defines `main(settings, shell)`; the same text for the same files.
 * A new module or adapter is a new file, and named nowhere.
 */
export function joinObserver(folder) {
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
