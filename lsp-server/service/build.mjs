/** Bundles the command line and the language server, with every file they read at run time, into `dist/`. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { joinedName, joinObserver } from "../../kernel-bridge/src/journal/join-observer.mjs";
import { joinPython } from "../../kernel-bridge/src/journal/join-python.mjs";
import { thirdPartyLicenses } from "./third-party-licenses.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Packages with native binaries: loaded from node_modules, never bundled. */
export const nativePackages = ["@duckdb/node-api", "lmdb", "onnxruntime-node", "zeromq"];

/** Files of grammars, and the package of the SQL parser: copied beside the bundle. */
const grammars = ["web-tree-sitter/tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"];
const sqlParser = "@guanmingchiu/sqlparser-ts";

/** The one version number, of everything that ships. */
export const { version } = JSON.parse(readFileSync(join(here, "..", "..", "package.json"), "utf8"));

/** Answers the folder that holds the bundle. */
export async function buildServer(outDir = join(here, "dist")) {
  const { build } = await import("esbuild");
  for (const name of existsSync(outDir) ? readdirSync(outDir) : []) {
    if (name !== "types") rmSync(join(outDir, name), { recursive: true, force: true });
  }
  mkdirSync(outDir, { recursive: true });
  const { metafile } = await build({
    entryPoints: { lookback: join(here, "cli", "main.ts") },
    outdir: outDir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: nativePackages,
    loader: { ".py": "text" },
    define: { LOOKBACK_VERSION: JSON.stringify(version) },
    sourcemap: "linked",
    metafile: true,
    logLevel: "warning",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url); import { fileURLToPath as __toPath } from "node:url"; import { dirname as __dir } from "node:path"; const __filename = __toPath(import.meta.url); const __dirname = __dir(__filename);',
    },
  });
  for (const file of grammars) cpSync(require.resolve(file), join(outDir, basename(file)));
  const sql = join(dirname(require.resolve(sqlParser)), "..", "wasm");
  cpSync(join(sql, "sqlparser_rs_wasm.js"), join(outDir, "sqlparser_rs_wasm.mjs"));
  cpSync(join(sql, "sqlparser_rs_wasm_bg.wasm"), join(outDir, "sqlparser_rs_wasm_bg.wasm"));
  const kernelPython = join(here, "..", "..", "kernel-bridge", "python");
  cpSync(kernelPython, join(outDir, "python"), {
    recursive: true,
    filter: (path) => !/(__pycache__|[/\\]python[/\\]observer|test_[^/]*\.py|\.test\.ts)$/.test(path),
  });
  writeFileSync(join(outDir, "python", joinedName), joinObserver(join(kernelPython, "observer")));
  const exporter = joinPython(join(here, "publish", "rehearse", "python", "exporter"));
  writeFileSync(join(outDir, "python", "export_model.py"), exporter);
  const worker = joinPython(join(here, "..", "..", "pipeline", "python", "worker"));
  writeFileSync(join(outDir, "python", "serve_worker.py"), worker);
  writeFileSync(
    join(outDir, "THIRD-PARTY-LICENSES.txt"),
    thirdPartyLicenses(
      [metafile],
      [...grammars, sqlParser].map((file) => require.resolve(file)),
    ),
  );
  return outDir;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildServer();
}
