import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { openFolders } from "./folders.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "lookback-folders-")));
for (const folder of ["a/inner", "b", "elsewhere"]) mkdirSync(join(top, folder), { recursive: true });
symlinkSync(join(top, "a"), join(top, "link"));

const opened = (...names: readonly string[]) =>
  openFolders(
    names.map((name) => ({
      uri: pathToFileURL(join(top, name)).href,
      name: name.split("/").at(-1) ?? name,
    })),
  );

it.each([
  [["a"], "a/n é.ipynb", "n é.ipynb"],
  [["a/inner"], "a/n.ipynb", "../n.ipynb"],
  [["a", "b"], "b/data/x.csv", "b/data/x.csv"],
  [["a", "a/inner"], "a/inner/n.ipynb", "inner/n.ipynb"],
  [["a", "a/inner"], "a/n.ipynb", "a/n.ipynb"],
])("an editor opened on %j calls %j %j", (names, path, name) => {
  const folders = opened(...names);
  expect(folders.named(join(top, path))).toBe(name);
  expect(folders.pathOf(name)).toBe(join(top, path));
});

it("names a file the same through the symbolic link that the editor was opened on", () => {
  const folders = opened("link");
  for (const way of ["a", "link"]) expect(folders.named(join(top, way, "n.ipynb"))).toBe("n.ipynb");
  expect(folders.pathOf("n.ipynb")).toBe(join(top, "a", "n.ipynb"));
});

it("leaves absolute paths and addresses as they are where no folder says more", () => {
  expect(opened("a", "b").named(join(top, "elsewhere", "x.csv"))).toBe(join(top, "elsewhere", "x.csv"));
  expect(opened().named("/x.csv")).toBe("/x.csv");
  expect(opened("a").named("s3://bucket/x.csv")).toBe("s3://bucket/x.csv");
  expect(opened("a").pathOf("/x.csv")).toBe("/x.csv");
});

it("takes a file outside of several folders for none of theirs, and one outside of the only folder for its own", () => {
  const outside = join(top, "elsewhere", "n.ipynb");
  expect(opened("a", "b").holding(outside)).toBeNull();
  expect(opened("a").holding(outside)?.path).toBe(join(top, "a"));
  expect(opened("a").contains(outside)).toBe(false);
  expect(opened().holding(outside)).toBeNull();
});

it("refuses a name that says no open folder", () => {
  expect(() => opened().pathOf("n.ipynb")).toThrow(/no folder that is open/);
  expect(() => opened("a", "b").pathOf("c/n.ipynb")).toThrow(/no folder that is open/);
});

it("names files anew when folders come and go", () => {
  const folders = opened("a");
  const b = { uri: pathToFileURL(join(top, "b")).href, name: "b" };
  folders.change({ added: [b], removed: [] });
  expect(folders.named(join(top, "a", "n.ipynb"))).toBe("a/n.ipynb");
  folders.change({ added: [], removed: [b] });
  expect(folders.named(join(top, "a", "n.ipynb"))).toBe("n.ipynb");
});

it("knows no folder that is not on this disk", () => {
  expect(openFolders([{ uri: "vscode-vfs://github/x/y", name: "y" }]).all()).toEqual([]);
});
