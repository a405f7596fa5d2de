import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundledServer, type PlainClient, plainClient } from "./plain-client.ts";

interface Listed {
  readonly runs: readonly { readonly id: string; readonly notebook: string }[];
  readonly total: number;
}

interface Observed {
  readonly code: string;
  readonly problem: { readonly message: string } | null;
}

let entry: string;
const top = mkdtempSync(join(tmpdir(), "lookback-several-"));
const clients: PlainClient[] = [];
beforeAll(async () => {
  entry = await bundledServer();
}, 60_000);
afterAll(() => {
  for (const client of clients) client.server.kill();
  rmSync(dirname(entry), { recursive: true, force: true });
});

/** A server that runs in a folder of its own, on the given folders. */
async function open(...names: readonly string[]): Promise<{ client: PlainClient; cwd: string }> {
  const cwd = mkdtempSync(join(top, "cwd-"));
  const client = plainClient(entry, cwd, "answers null");
  clients.push(client);
  for (const name of names) mkdirSync(join(top, name), { recursive: true });
  const folders = names.map(folderOf);
  await client.request("initialize", {
    processId: null,
    rootUri: folders[0]?.uri ?? null,
    workspaceFolders: folders.length === 0 ? null : folders,
    capabilities: { workspace: { workspaceFolders: true } },
  });
  client.notify("initialized", {});
  return { client, cwd };
}

const folderOf = (name: string) => ({
  uri: pathToFileURL(join(top, name)).href,
  name: name.split("/").at(-1),
});

const content = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

/** What a kernel would have journaled: one cell that ran well. */
async function record(client: PlainClient, notebook: string, kernelId: string): Promise<unknown> {
  const { code } = await client.request<{ code: string }>("lookback/kernel/observe", {
    notebook,
    kernelId,
    record: true,
  });
  const journal =
    /"journal\\*": \\*"([^"\\]+)/.exec(code)?.[1] ?? /journal\\*":\\*"([^"\\]+)/.exec(code)?.[1] ?? "";
  const at = "2026-01-02T03:04:05.000Z";
  writeFileSync(
    journal,
    `${JSON.stringify({ t: "session", at, notebook, pid: process.pid, cwd: "/" })}
${JSON.stringify({ t: "cell", at, cell: "c0", source: "x = 1", sha256: "0".repeat(64) })}
${JSON.stringify({ t: "done", at, cell: "c0", outcome: "ok", error: null, durationMs: 1 })}\n`,
  );
  return client.request("lookback/runs/record", { notebook, kernelId, content });
}

it("records each run in the folder of its notebook, and lists, shows and restores all of them", async () => {
  const { client } = await open("two/first", "two/second");
  for (const folder of ["first", "second"]) {
    writeFileSync(join(top, "two", folder, "n.ipynb"), JSON.stringify(content));
    expect(await record(client, `${folder}/n.ipynb`, `kernel-${folder}`)).toMatchObject({
      notebook: `${folder}/n.ipynb`,
    });
  }
  const { runs, total } = await client.request<Listed>("lookback/runs/list", {});
  expect(total).toBe(2);
  expect(runs.map(({ notebook }) => notebook).sort()).toEqual(["first/n.ipynb", "second/n.ipynb"]);
  for (const folder of ["first", "second"]) {
    const alone = await open(`two/${folder}`);
    const own = await alone.client.request<Listed>("lookback/runs/list", {});
    expect(own.runs.map(({ notebook }) => notebook)).toEqual(["n.ipynb"]);
    const run = runs.find(({ notebook }) => notebook.startsWith(folder));
    expect(run?.id).toBe(own.runs[0]?.id);
    expect(await client.request("lookback/runs/show", { id: run?.id })).toMatchObject({
      notebook: `${folder}/n.ipynb`,
    });
    const { path } = await client.request<{ path: string }>("lookback/runs/restore", { id: run?.id });
    expect(path.startsWith(`${folder}/n (run `)).toBe(true);
    expect(existsSync(join(top, "two", path))).toBe(true);
  }
  const { id } = runs[0]!;
  const { sentence } = await client.request<{ sentence: string }>("lookback/runs/reproduce", { id });
  expect(sentence).toMatch(/^Not all could be compared: what cells showed that are gone from the notebook/);
  const steps = client.heard.filter(({ method }) => method === "lookback/runs/reproducing");
  expect(steps.map(({ params }) => params)).toContainEqual({ id, step: "Restoring inputs" });
  const filtered = await client.request<Listed>("lookback/runs/list", { notebook: "second/n.ipynb" });
  expect(filtered.total).toBe(1);
});

it("gives a kernel what compiles training sets whether or not its runs are, or can be, recorded", async () => {
  const { client } = await open("unrecorded", "blocked");
  // A file where the ledger's folder would be: nobody can write there, not even whoever may write everywhere.
  writeFileSync(join(top, "blocked", ".lookback"), "");
  const ask = (notebook: string, record: boolean) =>
    client.request<Observed>("lookback/kernel/observe", { notebook, kernelId: "k", record });
  const unwanted = await ask("unrecorded/n.ipynb", false);
  expect(unwanted.problem).toBeNull();
  const impossible = await ask("blocked/n.ipynb", true);
  expect(impossible.problem?.message).toMatch(/are not recorded/);
  for (const { code } of [unwanted, impossible]) {
    expect(code).toMatch(/--compile/);
    expect(code).toMatch(/"observed\\*": *null/);
  }
});

it("tells folders of one name apart, and follows folders that come and go", async () => {
  const { client } = await open("x/data", "y/data");
  await record(client, "data (2)/n.ipynb", "kernel-y");
  expect(readdirSync(join(top, "y", "data"))).toContain(".lookback");
  client.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: [folderOf("x/data")] },
  });
  const { runs } = await client.request<Listed>("lookback/runs/list", {});
  expect(runs.map(({ notebook }) => notebook)).toEqual(["n.ipynb"]);
});

it("joins with the definitions and files of the notebook's own folder", async () => {
  const { client } = await open("j/first", "j/second");
  const text = (
    name: string,
  ) => `from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
origin = Entity(name="origin", join_keys=["origin"])
weather = FileSource(name="weather", path="d.csv", timestamp_field="at")
rows = FileSource(name="rows", path="d.csv", timestamp_field="at")
view = FeatureView(name="view", entities=[origin], source=weather, schema=[Field(name="${name}", dtype=Float64)])
train = TrainingSet(name="train", spine=rows, label="y", features=["view:${name}"])
`;
  for (const folder of ["first", "second"]) {
    writeFileSync(join(top, "j", folder, "d.csv"), `origin,at,${folder},y\nA,2013-01-01 10:00:00,3.5,true\n`);
    const uri = pathToFileURL(join(top, "j", folder, "t.py")).href;
    client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: 1, text: text(folder) },
    });
    const plan = await client.request<{ tables: { path: string }[] }>("lookback/join/plan", {
      uri,
      trainingSet: "train",
    });
    expect(plan.tables.map(({ path }) => path)).toContain(`${folder}/d.csv`);
  }
});

it("writes nothing where no folder is open, and says so when asked to record", async () => {
  const { client, cwd } = await open();
  expect(await client.request("lookback/runs/list", {})).toMatchObject({ runs: [], total: 0 });
  expect(await client.request("lookback/deployments/list", {})).toMatchObject({ deployments: [] });
  const unsaved = { notebook: "Untitled.ipynb", kernelId: "k" };
  await expect(client.request("lookback/runs/record", { ...unsaved, content })).rejects.toThrow(
    /no folder that is open.*Nothing was recorded/,
  );
  await expect(client.request("lookback/runs/show", { id: "01ABC" })).rejects.toThrow(
    /no folder that is open/,
  );
  expect(readdirSync(cwd)).toEqual([]);
});

it("does not let a folder that is gone take the runs of the others", async () => {
  const { client } = await open("gone/here", "gone/away");
  await record(client, "here/n.ipynb", "kernel-here");
  rmSync(join(top, "gone", "away"), { recursive: true });
  const fresh = plainClient(entry, top);
  clients.push(fresh);
  await fresh.request("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: [folderOf("gone/here"), folderOf("gone/away")],
    capabilities: {},
  });
  const listed = await fresh.request<Listed & { problems: unknown[] }>("lookback/runs/list", {});
  expect(listed.runs.map(({ notebook }) => notebook)).toEqual(["here/n.ipynb"]);
  expect(listed.problems).toHaveLength(1);
  expect(readFileSync(join(top, "gone", "here", ".lookback", ".gitignore"), "utf8")).toBe("*\n");
});
