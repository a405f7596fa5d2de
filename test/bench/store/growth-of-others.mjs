/** The same versions, kept by the tools that people use for data beside git. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { bytesBelow } from "./bytes-below.mjs";

/** git-lfs and DVC: their name, and `add`, which keeps a version and answers by how many bytes they grew; null where not installed. */
export const others = (root) => [
  tool(
    root,
    "git lfs",
    ["git", "lfs", "version"],
    ".git",
    [
      ["git", "init", "-q"],
      ["git", "lfs", "install", "--local"],
      ["git", "lfs", "track", "*.csv", "*.parquet"],
    ],
    (name) => [["git", "add", name]],
  ),
  tool(root, "dvc add", ["dvc", "--version"], ".dvc/cache", [["dvc", "init", "--no-scm", "-q"]], (name) => [
    ["dvc", "add", "-q", name],
  ]),
];

function tool(root, name, probe, cache, begin, add) {
  const folder = join(root, name.replace(" ", "-"));
  if (!runs(probe, root)) return { name, add: null };
  mkdirSync(folder);
  for (const command of begin) runs(command, folder);
  return {
    name,
    add(path) {
      const file = `data.${path.split(".").at(-1)}`;
      copyFileSync(path, join(folder, file));
      const before = bytesBelow(join(folder, cache));
      const isDone = add(file).every((command) => runs(command, folder));
      return isDone ? bytesBelow(join(folder, cache)) - before : null;
    },
  };
}

function runs([command, ...words], cwd) {
  return spawnSync(command, words, { cwd, stdio: "ignore" }).status === 0;
}
