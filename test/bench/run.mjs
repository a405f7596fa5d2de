/** `npm run bench [-- NAME…]`: every benchmark, one after the other, each in a process of its own. Exit code 1 when one is over its budget. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

const wanted = new Set(process.argv.slice(2));
const names = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".mjs") && name !== basename(import.meta.filename))
  .filter((name) => wanted.size === 0 || wanted.has(name.replace(/\.mjs$/, "")));
for (const name of names) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
