/** Bundles the extension, its pages and the language server, and packs the `.vsix` for this machine's platform. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildServer, nativePackages, version } from "../../lsp-server/service/build.mjs";
import { thirdPartyLicenses } from "../../lsp-server/service/third-party-licenses.mjs";
import { copyNativePackages } from "./copy-native-packages.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const require = createRequire(import.meta.url);

/** Answers the path of the `.vsix`. `pack: false` stops at the folder that would be packed and answers that. */
export async function buildVscode({ pack = true } = {}) {
  const stage = join(here, "dist", "package");
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const metafiles = await Promise.all([bundleExtension(stage), bundlePage(stage)]);
  writeFileSync(join(stage, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(metafiles));
  const server = await buildServer(join(stage, "dist", "server"));
  for (const name of readdirSync(server)) if (name.endsWith(".map")) rmSync(join(server, name));
  copyNativePackages(
    nativePackages,
    join(root, "lsp-server", "service"),
    join(stage, "dist", "node_modules"),
  );
  copyEngine(join(stage, "dist", "page", "engine"));
  cpSync(join(here, "media"), join(stage, "media"), { recursive: true });
  cpSync(join(here, "README.md"), join(stage, "README.md"));
  cpSync(join(root, "LICENSE"), join(stage, "LICENSE"));
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest(rulesOf(server)), null, 2)}\n`);
  return pack ? packed(stage) : stage;
}

async function bundleExtension(stage) {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    entryPoints: [join(here, "src", "extension.ts")],
    outfile: join(stage, "dist", "extension.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    external: ["vscode", ...nativePackages],
    loader: { ".py": "text" },
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

async function bundlePage(stage) {
  const { build } = await import("esbuild");
  const outdir = join(stage, "dist", "page");
  const { metafile } = await build({
    entryPoints: [join(here, "src", "page", "main.ts")],
    outdir,
    metafile: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  // A panel's script is loaded when it opens, but nothing would load its styles: all of them are one sheet.
  const sheets = Object.keys(metafile.inputs).filter((path) => path.endsWith(".css"));
  const tokensFirst = sheets.sort(
    (a, b) => Number(b.endsWith("tokens.css")) - Number(a.endsWith("tokens.css")),
  );
  for (const name of readdirSync(outdir)) if (name.endsWith(".css")) rmSync(join(outdir, name));
  await build({
    stdin: {
      contents: tokensFirst.map((path) => `@import ${JSON.stringify(resolve(path))};`).join("\n"),
      loader: "css",
      resolveDir: here,
    },
    outfile: join(outdir, "main.css"),
    bundle: true,
    minify: true,
    target: "es2022",
    logLevel: "warning",
  });
  return metafile;
}

function copyEngine(folder) {
  mkdirSync(folder, { recursive: true });
  const duckdb = join(root, "node_modules", "@duckdb", "duckdb-wasm", "dist");
  const parquet = join(root, "node_modules", "parquet-wasm", "esm");
  cpSync(join(duckdb, "duckdb-browser-eh.worker.js"), join(folder, "duckdb-worker.js"));
  cpSync(join(duckdb, "duckdb-eh.wasm"), join(folder, "duckdb.wasm"));
  cpSync(join(parquet, "parquet_wasm_bg.wasm"), join(folder, "parquet.wasm"));
}

/** What a user installs depends on nothing: everything is inside. */
/** The linter's rules, as the server that is packed lists them. */
function rulesOf(server) {
  const list = execFileSync(process.execPath, [join(server, "lookback.mjs"), "explain", "--json"]);
  return JSON.parse(list.toString("utf8"));
}

/** The settings offer every rule by its name. */
function manifest(rules) {
  const {
    private: _private,
    dependencies: _dependencies,
    devDependencies: _dev,
    ...kept
  } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const setting = kept.contributes.configuration.properties["lookback.lint.rules"];
  setting.properties = Object.fromEntries(
    rules.map(({ id, title }) => [id, { ...setting.additionalProperties, description: title }]),
  );
  return { ...kept, version };
}

async function packed(stage) {
  const { createVSIX } = require("@vscode/vsce");
  const target = `${process.platform}-${process.arch}`;
  const vsix = join(here, "dist", `lookback-${version}-${target}.vsix`);
  await createVSIX({
    cwd: stage,
    packagePath: vsix,
    target,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: false,
  });
  console.log(
    `${vsix}, ${(statSync(vsix).size / 1e6).toFixed(1)} MB, ${readdirSync(join(stage, "dist")).length} parts`,
  );
  return vsix;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildVscode({ pack: !process.argv.includes("--folder") });
}
