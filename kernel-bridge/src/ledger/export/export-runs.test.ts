import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tableRows } from "../../objects/fixtures/object-fixtures.ts";
import { putFile } from "../../objects/put-file.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { hasTool, tool } from "../fixtures/tool.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import type { WritableStore } from "../store/store.ts";
import type { ExportForm } from "./export-folder.ts";
import { exportRuns } from "./export-runs.ts";
import { exportedFiles } from "./exported-files.ts";

const folder = () => mkdtempSync(join(tmpdir(), "lookback-export-"));
const dvc = process.env.LOOKBACK_DVC ?? "dvc";

async function put(store: WritableStore, path: string, text: string) {
  const file = join(store.root, "bytes");
  writeFileSync(file, text);
  const { sha256, size } = await putFile(store.objects, file);
  return { path, sha256, size, stored: true };
}

const give = (store: WritableStore, form: ExportForm, to: string, runs: readonly string[] = []) =>
  exportRuns(store, {
    form,
    folder: to,
    runs,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

/** Two runs: one read two versions of a file and wrote one, the other read what the store does not have. */
async function twoRuns() {
  const store = await freshStore();
  const first = tableRows(1, 2_000).join("");
  const second = `${first}one,more,row\n`;
  const one = await appendRun(store, {
    uses: [
      await put(store, "data/d é.csv", first),
      await put(store, "data/d é.csv", second),
      { ...(await put(store, "out/o.csv", "a,b\n1,2\n")), access: "write" },
      { ...(await put(store, "../outside.csv", "x")), access: "read" },
      { path: "https://example.org/d.csv", sha256: "1".repeat(64), stored: false },
    ],
  });
  const two = await appendRun(store, {
    uses: [
      await put(store, "data/d é.csv", second),
      { path: "gone.csv", sha256: "0".repeat(64), stored: true },
    ],
  });
  return { store, first, second, one, two };
}

it.each(["lfs", "dvc", "openlineage"] as const)("stops an export to %s when it is told to", async (form) => {
  const { store } = await twoRuns();
  const stopped = exportRuns(store, {
    form,
    folder: folder(),
    runs: [],
    signal: AbortSignal.abort(),
    onProgress: () => undefined,
  });
  await expect(stopped).rejects.toMatchObject({ code: "export/stopped" });
});

it("puts beside each other what is one name on a disk that knows no case, or no two ways to write an accent", async () => {
  const store = await freshStore();
  const one = await appendRun(store, {
    uses: [
      await put(store, "d.csv", "1\n"),
      await put(store, "D.csv", "2\n"),
      await put(store, "\u00e9.csv", "3\n"),
      await put(store, "e\u0301.csv", "3\n"),
      await put(store, "Data/x.csv", "4\n"),
      await put(store, "data", "5\n"),
    ],
  });
  const places = (await exportedFiles(store, [one.id])).runs.flatMap(({ files }) =>
    files.map(({ place }) => place),
  );
  const hash = (at: number) => one.datasets[at]!.sha256!.slice(0, 12);
  expect(places).toEqual([
    "read/d.csv",
    `read/${hash(1)}/D.csv`,
    "read/\u00e9.csv",
    `read/${hash(3)}/e\u0301.csv`,
    "read/Data/x.csv",
    `read/${hash(5)}/data`,
  ]);
});

const missing = [
  expect.stringMatching(/^\.\.\/outside\.csv of run .* lies outside of the workspace/),
  expect.stringMatching(/^read\/gone\.csv of run .* not in the store/),
];

it.runIf(hasTool("git", "lfs", "version"))("gives git-lfs what it checks out, byte for byte", async () => {
  const { store, first, second, one, two } = await twoRuns();
  const to = folder();
  expect(await give(store, "lfs", to, [two.id])).toMatchObject({ runs: [two.id], files: 1 });
  const done = await give(store, "lfs", to);
  expect(done).toEqual({
    runs: [one.id, two.id],
    files: 4,
    bytes: first.length + second.length + 8,
    missing,
  });
  const commits = () => tool(to, "git", "rev-list", "--count", "main").trim();
  expect(commits()).toBe("2");
  await give(store, "lfs", to);
  expect(commits()).toBe("2");
  tool(to, "git", "fsck", "--full", "--strict");
  const clone = join(folder(), "clone");
  tool(to, "git", "lfs", "install", "--skip-repo");
  tool(to, "git", "clone", "-q", `file://${to}`, clone);
  const read = (...path: string[]) => readFileSync(join(clone, ...path), "utf8");
  expect(read(one.id, "read/data/d é.csv")).toBe(first);
  const other = one.datasets[1]!.sha256!.slice(0, 12);
  expect(read(one.id, "read", other, "d é.csv")).toBe(second);
  expect(read(one.id, "written/out/o.csv")).toBe("a,b\n1,2\n");
  expect(read(two.id, "read/data/d é.csv")).toBe(second);
  expect(read(one.id, "notebook.ipynb")).toBe(Buffer.from(await readRunNotebook(store, one.id)).toString());
  expect(JSON.parse(read(one.id, "run.json")).id).toBe(one.id);
  expect(tool(clone, "git", "status", "--porcelain")).toBe("");
  tool(clone, "git", "lfs", "fsck");
});

it.runIf(hasTool(dvc, "--version"))("gives DVC what it checks out, byte for byte", async () => {
  const { store, first, second, one, two } = await twoRuns();
  const to = folder();
  const done = await give(store, "dvc", to);
  expect(done).toMatchObject({ files: 4, bytes: first.length + second.length + 8, missing });
  tool(to, dvc, "checkout");
  expect(readFileSync(join(to, one.id, "read/data/d é.csv"), "utf8")).toBe(first);
  expect(readFileSync(join(to, two.id, "read/data/d é.csv"), "utf8")).toBe(second);
  expect(readFileSync(join(to, one.id, "written/out/o.csv"), "utf8")).toBe("a,b\n1,2\n");
  expect(tool(to, dvc, "status")).toMatch(/up to date/);
  // Its own second opinion on each byte, from nothing but the cache.
  rmSync(join(to, one.id, "read"), { recursive: true });
  await give(store, "dvc", to);
  tool(to, dvc, "checkout");
  expect(readFileSync(join(to, one.id, "read/data/d é.csv"), "utf8")).toBe(first);
});

it("writes into no folder that holds something else", async () => {
  const store = await freshStore();
  await appendRun(store);
  const to = folder();
  writeFileSync(join(to, "mine.txt"), "mine");
  await expect(give(store, "lfs", to)).rejects.toMatchObject({ code: "export/not-empty" });
  expect(readdirSync(to)).toEqual(["mine.txt"]);
  const other = folder();
  await give(store, "dvc", other);
  await expect(give(store, "lfs", other)).rejects.toMatchObject({ code: "export/not-empty" });
});

it("writes nothing where one of the runs is not there", async () => {
  const { store, one } = await twoRuns();
  const to = folder();
  await expect(give(store, "dvc", to, [one.id, "NOSUCH"])).rejects.toMatchObject({
    code: "ledger/no-such-run",
  });
  expect(readdirSync(to)).toEqual([]);
});
