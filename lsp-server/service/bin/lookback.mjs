#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "..", "dist", "lookback.mjs");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `lookback needs Node 20.19 or newer; this is ${process.versions.node}. Nothing was done.\n`,
  );
  process.exit(2);
}
if (!existsSync(bundle)) {
  const build = join(here, "..", "build.mjs");
  if (!existsSync(build)) {
    process.stderr.write(
      "lookback is not built here, and cannot be built from this folder. Nothing was done.\n",
    );
    process.exit(2);
  }
  process.stderr.write("Building lookback once …\n");
  await (await import(pathToFileURL(build).href)).buildServer();
}
await import(pathToFileURL(bundle).href);
