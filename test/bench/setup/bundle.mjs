/** What a benchmark takes of the sources, as one file that Node runs: what they import natively comes from the repository. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** The repository. */
export const root = resolve(import.meta.dirname, "..", "..", "..");

/** Bundles what is taken of each source file, `{ "kernel-bridge/src/failure.ts": "Failure" }`, and answers the bundle's path. */
export function bundleOf(taken, options = {}) {
  const lines = Object.entries(taken).map(
    ([path, names]) => `export { ${names} } from ${JSON.stringify(join(root, path))};`,
  );
  return bundleCode(lines.join("\n"), options);
}

/** Bundles a text of its own, by esbuild's options where they are others, and answers the bundle's path. */
export async function bundleCode(contents, options = {}) {
  const outfile = join(folderInside(), "bundle.mjs");
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["@duckdb/node-api", "lmdb", "onnxruntime-node", "web-tree-sitter", "zeromq"],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "error",
    outfile,
    ...options,
  });
  return outfile;
}

let copies = 0;
/** The modules of a bundle. Each copy of them knows nothing of what another remembers: as another process would. */
export const anew = (bundle) => import(`${pathToFileURL(bundle)}?${copies++}`);

/** A folder inside of the repository, from which its packages are found; gone when the benchmark has ended. */
function folderInside() {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
