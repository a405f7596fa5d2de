import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { exportOpenLineage, lineageEvents, lineageRunId } from "./export-open-lineage.ts";

/** Builds each event and facet with OpenLineage's own client, made from the schemas: a member too many, too few or of another form fails. */
const judge = `
import attr, json, sys
from openlineage.client import event_v2, facet_v2
from openlineage.client.generated import base
names = {"jobType": "job_type_job.JobTypeJobFacet", "documentation": None, "nominalTime": "nominal_time_run.NominalTimeRunFacet",
  "processing_engine": "processing_engine_run.ProcessingEngineRunFacet", "errorMessage": "error_message_run.ErrorMessageRunFacet",
  "dataSource": "datasource_dataset.DatasourceDatasetFacet", "schema": "schema_dataset.SchemaDatasetFacet",
  "version": "dataset_version_dataset.DatasetVersionDatasetFacet",
  "dataQualityMetrics": "data_quality_metrics_input_dataset.DataQualityMetricsInputDatasetFacet",
  "outputStatistics": "output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet"}
import importlib
def facets(found, owner):
  built = {}
  for name, members in found.items():
    where = names[name] or f"documentation_{owner}.Documentation{owner.title()}Facet"
    module, cls = where.split(".")
    cls = getattr(importlib.import_module("openlineage.client.generated." + module), cls)
    url, producer = members.pop("_schemaURL"), members.pop("_producer")
    if name == "schema":
      members["fields"] = [importlib.import_module("openlineage.client.generated.schema_dataset").SchemaDatasetFacetFields(**f) for f in members["fields"]]
    made = cls(**members, producer=producer)
    assert url.split("#")[1] == made._schemaURL.split("#")[1], (url, made._schemaURL)
    built[name] = made
  return built
for line in sys.stdin:
  e = json.loads(line)
  assert e.pop("schemaURL").startswith("https://openlineage.io/spec/2-0-2/")
  run, job = e["run"], e["job"]
  event_v2.RunEvent(
    eventType=event_v2.RunState[e["eventType"]], eventTime=e["eventTime"], producer=e["producer"],
    run=event_v2.Run(runId=run["runId"], facets=facets(run["facets"], "run")),
    job=event_v2.Job(namespace=job["namespace"], name=job["name"], facets=facets(job["facets"], "job")),
    inputs=[event_v2.InputDataset(d["namespace"], d["name"], facets=facets(d["facets"], "dataset"), inputFacets=facets(d["inputFacets"], "input")) for d in e["inputs"]],
    outputs=[event_v2.OutputDataset(d["namespace"], d["name"], facets=facets(d["facets"], "dataset"), outputFacets=facets(d["outputFacets"], "output")) for d in e["outputs"]])
  print(e["eventType"])
`;

it("writes what OpenLineage's own client takes: a start and an end a run", async () => {
  const store = await freshStore();
  const uses = [
    { path: "d.csv", sha256: "a".repeat(64), size: 12 },
    { path: "https://example.org/x/d.csv", sha256: null },
    { path: "query:select 1", sha256: null },
    { path: "o.csv", sha256: "b".repeat(64), size: 3, access: "write" as const },
  ];
  const good = await appendRun(store, { uses });
  const failed = await appendRun(store, {
    outcome: { kind: "error", name: "ValueError", message: "no", cellId: "c0" },
  });
  const cut = await appendRun(store, { durationMs: null, outcome: { kind: "interrupted", cellId: "c0" } });
  const to = mkdtempSync(join(tmpdir(), "lookback-export-"));
  await exportOpenLineage(store, to, [good.id, failed.id, cut.id], () => undefined);
  const text = readFileSync(join(to, "openlineage.jsonl"), "utf8");
  const python = process.env.LOOKBACK_PYTHON ?? "python3";
  const said = execFileSync(python, ["-c", judge], { input: text, encoding: "utf8" });
  expect(said.trim().split("\n")).toEqual(["START", "COMPLETE", "START", "FAIL", "START", "ABORT"]);
  const [start] = text.split("\n").map((line) => (line === "" ? null : JSON.parse(line)));
  expect(start.inputs.map(({ name }: { name: string }) => name)).toEqual(["d.csv", "x/d.csv", "select 1"]);
  expect(start.inputs[0].facets.version.datasetVersion).toBe(`sha256:${"a".repeat(64)}`);
  expect(start.inputs[1].facets).not.toHaveProperty("version");
  expect(start.inputs[1].facets.documentation.description).toMatch(/What it held is not known\./);
  expect(start.job.facets.documentation.description).toMatch(/Of 2 datasets the content is not known/);
});

it("says of what has a version of its own no word of having none", async () => {
  const run = await appendRun(await freshStore(), { uses: [{ path: "s3://b/k", sha256: null }] });
  const [start] = lineageEvents(
    { ...run, datasets: run.datasets.map((use) => ({ ...use, version: "e1" })) },
    "/w",
  );
  expect(JSON.stringify(start)).toContain('"datasetVersion":"e1"');
  expect(JSON.stringify(start)).not.toContain("the content is not known");
});

it("has one id a run, a UUID of version 7 with its time", async () => {
  const run = await appendRun(await freshStore(), {});
  const id = lineageRunId(run.id);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(Date.parse(run.startedAt));
  expect(JSON.stringify(lineageEvents(run, "/w"))).toContain(id);
});

it("says of a kept honest score that nobody ran it", async () => {
  const store = await freshStore();
  const origin = { kind: "honest", run: null, asWritten: { name: "auc", value: 1 }, fixes: [] } as const;
  const said = (run: Parameters<typeof lineageEvents>[0]) => JSON.stringify(lineageEvents(run, store.root));
  expect(said(await appendRun(store, { origin }))).toContain("A kept honest score, which nobody ran");
  expect(said(await appendRun(store))).toContain("A run of a notebook, as Lookback recorded it.");
});
