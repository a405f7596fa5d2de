import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import type { Params, RequestMethod, Result } from "@lookback/protocol/requests.ts";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { startServer } from "../start-server.ts";

const load =
  "from sklearn.preprocessing import StandardScaler\nimport pandas as pd\ndf = pd.read_csv('d.csv')\nX = df[['a']]";
const scale = "scaler = StandardScaler()\nX_scaled = scaler.fit_transform(X)";
const split =
  "from sklearn.model_selection import train_test_split\nX_train, X_test, y_train, y_test = train_test_split(X_scaled, df.y, random_state=0)";
const score = "from sklearn.svm import SVC\nmodel = SVC().fit(X_train, y_train)\nmodel.score(X_test, y_test)";

describe("the findings of an open notebook", () => {
  const root = mkdtempSync(join(tmpdir(), "lookback-findings-"));
  const notebook = pathToFileURL(join(root, "leaky.ipynb")).href;
  const cellUri = (id: string) => `lookback-cell:/${id}`;
  let client: ProtocolConnection;
  let version = 1;
  let told = 0;

  beforeAll(async () => {
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
      compiler: ["node", "compile"],
      pipeline: ["node", "serve"],
      log: () => undefined,
    });
    client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.onNotification("lookback/findings/changed", () => {
      told++;
    });
    client.listen();
    await client.sendRequest("initialize", {
      processId: null,
      rootUri: pathToFileURL(root).href,
      capabilities: { textDocument: { diagnostic: {}, codeAction: { disabledSupport: true } } },
      initializationOptions: { asksReason: true, explainsFindings: true },
    });
    await client.sendNotification("initialized", {});
    const cells = Object.entries({ load, scale, split, score, magic: "%run other.py" });
    await client.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: notebook,
        notebookType: "jupyter-notebook",
        version,
        cells: cells.map(([id]) => ({ kind: 2, document: cellUri(id), metadata: { id } })),
      },
      cellTextDocuments: cells.map(([id, text]) => ({
        uri: cellUri(id),
        languageId: "python",
        version: 1,
        text,
      })),
    });
  });

  const ask = <M extends RequestMethod>(method: M, params: Params<M>) =>
    client.sendRequest<Result<M>>(method, params);
  const list = async () => {
    const { said } = await ask("lookback/findings/list", { uri: notebook });
    if (said === null) throw new Error("The notebook is not open.");
    return said;
  };
  const type = async (id: string, text: string) => {
    version++;
    await client.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri: notebook, version },
      change: { cells: { textContent: [{ document: { uri: cellUri(id), version }, changes: [{ text }] }] } },
    });
  };
  const scaler = async () => {
    const { findings } = await list();
    const found = findings.find(({ rule }) => rule === "scaler-before-split");
    if (found === undefined) throw new Error("The scaler is not found.");
    return found;
  };

  it("says of each where it stands and how it reaches a score, and what was not read", async () => {
    const { uri, coverage, allowed } = await list();
    const found = await scaler();
    expect(uri).toBe(notebook);
    expect(found).toMatchObject({ severity: expect.stringMatching(/error|warning/), isLeak: true });
    expect(found.at).toMatchObject({ uri: cellUri("scale"), cellId: "scale" });
    expect(found.path.map(({ role, at }) => [role, at.uri])).toEqual([
      ["source", cellUri("scale")],
      ["split", cellUri("split")],
      ["fit", cellUri("score")],
      ["evaluate", cellUri("score")],
    ]);
    expect(coverage).toMatchObject({ said: "1 of 5 cells was not read", read: "4 of 5 cells", cells: 5 });
    expect(coverage.gaps.find(({ weight }) => weight === "unread")).toMatchObject({
      code: "coverage/runs-elsewhere",
      at: { uri: cellUri("magic") },
    });
    expect(allowed).toEqual([]);
    expect(await ask("lookback/findings/list", { uri: cellUri("split") })).toMatchObject({
      said: { uri: notebook },
    });
    expect(await ask("lookback/findings/list", { uri: `${notebook}x` })).toEqual({ said: null });
  });

  it("offers the fixes that hold, with what they replace and how the cells look then, and to allow it", async () => {
    const { id } = await scaler();
    const { offers } = await ask("lookback/findings/offers", { uri: notebook, finding: id });
    const [fix] = offers?.fixes ?? [];
    expect(fix?.kind).toBe("automatic");
    expect(offers?.whyNoFix).toBe(null);
    for (const { cellId, edits, lines } of fix?.changes ?? []) {
      const source = { scale, split, score }[cellId] ?? "";
      for (const { replaced } of edits) expect(source).toContain(replaced);
      expect(lines.some(({ left, right }) => left === null || right === null)).toBe(true);
    }
    const [here, inCell] = offers?.allowances ?? [];
    expect(here).toMatchObject({
      title: "Allow scaler-before-split here…",
      at: { uri: cellUri("scale"), range: { start: { line: 1, character: 0 } } },
      replaced: scale.split("\n")[1],
      before: "# lookback: allow scaler-before-split — ",
      after: `\n${scale.split("\n")[1]}`,
    });
    expect(inCell?.title).toMatch(/in this cell…$/);
    expect(await ask("lookback/findings/offers", { uri: notebook, finding: "none" })).toEqual({
      offers: null,
    });
  });

  it("says of which findings something can be offered, before any fix is tried", async () => {
    const { id } = await scaler();
    const before = await ask("lookback/findings/offered", { uri: notebook });
    expect(before.offered?.fixes).toContain(id);
    expect(before.offered?.allowances).toContain(id);
    await type("score", `${score}\n# lookback: allow scaler-before-split`);
    const { findings } = await list();
    const comment = findings.find(({ rule }) => rule === "allow-without-reason");
    const { offered } = await ask("lookback/findings/offered", { uri: notebook });
    expect(comment).toBeDefined();
    expect(offered?.fixes).not.toContain(comment?.id);
    expect(offered?.allowances).not.toContain(comment?.id);
    await type("score", score);
    expect(await ask("lookback/findings/offered", { uri: `${notebook}x` })).toEqual({ offered: null });
  });

  it("says it of no text that changes before all of it was looked at", async () => {
    await type("score", `${score}\nmodel.score(X_train, y_train)`);
    const asked = ask("lookback/findings/offered", { uri: notebook });
    await type("score", score);
    expect(await asked).toEqual({ offered: null });
    expect((await ask("lookback/findings/offered", { uri: notebook })).offered).not.toBeNull();
  });

  it("says whether any can be fixed without a look: where a fix that is safe holds", async () => {
    const isAnySafe = async () =>
      (await ask("lookback/findings/offered", { uri: notebook })).offered?.isAnySafe;
    expect(await isAnySafe()).toBe(true);
    expect((await ask("lookback/findings/fix-all", { uri: notebook })).changes).not.toEqual([]);
    await type("score", `${score}\nprint(model.predict(X_scaled))`);
    expect(await isAnySafe()).toBe(false);
    expect((await ask("lookback/findings/fix-all", { uri: notebook })).changes).toEqual([]);
    await type("score", score);
  });

  it("makes every fix that is safe at once", async () => {
    const { changes } = await ask("lookback/findings/fix-all", { uri: notebook });
    const written = changes.flatMap(({ edits }) => edits.map(({ newText }) => newText)).join("\n");
    expect(written).toMatch(/fit_transform\(X_train\)|\.fit\(X_train\)/);
  });

  it("lets the editor open a finding's own page from what it offers to do", async () => {
    const { id, at } = await scaler();
    const actions = await client.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: at.uri },
      range: at.range,
      context: { diagnostics: [] },
    });
    expect(actions.at(-1)).toMatchObject({
      title: "Explain scaler-before-split",
      command: {
        command: "lookback.explain",
        arguments: [{ uri: notebook, finding: id, rule: "scaler-before-split" }],
      },
    });
  });

  it("keeps a finding and its name while a line is half typed, and offers no fix until it parses", async () => {
    const before = await scaler();
    const heard = told;
    await type("scale", `rows = [\n${scale}`);
    const typing = await scaler();
    expect(typing.id).toBe(before.id);
    expect(typing.at.range.start).toEqual({ line: 2, character: before.at.range.start.character });
    expect(typing.path[0]?.at.range.start.line).toBe(2);
    const { offers } = await ask("lookback/findings/offers", { uri: notebook, finding: typing.id });
    expect(offers?.fixes).toEqual([]);
    const reason = "There is no fix for it: a cell that would be changed is no Python as it stands.";
    expect(offers?.whyNoFix).toBe(reason);
    const actions = await client.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: typing.at.uri },
      range: typing.at.range,
      context: { diagnostics: [] },
    });
    expect(actions.filter(({ disabled }) => disabled)).toEqual([
      expect.objectContaining({ title: "Fix scaler-before-split", disabled: { reason } }),
    ]);
    await expect.poll(() => told).toBeGreaterThan(heard);
    await type("scale", scale);
    expect(await scaler()).toEqual(before);
  });

  it("says preparations that feed each other as one, and allows each of them", async () => {
    const filled =
      "from sklearn.impute import SimpleImputer\nfilled = SimpleImputer().fit_transform(X)\nX_scaled = StandardScaler().fit_transform(filled)";
    await type("scale", filled);
    const { findings } = await list();
    const [chain, ...others] = findings.filter(({ at }) => at.cellId === "scale");
    expect(others).toEqual([]);
    expect(chain?.title).toBe("The imputer and the scaler have seen the test rows");
    const { offers } = await ask("lookback/findings/offers", { uri: notebook, finding: chain?.id ?? "" });
    expect(offers?.allowances.map(({ title }) => title)).toContainEqual(
      expect.stringMatching(/^Allow scaler-before-split at /),
    );
    await type("scale", scale);
  });

  it("lists what a comment allows apart from what is found", async () => {
    await type("scale", `${scale}  # lookback: allow scaler-before-split — a demonstration`);
    const { findings, allowed } = await list();
    expect(findings.map(({ rule }) => rule)).not.toContain("scaler-before-split");
    expect(allowed).toMatchObject([{ rule: "scaler-before-split", at: { uri: cellUri("scale") } }]);
    await type("scale", scale);
  });
});
