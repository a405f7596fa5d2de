import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { getFile } from "../../objects/read-file.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { tool } from "../fixtures/tool.ts";
import { filesOfFolder } from "../read/files-of-folder.ts";
import { listRuns } from "../read/list-runs.ts";
import { showRun } from "../read/show-run.ts";
import { importRuns } from "./import-runs.ts";
import { readDvc } from "./read-dvc.ts";

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const [data, folder, one] = ["a".repeat(32), `${"b".repeat(32)}.dir`, "c".repeat(32)];

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const lock = (rate: number) => `schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {path: d.csv, hash: md5, md5: ${data}, size: 8}
    - {path: train.py, hash: md5, md5: ${"d".repeat(32)}, size: 4}
    params:
      params.yaml:
        train: {lr: ${rate}, deep: true}
    outs:
    - {path: parts, hash: md5, md5: ${folder}, size: 3, nfiles: 1}
`;

/** A project as DVC leaves it after \`repro\` and one experiment. */
function project(): string {
  const root = mkdtempSync(join(tmpdir(), "lookback-dvc-"));
  const cache = ".dvc/cache/files/md5";
  const ran = (rate: number) => ({
    "dvc.lock": lock(rate),
    "dvclive/metrics.json": `{"auc": ${rate * 2}, "val": {"loss": 0.5}, "step": 1}`,
    "dvclive/plots/metrics/val/loss.tsv": "step\tval/loss\n0\t0.7\n1\t0.5\n",
  });
  write(root, {
    ".dvc/config": "",
    ".gitignore": "/.dvc/cache\n",
    "dvc.yaml": "metrics: [dvclive/metrics.json]\n",
    ...ran(0.1),
    [`${cache}/aa/${data!.slice(2)}`]: "a,b\n1,2\n",
    [`${cache}/bb/${folder!.slice(2)}`]: `[{"md5": "${one}", "relpath": "x/1.txt"}]`,
    [`${cache}/cc/${one!.slice(2)}`]: "one",
  });
  const git = (...args: readonly string[]) => tool(root, "git", ...args).trim();
  git("init", "-q", "-b", "main", ".");
  git("add", "-A");
  git("commit", "-q", "-m", "base");
  const base = git("rev-parse", "HEAD");
  write(root, ran(0.3));
  git("commit", "-q", "-a", "-m", "experiment");
  git("update-ref", `refs/exps/${base.slice(0, 2)}/${base.slice(2)}/higher`, "HEAD");
  git("update-ref", "refs/exps/exec/EXEC_HEAD", base);
  git("update-ref", "refs/heads/main", base);
  return root;
}

it("makes runs of a DVC project's newest commit and its experiments", async () => {
  const root = project();
  const to = await freshStore();
  const done = await importRuns(to, await readDvc(root), quiet);
  expect(done.problems).toEqual([]);
  expect(done.added.map(({ name }) => name)).toEqual([null, "higher"]);
  const [base, higher] = await Promise.all(done.added.map(({ id }) => showRun(to, id)));
  expect(base?.parameters).toEqual({ "train.lr": 0.1, "train.deep": true });
  expect(higher?.parameters).toEqual({ "train.lr": 0.3, "train.deep": true });
  expect(higher?.git?.head).toBe(tool(root, "git", "rev-parse", "HEAD").trim());
  expect(higher?.session.startedFrom).toBe("DVC import");
  expect(higher?.metrics.map(({ name, value, values }) => [name, value, values])).toEqual([
    ["auc", 0.6, null],
    ["val/loss", 0.5, [0.7, 0.5]],
  ]);
  const use = (path: string) => higher!.datasets.find((each) => each.path === path)!;
  expect((await getFile(to.objects, use("d.csv").sha256!)).toString()).toBe("a,b\n1,2\n");
  expect(use("train.py")).toMatchObject({ access: "read", sha256: null, stored: false });
  expect(use("parts")).toMatchObject({ access: "write", kind: "folder", stored: true });
  expect((await filesOfFolder(to, use("parts").sha256!)).map(({ path }) => path)).toEqual(["x/1.txt"]);
  expect(base?.datasets.find(({ path }) => path === "d.csv")?.sha256).toBe(use("d.csv").sha256);
  expect(await importRuns(to, await readDvc(root), quiet)).toMatchObject({ added: [], known: 2 });
  expect((await listRuns(to)).runs).toHaveLength(2);
});

it.each([
  [
    "a file that leads out of it",
    `[{"md5": "${one}", "relpath": "1.txt"}, {"md5": "${one}", "relpath": "../o"}]`,
  ],
  ["no list that can be read", "[unclosed"],
])("names a folder only, and says why, whose list has %s", async (_, list) => {
  const root = mkdtempSync(join(tmpdir(), "lookback-dvc-"));
  const cache = ".dvc/cache/files/md5";
  write(root, {
    ".dvc/config": "",
    "dvc.lock": lock(0.2),
    "dvclive/metrics.json": '{"auc": NaN, "f1": 0.5}',
    "dvclive/plots/metrics/loss.tsv": "step\tloss\n0\t0.7\n1\t\n2\tnan\n",
    [`${cache}/bb/${folder!.slice(2)}`]: list,
    [`${cache}/cc/${one!.slice(2)}`]: "one",
  });
  const to = await freshStore();
  const { added } = await importRuns(to, await readDvc(root), quiet);
  const run = await showRun(to, added[0]!.id);
  expect(run.datasets.find(({ path }) => path === "parts")).toMatchObject({ sha256: null, stored: false });
  const said = run.notes.map(({ message }) => message).join("\n");
  expect(said).toContain(
    "parts is named only: the list of its files in DVC's cache cannot be read as a whole.",
  );
  expect(said).toMatch(/auc in dvclive\/metrics\.json is no finite number, and was left out\./);
  expect(said).toMatch(/2 of 3 values in dvclive\/plots\/metrics\/loss\.tsv are no finite number/);
  expect(run.metrics.map(({ name, value }) => [name, value])).toEqual([
    ["f1", 0.5],
    ["loss", 0.7],
  ]);
});

it("reads a project without git as it lies there, and passes over a lock that is broken", async () => {
  const root = mkdtempSync(join(tmpdir(), "lookback-dvc-"));
  write(root, { ".dvc/config": "", "dvc.lock": lock(0.2) });
  const to = await freshStore();
  const done = await importRuns(to, await readDvc(root), quiet);
  expect((await showRun(to, done.added[0]!.id)).parameters).toMatchObject({ "train.lr": 0.2 });
  expect((await importRuns(to, await readDvc(root), quiet)).known).toBe(1);
  write(root, { "dvc.lock": "stages: [unclosed" });
  expect((await importRuns(to, await readDvc(root), quiet)).problems).toEqual([
    expect.stringMatching(/^dvc\.lock of .* cannot be read/),
  ]);
  await expect(readDvc(mkdtempSync(join(tmpdir(), "x-")))).rejects.toMatchObject({
    code: "import/nothing-there",
  });
});
