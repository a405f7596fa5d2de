import type { SaidFindings } from "@lookback/protocol/findings.ts";
import { expect, it } from "vitest";
import type { Host } from "../../host.ts";
import { explainLeak } from "./explain-leak.ts";

const leak = {
  rule: "scaler-before-split",
  title: "",
  message: "",
  cellId: "c",
  cell: 3,
  line: 2,
  reaches: true,
};
const finding = { id: "F", rule: leak.rule, at: { cellId: "c", range: { start: { line: 1 } } } };

/** What a host was told to show, whose server says this of a notebook. */
async function shown(uri: string | null, said: object | null | Error): Promise<unknown[]> {
  const told: unknown[] = [];
  const host = {
    request: async () => {
      if (said instanceof Error) throw said;
      return { said: said as SaidFindings | null };
    },
    openPanel: (...panel: unknown[]) => void told.push(panel),
    openRulePage: (rule: string) => void told.push(rule),
  } as unknown as Host;
  await explainLeak(host, uri, leak);
  return told;
}

it("opens the page of a finding that stands where it stood, else that of its rule", async () => {
  const uri = "file:///n.ipynb";
  const page = ["finding", { uri, finding: "F", rule: leak.rule }];
  expect(await shown(uri, { uri, findings: [finding] })).toEqual([page]);
  const moved = { ...finding, at: { ...finding.at, range: { start: { line: 5 } } } };
  expect(await shown(uri, { uri, findings: [moved] })).toEqual([leak.rule]);
  expect(await shown(uri, null)).toEqual([leak.rule]);
  expect(await shown(uri, new Error("the server is gone"))).toEqual([leak.rule]);
  expect(await shown(null, { uri, findings: [finding] })).toEqual([leak.rule]);
});
