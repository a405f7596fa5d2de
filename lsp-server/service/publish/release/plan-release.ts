import { dirname, relative, resolve } from "node:path";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import type { ResolvedTrainingSet } from "@lookback/language/join/resolve/resolved-training-set.ts";
import { PLAN_FORMAT, type Plan, type PlanInput } from "@lookback/pipeline/plan/plan.ts";
import type { ExportedModel } from "../rehearse/rehearsal.ts";
import type { Selection } from "../selection.ts";
import { modelOf } from "../tier/choose-tier.ts";
import { exampleOf, exampleOfRows } from "./example-of.ts";
import { planView } from "./plan-view.ts";
import type { TrainingSample } from "./training-sample.ts";

export interface ReleaseParts {
  readonly selection: Selection;
  readonly run: Run;
  readonly root: string;
  /** The cells that ship, in the order in which they run. */
  readonly cells: readonly string[];
  /** The scripts of the workspace that those import, by their paths from its root. */
  readonly modules: ReadonlyMap<string, Uint8Array>;
  readonly model: ExportedModel;
  /** The training set whose features are looked up; null where every input comes with the request. */
  readonly joined: Joined | null;
  readonly name: string;
  readonly version: number;
}

export interface Joined {
  readonly set: ResolvedTrainingSet;
  readonly schemaOf: SchemaOf;
  readonly sample: TrainingSample;
}

/** `pipeline.json` without its list of files. Everything in it follows from the run and the definitions, so the same run gives the same plan. */
export function planRelease(parts: ReleaseParts): Omit<Plan, "files"> {
  const { selection, run, joined, model } = parts;
  const set = joined?.set ?? null;
  const used = new Set(set?.views.map((view) => view.source.name));
  const inputs = model.inputs.map((input) => inputOf(input, set));
  return {
    format: PLAN_FORMAT,
    name: parts.name,
    version: parts.version,
    run: run.id,
    createdAt: run.startedAt,
    data: dataOf(run, new Set(parts.cells)),
    entities: (set?.definitions.entities ?? []).map(({ name, joinKeys }) => ({ name, joinKeys })),
    sources: (set?.definitions.sources ?? [])
      .filter((source) => used.has(source.name))
      .map((source) => ({
        name: source.name,
        path: fromRoot(parts, source.path),
        sha256: hashOf(run, fromRoot(parts, source.path)),
      })),
    views:
      joined === null
        ? []
        : joined.set.views.map((view) => planView(view, selection.definitions, joined.schemaOf)),
    model: {
      ...modelOf(model, model, set?.label ?? "prediction"),
      className: selection.model?.steps.at(-1) ?? model.className,
      inputs,
    },
    example:
      joined === null
        ? exampleOfRows(model.inputs, model.sample)
        : exampleOf(joined.sample, joined.set, inputs),
  };
}

function inputOf(
  { name, type }: ExportedModel["inputs"][number],
  set: ResolvedTrainingSet | null,
): PlanInput {
  const feature = set?.features.find((each) => each.output === name);
  const view = feature && set?.views[feature.view];
  return feature && view
    ? { name, type, from: "view", view: view.definition.name, feature: feature.definition.name }
    : { name, type, from: "request" };
}

function fromRoot({ selection, root }: ReleaseParts, path: string): string {
  return relative(root, resolve(dirname(selection.path), path)).replaceAll("\\", "/");
}

function dataOf({ datasets }: Run, cells: ReadonlySet<string>): Plan["data"] {
  const read = datasets.filter(({ access, cellId }) => access === "read" && cells.has(cellId));
  return [...new Map(read.map(({ path, sha256 }) => [path, { path, sha256 }])).values()];
}

function hashOf(run: Run, path: string): string | null {
  return run.datasets.find((dataset) => dataset.path === path && dataset.access === "read")?.sha256 ?? null;
}
