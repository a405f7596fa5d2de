import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { copyWorkspace } from "./working-copy.ts";

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), "lookback-copy-")));

it("copies what cells read, and nothing that is git's, Lookback's, an environment's or a cache's", async () => {
  const [root, to] = [folder(), folder()];
  for (const path of [
    "data/a.csv",
    ".env",
    ".git/HEAD",
    ".lookback/x",
    "venv/pyvenv.cfg",
    "node_modules/m.js",
    "work/__pycache__/m.pyc",
  ]) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  await copyWorkspace(root, to, 1000);
  expect((readdirSync(to, { recursive: true }) as string[]).sort()).toEqual([
    ".env",
    "data",
    join("data", "a.csv"),
    "work",
  ]);
});

it("follows links, so that no write reaches where they lead, and ends where they lead back", async () => {
  const [root, to, elsewhere] = [folder(), folder(), folder()];
  writeFileSync(join(elsewhere, "a.csv"), "mine");
  symlinkSync(elsewhere, join(root, "data"));
  symlinkSync(root, join(root, "round"));
  symlinkSync(join(root, "nowhere"), join(root, "broken"));
  await copyWorkspace(root, to, 1000);
  writeFileSync(join(to, "data", "a.csv"), "theirs");
  expect(readFileSync(join(elsewhere, "a.csv"), "utf8")).toBe("mine");
  expect(readdirSync(to)).toEqual(["data"]);
});

it("does not copy itself, where it lies in what is copied", async () => {
  const root = folder();
  writeFileSync(join(root, "a.csv"), "1");
  const to = join(root, "temporary", "copy");
  mkdirSync(to, { recursive: true });
  await copyWorkspace(root, to, 1000);
  expect(readdirSync(to, { recursive: true })).toEqual(["a.csv", "temporary"]);
});
