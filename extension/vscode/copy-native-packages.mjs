/** Copies packages that cannot be bundled, with everything they load at run time and nothing built for another platform. */
import { cpSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { isLicense } from "../../lsp-server/service/third-party-licenses.mjs";

const platform = process.platform;
const arch = process.arch;

/** Answers the names of what was copied into `target`, a node_modules folder. Packages are looked up as Node would from `from`. */
export function copyNativePackages(names, from, target) {
  const copied = new Map();
  for (const name of names) copy(name, from, target, copied, false);
  return [...copied.keys()];
}

function copy(name, from, target, copied, optional) {
  const folder = find(name, from);
  if (folder === null) {
    if (optional) return;
    throw new Error(`${name} is not installed; the extension was not built.`);
  }
  if (copied.get(name) === folder) return;
  copied.set(name, folder);
  cpSync(folder, join(target, name), { recursive: true, filter: (path) => isNeeded(relative(folder, path)) });
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const wanted = Object.keys(manifest.dependencies ?? {}).filter((each) => !installOnly.has(each));
  for (const each of wanted) copy(each, folder, target, copied, false);
  for (const each of Object.keys(manifest.optionalDependencies ?? {}))
    copy(each, folder, target, copied, true);
}

/** Needed to install or compile a package, never to run it. */
const installOnly = new Set(["adm-zip", "global-agent", "node-addon-api", "node-gyp"]);

function find(name, from) {
  for (let at = realpathSync(from); ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(at) === at) return null;
  }
}

function isNeeded(path) {
  const parts = path.split(sep);
  if (parts.includes("node_modules")) return false;
  if (isLicense(parts.at(-1))) return true;
  // Binaries for other systems lie in folders named after them.
  const systems = ["darwin", "linux", "win32"];
  const at = parts.findIndex((part) => systems.includes(part));
  if (at < 0) return !/\.(md|map|ts|mts|cts|tsbuildinfo|cc|h|hh|gyp|gypi|cmake)$/i.test(path);
  if (parts[at] !== platform) return false;
  const processor = parts[at + 1];
  return processor === undefined || !["arm64", "x64", "ia32"].includes(processor) || processor === arch;
}
