/**
 * A process of its own on a content store: `build ROOT` first, once; then `put ROOT NAME` stores versions of a file and of a folder, merges
 * what is small, and prints the hash of each that was acknowledged, until it is killed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [role, root, name] = process.argv.slice(2);
const bundle = join(root, "objects.mjs");
if (role === "build") {
  await build({
    stdin: {
      contents: [
        'export { putFile } from "./put-file.ts";',
        'export { putFolder } from "./folders/put-folder.ts";',
        'export { mergeSegments } from "./merge-segments.ts";',
      ].join("\n"),
      resolveDir: join(import.meta.dirname, "..", "..", "kernel-bridge", "src", "objects"),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: bundle,
  });
} else {
  const { putFile, putFolder, mergeSegments } = await import(bundle);
  const store = { dir: join(root, "objects"), temporary: join(root, "tmp") };
  const rows = Array.from({ length: 20_000 }, (_, row) => `${row},${Math.random()}\n`);
  const path = join(root, `${name}.csv`);
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  let before = null;
  for (let version = 0; ; version++) {
    rows[Math.floor(Math.random() * rows.length)] = `changed,${Math.random()}\n`;
    writeFileSync(path, rows.join(""));
    before = (await putFile(store, path, { before })).sha256;
    console.log(before);
    writeFileSync(join(folder, `${version % 20}.txt`), `${Math.random()}`);
    if (version % 3 === 0) console.log((await putFolder(store, folder)).sha256);
    // One merges at a time: a lock of the ledger sees to it elsewhere.
    if (name.startsWith("a")) await mergeSegments(store, (run) => run());
  }
}
