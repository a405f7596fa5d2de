/** Builds the labextension: TypeScript, panels, the engine's files, all served by Jupyter itself. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { version } from "../../lsp-server/service/build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Answers the folder that holds the labextension. Throws with the builder's own words when it does not compile. */
export async function buildLabextension() {
  const builder = join(
    dirname(require.resolve("@jupyter/builder/package.json")),
    "lib",
    "build-labextension.js",
  );
  const core = join(dirname(require.resolve("@jupyterlab/core-meta/package.json")), "core.package.json");
  try {
    await promisify(execFile)(process.execPath, [builder, "--core-package-file", core, here], {
      cwd: here,
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    throw new Error(`The JupyterLab extension was not built.\n${error.stdout ?? ""}${error.stderr ?? ""}`);
  }
  const built = join(here, "labextension", "package.json");
  const manifest = JSON.parse(readFileSync(built, "utf8"));
  const dependencies = asCoreAsks(manifest.dependencies, JSON.parse(readFileSync(core, "utf8")));
  writeFileSync(built, `${JSON.stringify({ ...manifest, version, dependencies }, null, 2)}\n`);
  return join(here, "labextension");
}

/** What JupyterLab brings in the range that it asks for itself: by one exact version it takes the extension for outdated after its own next fix. */
export function asCoreAsks(dependencies, core) {
  const asked = { ...core.dependencies, ...core.resolutions };
  return Object.fromEntries(Object.entries(dependencies).map(([name, own]) => [name, asked[name] ?? own]));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildLabextension();
