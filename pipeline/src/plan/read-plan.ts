import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { Ajv, type ErrorObject } from "ajv";
import { readInstant } from "../features/instant.ts";
import type { Plan } from "./plan.ts";
import { planFormats } from "./plan-formats.ts";
import { isInside } from "./release-path.ts";

/**
 * The plan in a JSON text of any format that was ever written. Fails with `plan/invalid`, naming the JSON pointer of the first fault, or
 * with `plan/unknown-format`, most often because a newer Lookback wrote it; nothing is filled in or corrected.
 */
export function readPlan(text: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Failure("plan/invalid", "pipeline.json is not JSON. Nothing was read from it.", {
      advice: "Publish the notebook again, or restore the file from its tag.",
      data: { pointer: "" },
      cause,
    });
  }
  const named = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  const format = typeof named === "string" ? readers.get(named) : undefined;
  if (format === undefined) throw unknownFormat(named);
  if (!format.fits(value)) throw invalid(mostTelling(format.fits.errors ?? []));
  const plan = format.read(value);
  for (const fault of contradictions(plan)) throw invalid(fault);
  return plan;
}

const readers = new Map(
  Object.entries(planFormats).map(([name, { schema, read }]) => [
    name,
    { read, fits: new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema) },
  ]),
);

interface Fault {
  readonly pointer: string;
  readonly what: string;
}

/** An unmatched alternative reports every branch: the deepest fault is the one a person made. */
function mostTelling(errors: readonly ErrorObject[]): Fault {
  const deepest = [...errors]
    .filter((error) => error.keyword !== "oneOf" && error.keyword !== "anyOf")
    .sort((a, b) => depth(b) - depth(a))[0];
  if (!deepest) return { pointer: "", what: "does not follow the format" };
  const { allowedValues, allowedValue, additionalProperty: extra } = deepest.params;
  const allowed = allowedValues ?? allowedValue;
  const pointer = extra === undefined ? deepest.instancePath : `${deepest.instancePath}/${String(extra)}`;
  if (extra !== undefined) return { pointer, what: "is not a member of the format" };
  const detail = allowed === undefined ? "" : ` (${JSON.stringify(allowed)})`;
  return { pointer, what: `${deepest.message ?? "does not follow the format"}${detail}` };
}

function depth(error: ErrorObject): number {
  return error.instancePath.split("/").length + (error.keyword === "const" ? 0 : 0.5);
}

/** What a schema cannot say: names that must exist, be unique, or stay inside a folder. */
function* contradictions(plan: Plan): Generator<Fault> {
  const moments = { "/createdAt": plan.createdAt, "/example/at": plan.example.at };
  for (const [pointer, moment] of Object.entries(moments)) {
    const fault = moment === null ? null : readInstant(moment).fault;
    if (fault !== null) yield { pointer, what: fault };
  }
  const sources = new Map(plan.sources.map((source) => [source.name, source]));
  const views = new Map(plan.views.map((view) => [view.name, view]));
  if (sources.size !== plan.sources.length) yield { pointer: "/sources", what: "names a source twice" };
  if (views.size !== plan.views.length) yield { pointer: "/views", what: "names a view twice" };
  for (const [i, source] of plan.sources.entries()) {
    if (!isInside(source.path)) yield { pointer: `/sources/${i}/path`, what: "leads out of the workspace" };
  }
  for (const [i, view] of plan.views.entries()) {
    if (!sources.has(view.source))
      yield { pointer: `/views/${i}/source`, what: `names no source (${view.source})` };
    const names = [...view.joinKeys, ...view.features.map((feature) => feature.name), "event_time"];
    if (new Set(names).size !== names.length)
      yield { pointer: `/views/${i}/features`, what: "names a column twice" };
  }
  const inputs = plan.model.inputs;
  if (new Set(inputs.map((input) => input.name)).size !== inputs.length) {
    yield { pointer: "/model/inputs", what: "names an input twice" };
  }
  for (const [i, input] of inputs.entries()) {
    if (input.from !== "view") continue;
    const feature = views.get(input.view)?.features.find((each) => each.name === input.feature);
    if (!feature) {
      yield { pointer: `/model/inputs/${i}`, what: `names no feature (${input.view}:${input.feature})` };
    }
  }
  const { runtime, output } = plan.model;
  const { kind, classes, positiveClass, names } = output;
  if (names !== null && kind !== "value") {
    yield { pointer: "/model/output/names", what: "are those of values alone" };
  }
  if (names !== null && new Set(names).size !== names.length) {
    yield { pointer: "/model/output/names", what: "names an answer twice" };
  }
  if (runtime.kind === "python" && (kind === "probability") !== (runtime.method === "predict_proba")) {
    yield { pointer: "/model/runtime/method", what: `does not answer a ${kind}` };
  }
  if (
    runtime.kind === "python" &&
    runtime.takes === "texts" &&
    inputs.some(({ type }, i) => i > 0 || type !== "string")
  ) {
    yield { pointer: "/model/runtime/takes", what: "are those of one input that is a text" };
  }
  if (kind === "probability" && classes === null) {
    yield { pointer: "/model/output/classes", what: "must name the classes of a probability" };
  }
  if (positiveClass !== null && !classes?.includes(positiveClass)) {
    yield { pointer: "/model/output/positiveClass", what: `is none of the classes (${positiveClass})` };
  }
  const paths = new Set<string>();
  for (const [i, file] of plan.files.entries()) {
    if (!isInside(file.path)) yield { pointer: `/files/${i}/path`, what: "leads out of the release folder" };
    if (paths.has(file.path)) yield { pointer: `/files/${i}/path`, what: "is listed twice" };
    paths.add(file.path);
  }
  if (!paths.has(plan.model.path)) {
    yield { pointer: "/model/path", what: "is not among the release's files, so it cannot be verified" };
  }
}

function unknownFormat(format: unknown): Failure {
  return new Failure(
    "plan/unknown-format",
    `pipeline.json has the format ${JSON.stringify(format) ?? "of none"}, which this version of Lookback does not know. It was not used.`,
    {
      advice: "Update Lookback if a newer one published it; otherwise restore the file from its tag.",
      data: { pointer: "/format", known: Object.keys(planFormats) },
    },
  );
}

function invalid(fault: Fault): Failure {
  const place = fault.pointer === "" ? "The document" : fault.pointer;
  return new Failure(
    "plan/invalid",
    `pipeline.json is not a valid plan: ${place} ${fault.what}. It was not used.`,
    {
      advice: "Publish the notebook again, or restore the file from its tag.",
      data: { pointer: fault.pointer },
    },
  );
}
