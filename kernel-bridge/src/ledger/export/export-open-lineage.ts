import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { counted } from "../../counted.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { DatasetUse, Run } from "../format/run.ts";
import { showRun } from "../read/show-run.ts";
import type { Store } from "../store/store.ts";

/** Writes two events a run, START and how it ended, a line each, as OpenLineage 2-0-2 has them, into `openlineage.jsonl` of a folder. What `onRun` throws before a run ends it: nothing is written then. */
export async function exportOpenLineage(
  store: Store,
  folder: string,
  ids: readonly string[],
  onRun: () => void,
): Promise<void> {
  async function* lines() {
    for (const id of ids) {
      onRun();
      for (const event of lineageEvents(await showRun(store, id), store.root))
        yield Buffer.from(`${JSON.stringify(event)}\n`);
    }
  }
  await writeAtomically(join(folder, "openlineage.jsonl"), lines());
}

/** The events of a run of the workspace at `root`. */
export function lineageEvents(run: Run, root: string): object[] {
  const job = {
    namespace: `file://${hostname()}${pathToFileURL(root).pathname}`,
    name: run.notebook,
    facets: {
      jobType: facet("2-0-3/JobTypeJobFacet", {
        processingType: "BATCH",
        integration: "LOOKBACK",
        jobType: "NOTEBOOK",
      }),
      documentation: facet("1-1-0/DocumentationJobFacet", {
        description: notKnown(run),
        contentType: "text/plain",
      }),
    },
  };
  const inputs = usesOf(run, "read", job.namespace);
  const outputs = usesOf(run, "write", job.namespace);
  const event = (eventType: string, eventTime: string, runFacets: object) => ({
    eventType,
    eventTime,
    run: { runId: lineageRunId(run.id), facets: runFacets },
    job,
    inputs,
    outputs,
    producer,
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  });
  const start = event("START", run.startedAt, {
    nominalTime: facet("1-0-1/NominalTimeRunFacet", { nominalStartTime: run.startedAt }),
    ...engineFacet(run),
  });
  const end = new Date(Date.parse(run.startedAt) + (run.durationMs ?? 0)).toISOString();
  const kind = run.durationMs === null ? "ABORT" : endings[run.outcome.kind];
  return [start, event(kind, end, { ...engineFacet(run), ...errorFacet(run) })];
}

/** The run's own id as a UUID, of version 7: the same each time, and as old as the run. */
export function lineageRunId(id: string): string {
  const digits = [...id].reduce((sum, digit) => sum * 32n + BigInt(alphabet.indexOf(digit)), 0n);
  const hex = digits.toString(16).padStart(32, "0").slice(-32);
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const producer = "urn:lookback";
const endings = { ok: "COMPLETE", error: "FAIL", interrupted: "ABORT" } as const;

function facet(schema: string, members: object): object {
  const name = schema.slice(schema.indexOf("/") + 1);
  return {
    _producer: producer,
    _schemaURL: `https://openlineage.io/spec/facets/${schema}.json#/$defs/${name}`,
    ...members,
  };
}

function engineFacet({ environment }: Run): object {
  if (environment.python === "") return {};
  return {
    processing_engine: facet("1-1-1/ProcessingEngineRunFacet", {
      version: environment.python,
      name: "python",
    }),
  };
}

function errorFacet({ outcome }: Run): object {
  if (outcome.kind !== "error") return {};
  return {
    errorMessage: facet("1-0-1/ErrorMessageRunFacet", {
      message: `${outcome.name}: ${outcome.message}`,
      programmingLanguage: "PYTHON",
    }),
  };
}

/** What a reader must not take for known, in sentences. */
function notKnown(run: Run): string {
  const unknown = run.datasets.filter(({ sha256, version }) => sha256 === null && version === null);
  const noVersion = new Set(unknown.map(({ path }) => path)).size;
  return [
    run.origin?.kind === "honest"
      ? "A kept honest score, which nobody ran: a notebook with its leaks fixed, in a copy of its workspace, as Lookback recorded it."
      : "A run of a notebook, as Lookback recorded it.",
    ...(noVersion > 0
      ? [`Of ${counted(noVersion, "dataset")} the content is not known: those have no version.`]
      : []),
    ...(run.durationMs === null
      ? ["Nobody saw its end: the time of its last event is that of its first."]
      : []),
    ...run.notes.map(({ message }) => message),
  ].join(" ");
}

function usesOf(run: Run, access: DatasetUse["access"], namespace: string): object[] {
  const once = new Map<string, DatasetUse>();
  for (const use of run.datasets) if (use.access === access) once.set(`${use.path}\n${use.sha256}`, use);
  return [...once.values()].map((use) => datasetOf(use, namespace));
}

function datasetOf(use: DatasetUse, workspace: string): object {
  const { path, sha256, version, columns, rows, size, access, unstable, kind, query } = use;
  const named = nameOf(path, workspace);
  const said = [
    ...(sha256 === null && version === null ? ["What it held is not known."] : []),
    ...(unstable ? ["It changed while the run used it."] : []),
    ...(kind === "folder" && sha256 !== null
      ? ["A folder: its version is the SHA-256 of the list of its files."]
      : []),
    ...(kind === "made" ? ["Made by a library."] : []),
    ...(query ? [`What a database answered to: ${query}`] : []),
    ...(columns === null ? ["Its columns are not known."] : []),
  ];
  const facets = {
    dataSource: facet("1-0-1/DatasourceDatasetFacet", {
      name: named.namespace,
      uri: dataSourceUri(named.namespace),
    }),
    ...(columns === null
      ? {}
      : {
          schema: facet("1-1-1/SchemaDatasetFacet", {
            fields: columns.map(({ name, type }) => ({ name, type })),
          }),
        }),
    ...(sha256 === null && version === null
      ? {}
      : {
          version: facet("1-0-1/DatasetVersionDatasetFacet", {
            datasetVersion: sha256 === null ? version : `sha256:${sha256}`,
          }),
        }),
    ...(said.length === 0
      ? {}
      : { documentation: facet("1-1-0/DocumentationDatasetFacet", { description: said.join(" ") }) }),
  };
  const counts = { ...(rows === null ? {} : { rowCount: rows }) };
  if (access === "read")
    return {
      ...named,
      facets,
      inputFacets:
        rows === null && size === null
          ? {}
          : {
              dataQualityMetrics: facet("1-0-2/DataQualityMetricsInputDatasetFacet", {
                ...counts,
                ...(size === null ? {} : { bytes: size }),
                columnMetrics: {},
              }),
            },
    };
  return {
    ...named,
    facets,
    outputFacets:
      rows === null && size === null
        ? {}
        : {
            outputStatistics: facet("1-0-2/OutputStatisticsOutputDatasetFacet", {
              ...counts,
              ...(size === null ? {} : { size }),
            }),
          },
  };
}

/** As OpenLineage names data: where it is from, and what it is called there. */
function nameOf(path: string, workspace: string): { readonly namespace: string; readonly name: string } {
  const [, place, rest] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)\/?(.*)$/i.exec(path) ?? [];
  if (place !== undefined) return { namespace: place, name: rest || "/" };
  const [, kind, said] = /^(made|query):(.*)$/s.exec(path) ?? [];
  // A name is short: of a long question its digest tells it from others.
  if (kind !== undefined && said !== undefined)
    return {
      namespace: `lookback:${kind}`,
      name: said.length <= 200 ? said : createHash("sha256").update(said).digest("hex"),
    };
  return { namespace: workspace, name: path };
}

function dataSourceUri(namespace: string): string {
  return URL.canParse(namespace) ? namespace : `lookback:${encodeURIComponent(namespace)}`;
}
