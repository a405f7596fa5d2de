import { dirname, relative, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Definitions } from "@lookback/language/features/model.ts";
import type { ColumnSchema, SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import type {
  ResolvedTrainingSet,
  ResolvedView,
} from "@lookback/language/join/resolve/resolved-training-set.ts";
import { compileMaterialize } from "@lookback/language/join/steps/compile-materialize.ts";
import { PLAN_FORMAT, type Plan, type PlanInput, type PlanView } from "@lookback/pipeline/plan/plan.ts";
import { exampleOf } from "./example-of.ts";
import type { ExportedModel } from "./rehearse.ts";
import type { Selection } from "./selection.ts";
import type { TrainingSample } from "./training-sample.ts";

export interface ReleaseParts {
  readonly selection: Selection;
  readonly run: Run;
  readonly root: string;
  readonly set: ResolvedTrainingSet;
  readonly schemaOf: SchemaOf;
  readonly model: ExportedModel;
  readonly sample: TrainingSample;
  readonly name: string;
  readonly version: number;
}

/** `pipeline.json` without its list of files. Everything in it follows from the run and the definitions, so the same run gives the same plan. */
export function planRelease(parts: ReleaseParts): Omit<Plan, "files"> {
  const { selection, run, set, model } = parts;
  const { definitions } = selection;
  const used = new Set(set.views.map((view) => view.source.name));
  const inputs = model.inputs.map((input) => inputOf(input, set));
  const positiveClass = model.classes?.length === 2 ? (model.classes[1] ?? null) : null;
  return {
    format: PLAN_FORMAT,
    name: parts.name,
    version: parts.version,
    run: run.id,
    createdAt: run.startedAt,
    entities: set.definitions.entities.map(({ name, joinKeys }) => ({ name, joinKeys })),
    sources: set.definitions.sources
      .filter((source) => used.has(source.name))
      .map((source) => ({
        name: source.name,
        path: fromRoot(parts, source.path),
        sha256: hashOf(run, fromRoot(parts, source.path)),
      })),
    views: set.views.map((view) => viewOf(view, definitions, parts)),
    model: {
      path: "model/model.onnx",
      className: selection.model?.steps.at(-1) ?? model.className,
      inputs,
      output: {
        name: set.label ?? "prediction",
        kind: model.classes === null ? "value" : "probability",
        tensor: model.tensor,
        classes: model.classes,
        positiveClass,
      },
    },
    example: exampleOf(parts.sample, set, inputs),
  };
}

function inputOf({ name, type }: ExportedModel["inputs"][number], set: ResolvedTrainingSet): PlanInput {
  const feature = set.features.find((each) => each.output === name);
  const view = feature && set.views[feature.view];
  return feature && view
    ? { name, type, from: "view", view: view.definition.name, feature: feature.definition.name }
    : { name, type, from: "request" };
}

function viewOf(view: ResolvedView, definitions: Definitions, parts: ReleaseParts): PlanView {
  const { definition, source } = view;
  const { sql, problems } = compileMaterialize(definitions, definition.name, parts.schemaOf(source) ?? []);
  const [problem] = problems;
  if (sql === null) {
    throw new Failure(
      problem?.code ?? "publish/no-view",
      `${problem?.message ?? definition.name} Nothing was published.`,
      {
        advice: problem?.advice ?? "",
      },
    );
  }
  return {
    name: definition.name,
    entity: definition.entities[0] ?? "",
    joinKeys: view.keys.map((key) => key.column.name),
    source: source.name,
    timestampField: view.time.name,
    ...availabilityOf(view),
    ...(view.csv === null ? {} : { csv: view.csv }),
    ttlUs: definition.ttlUs,
    upper: definition.upper,
    features: definition.features.map((feature) => {
      const { name, type } = columnOf(view, feature.column);
      const common = { name: feature.name, column: name, type };
      return feature.kind === "latest"
        ? { kind: "latest", ...common }
        : { kind: "window", ...common, function: feature.function, windowUs: feature.windowUs };
    }),
    materializeSql: sql,
  };
}

/** A schedule is never reached: no definition asks for one. */
function availabilityOf({
  join: { availability },
}: ResolvedView): Pick<PlanView, "availability" | "delayUs"> {
  switch (availability.mode) {
    case "event":
      return { availability: "delay", delayUs: 0 };
    case "delay":
      return { availability: "delay", delayUs: availability.delayUs };
    case "created":
      return { availability: "created", delayUs: 0 };
    case "schedule":
      throw new Failure(
        "publish/schedule",
        "A view on a schedule cannot be served yet. Nothing was published.",
      );
  }
}

/** The column of the file that a definition names, as the join found it: by its very name, else without regard to case. */
function columnOf({ values }: ResolvedView, name: string): ColumnSchema {
  const lower = name.toLowerCase();
  const columns = values.map((value) => value.column);
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === lower) ?? { name, type: "DOUBLE" }
  );
}

function fromRoot({ selection, root }: ReleaseParts, path: string): string {
  return relative(root, resolve(dirname(selection.path), path)).replaceAll("\\", "/");
}

function hashOf(run: Run, path: string): string | null {
  return run.datasets.find((dataset) => dataset.path === path && dataset.access === "read")?.sha256 ?? null;
}
