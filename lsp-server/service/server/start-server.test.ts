import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { journalPath } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type CodeAction,
  type CodeLens,
  type CompletionList,
  createConnection,
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type Hover,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { startServer } from "./start-server.ts";

const demo = join(import.meta.dirname, "../../../extension/demo");
const csv = "origin,time_hour,temp,predicted_at,late\nEWR,2013-01-01 10:00:00,3.5,2013-01-01 11:00:00,true\n";
const definitions = `from datetime import timedelta
from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
origin = Entity(name="origin", join_keys=["origin"])
weather = FileSource(name="weather", path="d.csv", timestamp_field="time_hour")
flights = FileSource(name="flights", path="d.csv", timestamp_field="predicted_at")
view = FeatureView(name="view", entities=[origin], source=weather, schema=[Field(name="temp", dtype=Float64)])
rows = TrainingSet(name="rows", spine=flights, label="late", features=["view:temp"])`;

interface CellText {
  readonly id: string;
  readonly source: string;
}

describe("a language server", () => {
  const root = mkdtempSync(join(tmpdir(), "lookback-server-"));
  const uri = (name: string) => pathToFileURL(join(root, name)).href;
  const cellUri = (id: string) => `lookback-cell:/${id}`;
  const logged: string[] = [];
  let refreshes = 0;
  let client: ProtocolConnection;

  beforeAll(async () => {
    writeFileSync(join(root, "d.csv"), csv);
    cpSync(demo, root, { recursive: true });
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
      compiler: ["node", "compile"],
      pipeline: ["node", "serve"],
      log: (level, event) => void logged.push(`${level} ${event}`),
    });
    client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.onRequest("workspace/diagnostic/refresh", () => {
      refreshes++;
      return null;
    });
    client.onRequest("workspace/codeLens/refresh", () => null);
    client.listen();
    const { capabilities } = await client.sendRequest<{ capabilities: object }>("initialize", {
      processId: null,
      rootUri: pathToFileURL(root).href,
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true } },
      },
    });
    expect(capabilities).toMatchObject({
      hoverProvider: true,
      diagnosticProvider: { interFileDependencies: true },
    });
    await client.sendNotification("initialized", {});
  });

  const open = async (name: string, cells: readonly CellText[]) => {
    await client.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: uri(name),
        notebookType: "jupyter-notebook",
        version: 1,
        cells: cells.map(({ id }) => ({ kind: 2, document: cellUri(id), metadata: { id } })),
      },
      cellTextDocuments: cells.map(({ id, source }) => ({
        uri: cellUri(id),
        languageId: "python",
        version: 1,
        text: source,
      })),
    });
  };
  const codeCells = (name: string): CellText[] =>
    JSON.parse(readFileSync(join(demo, name), "utf8"))
      .cells.filter((cell: { cell_type: string }) => cell.cell_type === "code")
      .map((cell: { id: string; source: string[] }) => ({
        id: cell.id,
        source: [cell.source].flat().join(""),
      }));
  const diagnose = async (id: string) => {
    const textDocument = { uri: cellUri(id) };
    const report = await client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument,
    });
    return report.kind === "full" ? report.items : [];
  };

  it("says at its place what it did not read, quietly", async () => {
    await open("unread.ipynb", [
      { id: "u1", source: "x = 1\n%run prepare.py" },
      { id: "u2", source: "%%notify\ny = 2" },
      { id: "u3", source: "z = 3" },
    ]);
    const seen = async (id: string) =>
      (await diagnose(id)).map(({ code, severity, range, source }) => [
        code,
        severity,
        range.start.line,
        source,
      ]);
    expect(await seen("u1")).toEqual([["coverage/runs-elsewhere", 3, 1, "lookback"]]);
    expect(await seen("u2")).toEqual([["coverage/body-taken-for-python", 4, 0, "lookback"]]);
    expect(await seen("u3")).toEqual([]);
  });

  it("tells cells of one id apart, and passes over text and other languages", async () => {
    const cells = [
      { kind: 1, languageId: "markdown", text: "# y = (" },
      { kind: 2, languageId: "python", text: "x = 1", metadata: { id: "twice" } },
      { kind: 2, languageId: "sql", text: "SELECT (", metadata: { id: "other" } },
      { kind: 2, languageId: "python", text: "%run prepare.py", metadata: { id: "twice" } },
      { kind: 2, languageId: "python", text: "%run last.py" },
    ].map((cell, at) => ({ ...cell, document: cellUri(`same${at}`) }));
    await client.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: uri("same-ids.ipynb"),
        notebookType: "jupyter-notebook",
        version: 1,
        cells: cells.map(({ kind, document, metadata }) => ({ kind, document, metadata })),
      },
      cellTextDocuments: cells.map(({ document, languageId, text }) => ({
        uri: document,
        languageId,
        version: 1,
        text,
      })),
    });
    const seen = await Promise.all(
      cells.map(async (_, at) => (await diagnose(`same${at}`)).map(({ code }) => code)),
    );
    expect(seen).toEqual([[], [], [], ["coverage/runs-elsewhere"], ["coverage/runs-elsewhere"]]);
  });

  it("finds the leaks of the leaky notebook, each in its cell, with its path and fixes", async () => {
    const cells = codeCells("late-flight-leaky.ipynb");
    await open("late-flight-leaky.ipynb", cells);
    const found = (await Promise.all(cells.map(({ id }) => diagnose(id)))).flat();
    expect(found.map((each) => each.code)).toEqual(
      expect.arrayContaining([
        "join-not-as-of",
        "outcome-proxy",
        "scaler-before-split",
        "random-split-on-time",
      ]),
    );
    for (const { data } of found) {
      expect(data.path.length).toBeGreaterThan(1);
      expect(data.why).not.toBe("");
      expect(data.instead).not.toBe("");
    }
    const scaler = found.find((each) => each.code === "scaler-before-split");
    const owner = cells.find(({ source }) => source.includes("StandardScaler()"));
    const actions = await client.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: cellUri(owner?.id ?? "") },
      range: scaler?.range,
      context: { diagnostics: [] },
    });
    expect(actions.length).toBeGreaterThanOrEqual(2);
    const allow = actions.slice(-3);
    expect(allow.map(({ title }) => title)).toEqual(
      ["here", "in this cell", "in this notebook"].map((where) => `Allow scaler-before-split ${where}…`),
    );
    // It did not say that it asks for the reason: the person writes it into the comment.
    expect(Object.values(allow[0]?.edit?.changes ?? {}).flat()).toMatchObject([
      { newText: "# lookback: allow scaler-before-split — \n" },
    ]);
  });

  it("tells a chain of preparations once, where it begins, and offers what is to be done about it at each step", async () => {
    await open("chain.ipynb", [
      {
        id: "c1",
        source: 'df = pd.read_csv("a.csv")\nX = df[["a", "b"]]\nX = StandardScaler().fit_transform(X)',
      },
      { id: "c2", source: "X = SimpleImputer().fit_transform(X)" },
      {
        id: "c3",
        source:
          'X_train, X_test, y_train, y_test = train_test_split(X, df["y"])\nSVC().fit(X_train, y_train).score(X_test, y_test)',
      },
    ]);
    const [one, ...others] = await diagnose("c1");
    expect(others).toEqual([]);
    expect(one).toMatchObject({ code: "scaler-before-split", range: { start: { line: 2 } } });
    expect(one?.message).toMatch(/^The scaler and the imputer have seen the test rows\. /);
    expect(
      one?.relatedInformation?.slice(0, 2).map(({ location, message }) => [location.uri, message]),
    ).toEqual([
      [cellUri("c1"), "StandardScaler learns from all rows"],
      [cellUri("c2"), "SimpleImputer learns from all rows"],
    ]);
    expect(await diagnose("c2")).toEqual([]);
    const titlesAt = async (cell: string, line: number) => {
      const actions = await client.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri: cellUri(cell) },
        range: { start: { line, character: 6 }, end: { line, character: 6 } },
        context: { diagnostics: [] },
      });
      return actions.map(({ title }) => title);
    };
    const [fix, ...allowed] = (await titlesAt("c1", 2)).filter((title) => !title.startsWith("Say first"));
    expect(fix).toBe("Split first, then fit all 2 steps on the training rows");
    expect(allowed).toEqual([
      "Allow scaler-before-split here…",
      "Allow scaler-before-split in this cell…",
      "Allow scaler-before-split in this notebook…",
      "Allow imputer-before-split at SimpleImputer…",
    ]);
    expect((await titlesAt("c2", 0))[0]).toBe(fix);
  });

  it("answers with the page of a rule, and with none of what is no rule", async () => {
    const page = (rule: string) => client.sendRequest("lookback/rules/page", { rule });
    expect(await page("multi-test")).toEqual({ page: expect.stringMatching(/^# .+\n\n`multi-test`: /) });
    expect(await page("__proto__")).toEqual({ page: null });
  });

  it("fixes all that is safe as one edit, for a client that asks for that alone", async () => {
    const [first] = codeCells("late-flight-leaky.ipynb");
    const [action, ...others] = await client.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: cellUri(first?.id ?? "") },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    expect(others).toEqual([]);
    expect(action).toMatchObject({ title: "Fix all that is safe", kind: "source.fixAll.lookback" });
    const written = Object.values(action?.edit?.changes ?? {}).flat();
    expect(written.map(({ newText }) => newText).join("\n")).toMatch(/\.fit_transform\(\w*train\w*\)/);
  });

  it("tells of a run that another process records", async () => {
    const told: unknown[] = [];
    client.onNotification("lookback/runs/changed", (change) => told.push(change));
    const notebook = join(root, "elsewhere.ipynb");
    writeFileSync(notebook, '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n');
    const store = await openStore(root);
    const at = "2026-01-02T03:04:05.000Z";
    writeFileSync(
      journalPath(store, "elsewhere"),
      `{"t": "session", "at": "${at}", "notebook": "elsewhere.ipynb", "pid": ${process.pid}, "cwd": "/"}
{"t": "cell", "at": "${at}", "cell": "c0", "source": "x", "sha256": "${"0".repeat(64)}"}
{"t": "done", "at": "${at}", "cell": "c0", "outcome": "ok", "error": null, "durationMs": 1}\n`,
    );
    const run = await recordRun(store, {
      sessionId: "elsewhere",
      notebook: "elsewhere.ipynb",
      notebookText: readFileSync(notebook, "utf8"),
      linter: null,
    });
    await expect.poll(() => told).toEqual([{ id: run?.id }]);
  });

  it("asks to be asked again when an edit changes what is true of another cell", async () => {
    const sources = [
      "X = StandardScaler().fit_transform(pd.read_csv('x.csv'))",
      "Xtr, Xte, ytr, yte = train_test_split(X, y)",
      "m = SVC().fit(Xtr, ytr)\nm.score(Xte, yte)",
    ];
    await open(
      "edit.ipynb",
      sources.map((source, at) => ({ id: `e${at}`, source })),
    );
    expect(await diagnose("e0")).toMatchObject([{ code: "scaler-before-split", severity: 2 }]);
    await diagnose("e2");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = refreshes;
    await client.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri: uri("edit.ipynb"), version: 2 },
      change: {
        cells: {
          textContent: [{ document: { uri: cellUri("e2"), version: 2 }, changes: [{ text: "print(X)" }] }],
        },
      },
    });
    await diagnose("e2");
    await expect.poll(() => refreshes).toBeGreaterThan(before);
    // Nobody has learned from the parts now: no leak any more, and one about to be.
    expect(await diagnose("e0")).toMatchObject([{ code: "scaler-before-split", severity: 3 }]);
  });

  it("has nothing to say of the good notebook", async () => {
    const cells = codeCells("late-flight.ipynb").map((cell) => ({ ...cell, id: `good-${cell.id}` }));
    await open("late-flight.ipynb", cells);
    const leaks = (await Promise.all(cells.map(({ id }) => diagnose(id)))).flat();
    expect(leaks.filter((each) => !String(each.code).startsWith("features/file-missing"))).toEqual([]);
  });

  it("completes columns read from the file, describes a view, and offers a preview", async () => {
    const typing = 'late = FileSource(name="late", path="d.csv", timestamp_field="")';
    await open("typing.ipynb", [
      { id: "t1", source: definitions },
      { id: "t2", source: typing },
    ]);
    const at = (id: string, line: number, character: number) => ({
      textDocument: { uri: cellUri(id) },
      position: { line, character },
    });
    await expect
      .poll(async () => {
        const list = await client.sendRequest<CompletionList | null>(
          "textDocument/completion",
          at("t2", 0, typing.length - 2),
        );
        return list?.items.map((item) => item.label) ?? [];
      })
      .toContain("time_hour");
    const hover = await client.sendRequest<Hover | null>("textDocument/hover", at("t1", 5, 2));
    expect(JSON.stringify(hover?.contents)).toContain("temp");
    const lenses = await client.sendRequest<CodeLens[]>("textDocument/codeLens", {
      textDocument: { uri: cellUri("t1") },
    });
    expect(lenses.map((lens) => lens.command)).toEqual([
      {
        title: expect.stringMatching(/^Preview join · 1 view, 1 feature/),
        command: "lookback.previewJoin",
        arguments: [uri("typing.ipynb"), "rows"],
      },
    ]);
    const plan = await client.sendRequest<{ tables: { path: string }[]; statements: string[] }>(
      "lookback/join/plan",
      {
        uri: uri("typing.ipynb"),
        trainingSet: "rows",
      },
    );
    expect(plan.tables.map((table) => table.path)).toContain("d.csv");
    expect(plan.statements.length).toBeGreaterThan(0);
  });

  it("answers a failure with code, message and advice, and lives on", async () => {
    await expect(client.sendRequest("lookback/runs/show", { id: "nothing" })).rejects.toMatchObject({
      data: { code: "ledger/no-such-run", advice: expect.stringContaining("lookback runs") },
    });
    await expect(
      client.sendRequest("lookback/join/plan", { uri: uri("closed.ipynb"), trainingSet: "x" }),
    ).rejects.toMatchObject({
      data: { code: "join/not-open" },
    });
    expect(await client.sendRequest("lookback/runs/list", {})).toMatchObject({
      runs: [{ notebook: "elsewhere.ipynb" }],
      total: 1,
    });
    expect(logged).toContain("warning failed");
  });
});
