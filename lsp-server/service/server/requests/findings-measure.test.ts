import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import type { MeasureOffer } from "@lookback/protocol/measure.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { startServer } from "../start-server.ts";

const cells = [
  `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()`,
  "train, test = train_test_split(visits, test_size=0.25, random_state=0)",
  `model = LogisticRegression().fit(train[["before"]], train["ill"])
model.score(test[["before"]], test["ill"])`,
  "print('nothing of it')",
];

describe("measuring a finding in a kernel", () => {
  const root = mkdtempSync(join(tmpdir(), "lookback-measure-"));
  const notebook = pathToFileURL(join(root, "visits.ipynb")).href;
  const uriOf = (at: number) => `cell:/${at}`;
  const cell = (at: number, executionOrder?: number) => ({
    kind: 2,
    document: uriOf(at),
    metadata: { id: `c${at}` },
    ...(executionOrder === undefined ? {} : { executionSummary: { executionOrder, success: true } }),
  });
  let version = 1;
  let client: ProtocolConnection;
  let kernel: Kernel;

  const cutFinding = async (): Promise<Diagnostic | undefined> => {
    const { items } = await client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri: uriOf(1) },
    });
    return items.find(({ code }) => code === "group-across-split");
  };
  const offered = async (): Promise<CodeAction | undefined> => {
    const finding = await cutFinding();
    const actions = await client.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: uriOf(1) },
      range: finding?.range,
      context: { diagnostics: [] },
    });
    return actions.find(({ title }) => title.startsWith("Measure it"));
  };
  const changeCells = (change: object) =>
    client.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri: notebook, version: ++version },
      change: { cells: change },
    });
  const run = async (code: string) => {
    let printed = "";
    await kernel.execute(code, {
      silent: true,
      onMessage: ({ header, content }) => {
        const { text } = content;
        if (header.msg_type === "stream") printed += String(text);
      },
    });
    return printed;
  };
  const measure = async ({ uri, rule, range }: MeasureOffer) => {
    const place = { uri, rule, range };
    const { code, asked } = await client.sendRequest<{ code: string; asked: string }>(
      "lookback/findings/measurement",
      place,
    );
    return client.sendRequest("lookback/findings/measured", { ...place, asked, printed: await run(code) });
  };

  beforeAll(async () => {
    const rows = Array.from({ length: 200 }, (_, at) => `${at % 20},${at % 3 === 0 ? 1 : 0}`);
    writeFileSync(join(root, "visits.csv"), `patient_id,ill\n${rows.join("\n")}\n`);
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
      compiler: ["node", "compile"],
      pipeline: ["node", "serve"],
      log: () => undefined,
    });
    client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.onRequest("workspace/diagnostic/refresh", () => null);
    client.listen();
    await client.sendRequest("initialize", {
      processId: null,
      rootUri: pathToFileURL(root).href,
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { diagnostics: { refreshSupport: true } },
      },
      initializationOptions: { asksReason: true, measures: true, showsRulePages: false },
    });
    await client.sendNotification("initialized", {});
    await client.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: notebook,
        notebookType: "jupyter-notebook",
        version,
        cells: cells.map((_, at) => cell(at)),
      },
      cellTextDocuments: cells.map((text, at) => ({
        uri: uriOf(at),
        languageId: "python",
        version: 1,
        text,
      })),
    });
    kernel = await launchKernel({ cwd: root });
  }, 60_000);
  afterAll(() => kernel.shutdown());

  it("says what has not run, and then counts", async () => {
    const offer = (await offered())?.command?.arguments?.[0] as MeasureOffer;
    expect(offer).toMatchObject({
      notebook,
      uri: uriOf(1),
      rule: "group-across-split",
      asks: "How many test rows are of a patient_id that has training rows too?",
    });
    await kernel.execute(cells[0] ?? "");
    expect(await measure(offer)).toEqual({
      verdict: "unmeasured",
      says: "Cell 2 has not run as it stands now. Run it, and measure again.",
    });
    expect((await cutFinding())?.severity).toBe(2);

    for (const at of [1, 2, 3]) await kernel.execute(cells[at] ?? "");
    const says = "50 of 50 test rows (100 %) are of a `patient_id` that has training rows too.";
    expect(await measure(offer)).toEqual({ verdict: "stands", says });
    const finding = await cutFinding();
    expect(finding?.severity).toBe(1);
    expect(finding?.message).toContain(`Measured: ${says}`);
    expect(finding?.data).toMatchObject({ measured: { verdict: "stands", says } });
    expect(await run("print('_lookback_measure' in globals())")).toBe("False\n");
  });

  it("keeps what was counted until what it rests on changes, or runs again", async () => {
    await changeCells({
      textContent: [
        {
          document: { uri: uriOf(3), version: 2 },
          changes: [{ text: "print('other text')" }],
        },
      ],
    });
    expect((await cutFinding())?.severity).toBe(1);
    await changeCells({ data: [cell(1, 9)] });
    expect((await cutFinding())?.severity).toBe(2);
    const offer = (await offered())?.command?.arguments?.[0] as MeasureOffer;
    await measure(offer);
    expect((await cutFinding())?.severity).toBe(1);
    await changeCells({
      textContent: [
        {
          document: { uri: uriOf(1), version: 2 },
          changes: [{ text: "train, test = train_test_split(visits, test_size=0.5, random_state=0)" }],
        },
      ],
    });
    expect((await cutFinding())?.severity).toBe(2);
  });

  it("measures nothing of a finding that is gone, and takes no answer to another question", async () => {
    const offer = (await offered())?.command?.arguments?.[0] as MeasureOffer;
    const { uri, rule, range } = offer;
    const gone = { uri, rule: "id-as-feature", range };
    await expect(client.sendRequest("lookback/findings/measurement", gone)).rejects.toMatchObject({
      data: {
        code: "findings/not-measured",
        message: expect.stringContaining("The finding is not there any more"),
      },
    });
    await expect(
      client.sendRequest("lookback/findings/measured", { uri, rule, range, asked: "{}", printed: "" }),
    ).rejects.toMatchObject({ data: { code: "findings/not-measured" } });
  });
});
