import { dirname, resolve } from "node:path";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import type { ResolvedTrainingSet } from "@lookback/language/join/resolve/resolved-training-set.ts";
import { type CellValue, jsonCell } from "@lookback/pipeline/features/cell.ts";
import { instantText } from "@lookback/pipeline/features/instant.ts";
import type { Plan, PlanInput, PlanValue } from "@lookback/pipeline/plan/plan.ts";
import type { PublishPlan } from "@lookback/protocol/publish.ts";
import { describeSources } from "../../files/describe-sources.ts";
import type { Selection } from "../selection.ts";
import type { AskedRows } from "../tier/read-export.ts";
import { type TrainingSample, trainingSample } from "./training-sample.ts";

/** The last sampled row in which nothing the model is given is missing: what a caller would send, as of its moment. */
export function exampleOf(
  sample: TrainingSample,
  set: ResolvedTrainingSet,
  inputs: readonly Pick<PlanInput, "name" | "from">[],
): Plan["example"] {
  const keys = set.spine.keys.map((key) => key.column.name);
  const given = [
    ...new Set([...keys, ...inputs.filter((input) => input.from === "request").map((input) => input.name)]),
  ];
  const needed = [...given, ...set.features.map((feature) => feature.output)];
  const complete = sample.rows.findLast((row) => needed.every((name) => (row.values[name] ?? null) !== null));
  const row = complete ?? sample.rows.at(-1);
  const values = given.map((name): [string, PlanValue] => [name, inRequest(row?.values[name] ?? null)]);
  return {
    inputs: Object.fromEntries(values),
    at: row === undefined ? null : momentText(row.at),
  };
}

/** The last of the rows that a caller could send and that the fitted model answers: the last of all where there is none. */
export function exampleOfRows(
  inputs: readonly Pick<PlanInput, "name">[],
  { rows, expected }: Pick<AskedRows, "rows" | "expected">,
): Plan["example"] {
  const sent = (value: CellValue) => value !== null && typeof value !== "bigint" && isFiniteIfNumber(value);
  const row = rows.findLast((values, at) => expected[at] !== null && values.every(sent)) ?? rows.at(-1);
  return {
    inputs: Object.fromEntries(inputs.map(({ name }, at) => [name, inRequest(row?.[at] ?? null)])),
    at: null,
  };
}

function isFiniteIfNumber(value: CellValue): boolean {
  return typeof value !== "number" || Number.isFinite(value);
}

/** A missing number is null in a request, whatever it is in a file. */
function inRequest(value: CellValue): PlanValue {
  return Number.isNaN(value) ? null : jsonCell(value);
}

function momentText(us: number): string {
  return us % 1000 === 0 ? new Date(us / 1000).toISOString() : instantText(us);
}

/**
 * The request that the release will give as its example, from a row of the training set, before anything ran again. Null when it
 * cannot be told yet: the fit did not record its columns, a column is made in the notebook, or a source cannot be read.
 */
export async function plannedExample(
  selection: Pick<Selection, "path" | "definitions" | "model" | "trainingSet">,
  name: string,
): Promise<PublishPlan["example"]> {
  const { path, definitions, model, trainingSet } = selection;
  if (trainingSet === null || !model?.features) return null;
  const folder = dirname(path);
  const { set } = resolveTrainingSet(
    definitions,
    trainingSet.name,
    await describeSources(definitions, folder),
    {},
  );
  if (set === null) return null;
  const looked = new Set(set.features.map((feature) => feature.output));
  const inputs = model.features.map((input) => ({
    name: input,
    from: looked.has(input) ? ("view" as const) : ("request" as const),
  }));
  const sample = await trainingSample(set, (source) => resolve(folder, source), 500).catch(() => null);
  if (sample === null) return null;
  const { inputs: values, at } = exampleOf(sample, set, inputs);
  if (at === null || Object.values(values).includes(null)) return null;
  return { name, inputs: values, at };
}
