import { expect, it } from "vitest";
import { panelTable } from "./panel-table.ts";

const id = "01K5B4ZC9Q3FA9C1";
const uri = "file:///w/a/late-flight.ipynb";

it.each([
  [panelTable.runs.title({}), panelTable.runs.key({}), "Runs", "runs"],
  [panelTable.run.title({ id }), panelTable.run.key({ id }), "Run 3FA9C1", `run:${id}`],
  [
    panelTable.compare.title({ ids: [id, id] }),
    panelTable.compare.key({ ids: [id, id] }),
    "Compare 3FA9C1 and 3FA9C1",
    `compare:${id},${id}`,
  ],
  [
    panelTable.compare.title({ ids: [id, id, id] }),
    panelTable.compare.key({ ids: ["a", "b"] }),
    "Compare 3 runs",
    "compare:a,b",
  ],
  [
    panelTable.lineage.title({ of: { path: "data/weather.csv", sha256: "ab" } }),
    panelTable.lineage.key({ of: { run: id } }),
    "Lineage: weather.csv",
    `lineage:[{"run":"${id}"},null]`,
  ],
  [panelTable.findings.title({}), panelTable.findings.key({}), "Findings", "findings"],
  [
    panelTable.finding.title({ uri, finding: "f", rule: "multi-test" }),
    panelTable.finding.key({ uri, finding: "f", rule: "multi-test" }),
    "Finding: multi-test",
    `finding:${uri}`,
  ],
  [
    panelTable["cell-history"].title({ notebook: "a/late-flight.ipynb", uri, cellId: "c" }),
    panelTable["cell-history"].key({ notebook: "a/late-flight.ipynb", uri, cellId: "c" }),
    "Cell history: late-flight",
    `cell-history:${uri}:c`,
  ],
  [
    panelTable["join-preview"].title({ uri, trainingSet: "late" }),
    panelTable["join-preview"].key({ uri, trainingSet: "late" }),
    "Join: late",
    `join:${uri}:late`,
  ],
  [
    panelTable.publish.title({ notebook: "a/late-flight.ipynb" }),
    panelTable.publish.key({ notebook: "a/late-flight.ipynb" }),
    "Publish: late-flight",
    "publish:a/late-flight.ipynb",
  ],
  [
    panelTable.honest.title({ notebook: "a/late-flight.ipynb", asked: "2026-01-01T00:00:00.000Z" }),
    panelTable.honest.key({ notebook: "a/late-flight.ipynb", asked: "2026-01-01T00:00:00.000Z" }),
    "Honest score: late-flight",
    "honest:a/late-flight.ipynb",
  ],
  [panelTable.deployments.title({}), panelTable.deployments.key({}), "Deployments", "deployments"],
])("a tab says %j under the key %j", (title, key, wantedTitle, wantedKey) => {
  expect([title, key]).toEqual([wantedTitle, wantedKey]);
});
