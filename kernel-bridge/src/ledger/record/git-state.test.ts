import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitState } from "./git-state.ts";

function repository() {
  const dir = mkdtempSync(join(tmpdir(), "lookback-git-state-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "commit.gpgsign=false", ...args], { cwd: dir, encoding: "utf8" }).trim();
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Ada");
  git("config", "user.email", "ada@example.com");
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
  mkdirSync(join(dir, "below"));
  write("features.py", "a = 1\n");
  write("below/n.ipynb", "{}");
  git("add", ".");
  git("commit", "-qm", "first");
  return { dir, git, write };
}

it("says nothing of a folder outside a repository", async () => {
  expect(await gitState(mkdtempSync(join(tmpdir(), "lookback-git-state-")))).toBeNull();
});

it("names what differs from the commit, and how; a notebook is in the run itself", async () => {
  const { dir, git, write } = repository();
  const head = git("rev-parse", "HEAD");
  expect(await gitState(dir)).toEqual({
    state: { head, branch: "main", dirty: false, changes: null },
    diff: null,
  });
  write("below/n.ipynb", "{ }");
  expect(await gitState(dir)).toEqual({
    state: { head, branch: "main", dirty: true, changes: null },
    diff: null,
  });
  write("features.py", "a = 2\n");
  git("add", "features.py");
  write("features.py", "a = 3\n");
  const found = await gitState(dir);
  expect(found?.state.changes).toEqual({ files: ["features.py"], total: 1, notKept: null });
  expect(found?.diff).toContain("-a = 1\n+a = 3\n");
});

it("says that changes too long to keep are not kept", async () => {
  const { dir, write } = repository();
  write("features.py", "x".repeat(1_000_001));
  const found = await gitState(dir);
  expect(found?.state.changes).toMatchObject({ total: 1, notKept: "it is longer than a million characters" });
  expect(found?.diff).toBeNull();
});
