import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openStore } from "./open-store.ts";
import { nameOf } from "./store.ts";

const fresh = () => realpathSync(mkdtempSync(join(tmpdir(), "lookback-open ü-")));
const placed = async (folder: string) => {
  const { root, dir } = await openStore(folder);
  return { root, dir };
};

it("is one store with one root, from wherever inside a repository it is opened", async () => {
  const top = fresh();
  execFileSync("git", ["init", "-q", top]);
  const deep = join(top, "notebooks", "2026");
  mkdirSync(deep, { recursive: true });
  const store = { root: top, dir: join(top, ".git", "lookback") };
  expect(await placed(deep)).toEqual(store);
  expect(await placed(top)).toEqual(store);
  const link = join(fresh(), "link");
  symlinkSync(top, link);
  expect(await placed(join(link, "notebooks"))).toEqual(store);
  expect(nameOf(await openStore(deep), join(deep, "a b.ipynb"))).toBe("notebooks/2026/a b.ipynb");
  expect(nameOf(await openStore(deep), "/elsewhere/x.csv")).toBe("/elsewhere/x.csv");
});

it("lies in the folder itself where there is no repository, and is found again from below", async () => {
  const folder = fresh();
  const store = { root: folder, dir: join(folder, ".lookback") };
  expect(await placed(folder)).toEqual(store);
  mkdirSync(join(folder, "below"));
  expect(await placed(join(folder, "below"))).toEqual(store);
});

it("is the nearest of a repository and a store without one", async () => {
  const top = fresh();
  execFileSync("git", ["init", "-q", top]);
  const own = join(top, "own");
  mkdirSync(join(own, ".lookback"), { recursive: true });
  expect(await placed(own)).toEqual({ root: own, dir: join(own, ".lookback") });
});
