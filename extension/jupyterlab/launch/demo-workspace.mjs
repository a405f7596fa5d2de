import * as fs from "node:fs";
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";
import { digestOfBytes, outdated, remember } from "./steps.mjs";

/** True when the folder lacks a demo notebook, the data (or holds older data), or a repository. */
export function demoIsIncomplete(demo, folder) {
  return (
    notebooksOf(demo).some((name) => !existsSync(join(folder, name))) ||
    outdated(join(folder, "data", ".prepared"), digestOfBytes(join(demo, "prepare.py"))) ||
    !existsSync(join(folder, ".git"))
  );
}

/** Lays out the demo: notebooks (never over the person's own), data from the PyPI package, a repository with one commit. */
export async function prepareDemo(demo, folder, python, heard) {
  mkdirSync(folder, { recursive: true });
  for (const name of notebooksOf(demo)) {
    if (!existsSync(join(folder, name))) copyFileSync(join(demo, name), join(folder, name));
  }
  await runProgram(python, [join(demo, "prepare.py"), join(folder, "data")], { heard });
  remember(join(folder, "data", ".prepared"), digestOfBytes(join(demo, "prepare.py")));
  if (!existsSync(join(folder, ".git"))) await firstCommit(folder, notebooksOf(demo));
}

function notebooksOf(demo) {
  return readdirSync(demo).filter((name) => name.endsWith(".ipynb"));
}

async function firstCommit(dir, notebooks) {
  const { default: git } = await import("isomorphic-git");
  if (!existsSync(join(dir, ".gitignore"))) {
    writeFileSync(join(dir, ".gitignore"), "data/\n.ipynb_checkpoints/\n.lookback/\n");
  }
  await git.init({ fs, dir, defaultBranch: "main" });
  for (const filepath of [".gitignore", ...notebooks]) await git.add({ fs, dir, filepath });
  await git.commit({
    fs,
    dir,
    message: "Will my flight be late?",
    author: { name: "Lookback demo", email: "demo@lookback.invalid" },
  });
}
