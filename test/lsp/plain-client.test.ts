import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, CompletionList, Hover } from "vscode-languageserver";
import { bundledServer, type Manners, type PlainClient, plainClient } from "./plain-client.ts";

const leaky = `import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
table = pd.read_csv("x.csv")
emoji = "\u{1F600}"; X = StandardScaler().fit_transform(table[["a"]])
Xtr, Xte, ytr, yte = train_test_split(X, table["y"])
SVC().fit(Xtr, ytr).score(Xte, yte)
`;
const query = `import duckdb
import pandas as pd
from sklearn.linear_model import Ridge
sales = pd.read_csv("sales.csv")
df = duckdb.sql("SELECT more, lead(sold) OVER (ORDER BY day) AS next FROM sales").df()
train, test = df[:800], df[800:]
print(Ridge().fit(train[["next"]], train["more"]).score(test[["next"]], test["more"]))
`;
const clean = "print(1)\n";
const definitions = `from lookback import Entity, FeatureView, Field, FileSource, Float64
origin = Entity(name="origin", join_keys=["origin"])
weather = FileSource(name="weather", path="d.csv", timestamp_field="time_hour")
view = FeatureView(name="view", entities=[origin], source=weather, schema=[Field(name="temp", dtype=Float64)])
`;

let entry: string;
const folder = mkdtempSync(join(tmpdir(), "lookback-plain-"));
const clients: PlainClient[] = [];
beforeAll(async () => {
  entry = await bundledServer();
  writeFileSync(join(folder, "d.csv"), "origin,time_hour,temp\nEWR,2013-01-01 10:00:00,3.5\n");
}, 60_000);
afterAll(() => {
  for (const client of clients) client.server.kill();
  rmSync(dirname(entry), { recursive: true, force: true });
});

const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

async function connect(
  capabilities: object,
  manners?: Manners,
): Promise<{ client: PlainClient; server: { readonly [name: string]: unknown } }> {
  const client = plainClient(entry, folder, manners);
  clients.push(client);
  const { capabilities: server } = await client.request<{ capabilities: { [name: string]: unknown } }>(
    "initialize",
    { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities },
  );
  client.notify("initialized", {});
  return { client, server };
}

function openText(client: PlainClient, name: string, text: string, languageId = "python"): string {
  const uri = uriOf(name);
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  return uri;
}

const edit = (uri: string, version: number, ...contentChanges: object[]) => ({
  textDocument: { uri, version },
  contentChanges,
});

describe("an editor that says of itself nothing at all", () => {
  let client: PlainClient;
  let script: string;
  beforeAll(async () => {
    ({ client } = await connect({}));
  });

  it("is told what is wrong in a script without asking, in UTF-16 columns", async () => {
    script = openText(client, "leaky.py", leaky);
    const [finding, ...rest] = await client.published(script);
    expect(rest).toEqual([]);
    expect(finding?.code).toBe("scaler-before-split");
    expect(finding?.range.start).toEqual({ line: 5, character: leaky.split("\n")[5]?.indexOf("Standard") });
  });

  it("is told that nothing is wrong", async () => {
    expect(await client.published(openText(client, "clean.py", clean))).toEqual([]);
  });

  it("is told what SQL does to rows, once its parser has come", async () => {
    const opened = openText(client, "query.py", query);
    const found = await client.published(opened, (all) =>
      all.some(({ code }) => code === "window-crosses-label-time"),
    );
    expect(found.map(({ code }) => code)).not.toContain("coverage/sql-not-read");
  });

  it("is told anew after a change of a part, and after one of the whole", async () => {
    const line = { line: 6, character: 38 };
    client.notify(
      "textDocument/didChange",
      edit(script, 2, {
        range: { start: { line: 6, character: 0 }, end: { line: 8, character: 0 } },
        text: "",
      }),
    );
    expect(await client.published(script, (found) => found.length === 0)).toEqual([]);
    client.notify("textDocument/didChange", edit(script, 3, { text: `\n${leaky}` }));
    const [again] = await client.published(script, (found) => found.length === 1);
    expect(again?.range.start.line).toBe(line.line);
  });

  it("is offered fixes, completion and hover", async () => {
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: script },
      range: { start: { line: 6, character: 20 }, end: { line: 6, character: 20 } },
      context: { diagnostics: [] },
    });
    const here = actions.find(({ title }) => title.startsWith("Allow scaler-before-split here"));
    expect(here?.edit?.changes?.[script]?.[0]?.range.start).toEqual({ line: 6, character: 0 });
    const views = openText(client, "views.py", definitions);
    const hover = await client.request<Hover | null>("textDocument/hover", {
      textDocument: { uri: views },
      position: { line: 3, character: 2 },
    });
    expect(JSON.stringify(hover?.contents)).toContain("temp");
    await expect
      .poll(async () => {
        const list = await client.request<CompletionList | null>("textDocument/completion", {
          textDocument: { uri: views },
          position: { line: 2, character: definitions.split("\n")[2]?.indexOf("time_hour") },
        });
        return list?.items.map(({ label }) => label) ?? [];
      })
      .toContain("time_hour");
  });

  it("is told of each cell of a notebook, and that a closed one has nothing to say", async () => {
    const lines = leaky.trimEnd().split("\n");
    const cells = [lines.slice(0, 6), lines.slice(6, 7), lines.slice(7)].map((part) => part.join("\n"));
    const uri = uriOf("leaky.ipynb");
    const cellUri = (at: number) => `${uri}#cell${at}`;
    client.notify("notebookDocument/didOpen", {
      notebookDocument: {
        uri,
        notebookType: "jupyter-notebook",
        version: 1,
        cells: cells.map((_, at) => ({ kind: 2, document: cellUri(at) })),
      },
      cellTextDocuments: cells.map((text, at) => ({
        uri: cellUri(at),
        languageId: "python",
        version: 1,
        text,
      })),
    });
    expect(await client.published(cellUri(0))).toMatchObject([{ code: "scaler-before-split" }]);
    expect(await client.published(cellUri(2))).toEqual([]);
    client.notify("notebookDocument/didChange", {
      notebookDocument: { uri, version: 2 },
      change: {
        cells: {
          textContent: [{ document: { uri: cellUri(2), version: 2 }, changes: [{ text: "print(X)" }] }],
        },
      },
    });
    // No model learns from the parts any more: what was a warning is said in passing.
    expect(await client.published(cellUri(0), ([found]) => found?.severity === 3)).toHaveLength(1);
    client.notify("textDocument/didClose", { textDocument: { uri: script } });
    expect(await client.published(script, (found) => found.length === 0)).toEqual([]);
  });

  it("is told why the text of a notebook file is not checked", async () => {
    const text = `{"cells": [{"cell_type": "code", "source": ["x = 1"]}], "nbformat": 4}`;
    const [told] = await client.published(openText(client, "raw.ipynb", text, "json"));
    expect(told?.code).toBe("notebook/opened-as-text");
    expect(told?.message).toMatch(/lookback check/);
  });

  it("survives what nobody should send", async () => {
    client.notify("$/setTrace", { value: "off" });
    client.notify("workspace/didChangeConfiguration", { settings: null });
    client.notify("workspace/didChangeWatchedFiles", { changes: [] });
    client.notify("window/somethingNew", { odd: true });
    client.notify("textDocument/didChange", edit(uriOf("never-opened.py"), 1, { text: "x" }));
    client.notify("textDocument/didClose", { textDocument: { uri: uriOf("never-opened.py") } });
    client.notify("notebookDocument/didClose", {
      notebookDocument: { uri: uriOf("never.ipynb") },
      cellTextDocuments: [],
    });
    client.raw("Content-Length: 9\r\n\r\nnot json!");
    await expect(client.request("textDocument/inlayHint", {})).rejects.toThrow();
    await expect(client.request("lookback/join/plan", undefined)).rejects.toThrow();
    expect(await client.request("lookback/runs/list", {})).toMatchObject({ runs: [], total: 0 });
  });

  it("was asked nothing, and ends the server as the protocol says", async () => {
    expect(client.heard.filter(({ id }) => id !== undefined)).toEqual([]);
    expect(await client.request("shutdown")).toBeNull();
    client.notify("exit");
    expect(await client.ended).toBe(0);
  });
});

describe("an editor that asks by itself", () => {
  const asks = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true } },
  };
  for (const manners of ["never answers", "answers with an error", "answers null"] as const) {
    it(`is served on when it ${manners}`, async () => {
      const { client, server } = await connect(asks, manners);
      expect(server.diagnosticProvider).toMatchObject({ interFileDependencies: true });
      expect(server.positionEncoding).toBe("utf-16");
      const uri = openText(client, `asked-${manners.replaceAll(" ", "-")}.py`, leaky);
      for (let version = 2; version < 5; version += 1) {
        client.notify("textDocument/didChange", edit(uri, version, { text: `${leaky}# ${version}\n` }));
        const report = await client.request("textDocument/diagnostic", { textDocument: { uri } });
        expect(report).toMatchObject({ kind: "full", items: [{ code: "scaler-before-split" }] });
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      const methods = client.heard.map(({ method }) => method);
      expect(methods).toContain("workspace/diagnostic/refresh");
      expect(methods).not.toContain("textDocument/publishDiagnostics");
      await client.request("shutdown");
      client.notify("exit");
      expect(await client.ended).toBe(0);
    });
  }

  it("is not asked for what it did not offer", async () => {
    const { client } = await connect({ textDocument: { diagnostic: {} } });
    const uri = openText(client, "quiet.py", leaky);
    await client.request("textDocument/diagnostic", { textDocument: { uri } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(client.heard.filter(({ id }) => id !== undefined)).toEqual([]);
  });
});
