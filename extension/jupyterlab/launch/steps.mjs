import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Does one step of the start and says so: what is being done, then how long it took. Says nothing of what was not needed. */
export async function step(title, work) {
  const began = performance.now();
  const live = process.stdout.isTTY;
  process.stdout.write(live ? `· ${title} …` : `· ${title} …\n`);
  const note = (text) => {
    if (live) process.stdout.write(`\r\x1b[2K· ${title} … ${text.slice(0, 60)}`);
  };
  const result = await work(note);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(live ? `\r\x1b[2K✓ ${title} (${seconds} s)\n` : `✓ ${title} (${seconds} s)\n`);
  return result;
}

/** True when `stamp` does not hold `digest`: the step has not been done, or not for these inputs. */
export function outdated(stamp, digest) {
  return !existsSync(stamp) || readFileSync(stamp, "utf8").trim() !== digest;
}

/** Remembers that the step was done for these inputs. */
export function remember(stamp, digest) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${digest}\n`);
}

/** A digest of the names, sizes and change times of all files below the folders: fast, and different after any edit. */
export function digestOf(folders) {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}

/** A digest of files' bytes. */
export function digestOfBytes(...paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest("hex");
}

const skipped = new Set(["node_modules", "dist", "labextension", "__pycache__", "demo", "launch", "vscode"]);

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (skipped.has(entry.name) || entry.name.endsWith(".tsbuildinfo")) continue;
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
    else if (entry.isFile()) yield join(path, entry.name);
  }
}
