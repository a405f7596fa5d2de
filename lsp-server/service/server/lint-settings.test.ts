import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, it } from "vitest";
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { startServer } from "./start-server.ts";

const leak = `X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)`;

let root: string;
let client: ProtocolConnection;
let refreshed: () => void;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lookback-lint-settings-"));
  return () => rmSync(root, { recursive: true, force: true });
});

/** Connects; `configuration` is what the client answers about its settings, null one that answers nothing. */
async function connect(configuration: (() => unknown) | null): Promise<void> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    compiler: [],
    pipeline: [],
    log: () => {},
  });
  client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.onRequest("workspace/diagnostic/refresh", () => {
    refreshed();
    return null;
  });
  client.onRequest("workspace/configuration", () => [configuration?.()]);
  client.onRequest("client/registerCapability", () => null);
  client.listen();
  await client.sendRequest("initialize", {
    processId: null,
    rootUri: pathToFileURL(root).href,
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: {
        diagnostics: { refreshSupport: true },
        ...(configuration === null
          ? {}
          : { configuration: true, didChangeConfiguration: { dynamicRegistration: true } }),
      },
    },
  });
  await client.sendNotification("initialized", {});
  await open("leak.py", leak);
}

const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
const open = (name: string, text: string) =>
  client.sendNotification("textDocument/didOpen", {
    textDocument: { uri: uriOf(name), languageId: "python", version: 1, text },
  });

async function diagnose(name: string): Promise<readonly Diagnostic[]> {
  const report = await client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri: uriOf(name) },
  });
  return report.kind === "full" ? report.items : [];
}

/** What is said of the script once it is asked about again as often as it takes; findings and settings only. */
async function saidUntil(expected: readonly string[]): Promise<void> {
  for (;;) {
    const news = new Promise<void>((resolve) => {
      refreshed = resolve;
    });
    const said = (await diagnose("leak.py"))
      .filter(({ code }) => !String(code).startsWith("coverage/"))
      .map(({ code, severity, message }) => (code === "settings" ? message : `${code} ${severity}`));
    if (JSON.stringify(said) === JSON.stringify(expected)) return;
    await news;
  }
}

const reported = ["scaler-before-split 2"];
const offIn = (from: string) => [`scaler-before-split is off ${from}.`];

it("goes by lookback.toml as it is written, changed, broken and removed", async () => {
  await connect(null);
  const path = join(root, "lookback.toml");
  await saidUntil(reported);
  writeFileSync(path, 'lint.rules.scaler-before-split = "off"\n');
  await saidUntil(offIn("in lookback.toml"));
  writeFileSync(path, 'lint.rules.scaler-before-split = "error"\n');
  await saidUntil(["scaler-before-split 1"]);
  writeFileSync(path, 'lint.rules.scaler-before-split = "erorr"\n');
  await saidUntil([
    ...reported,
    'lookback.toml, line 1: lint.rules.scaler-before-split is "erorr"; it can be "off", "on", "information", "warning", "error". Did you mean "error"? Nothing of these settings is used.',
  ]);
  rmSync(path);
  await saidUntil(reported);
});

it("asks an editor that answers what its settings are, and again when they change", async () => {
  let rules: object = { "scaler-before-split": "off" };
  await connect(() => ({ profile: "default", rules }));
  await saidUntil(offIn("in the editor's settings"));
  rules = {};
  await client.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await saidUntil(reported);
});

it("hears an editor that only says them, below what the project says", async () => {
  await connect(null);
  await client.sendNotification("workspace/didChangeConfiguration", {
    settings: { lookback: { lint: { rules: { "scaler-before-split": "off" } } } },
  });
  await saidUntil(offIn("in the editor's settings"));
  writeFileSync(join(root, "lookback.toml"), 'lint.rules.scaler-before-split = "on"\n');
  await saidUntil(reported);
});

it("says what an editor's settings name that does not exist", async () => {
  await connect(() => ({ rules: { "scaler-before-spilt": "off" } }));
  await saidUntil([
    ...reported,
    `The editor's settings: There is no rule called "scaler-before-spilt"; it is not heeded. Did you mean "scaler-before-split"?`,
  ]);
});

it("says what is wrong in an open lookback.toml as it is typed, and checks no Python in it", async () => {
  await connect(null);
  await open("lookback.toml", '[lint]\nprofil = "quiet"\n');
  expect(await diagnose("lookback.toml")).toEqual([
    {
      code: "settings",
      message: 'There is no setting called "profil" in lint; it is not heeded. Did you mean "profile"?',
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } },
      severity: 2,
      source: "lookback",
    },
  ]);
});
