import { InferenceSession, Tensor } from "onnxruntime-node";
import { Failure } from "../failure.ts";
import type { PlanInput, PlanValue } from "../plan/plan.ts";
import type { Release } from "../plan/read-release.ts";

/** A loaded ONNX model. Rows are values in the order of the plan's inputs; a null number is NaN, a null text is empty, a null truth is false. */
export interface Model {
  /** One answer a row. Fails with `serve/no-answer` when the graph refuses the rows or answers something that is not a number. */
  answer(rows: readonly (readonly PlanValue[])[]): Promise<Record<string, PlanValue>[]>;
}

/** Loads a verified release's model with one thread, so that requests run beside each other and never oversubscribe the machine. Fails with `serve/bad-model` when the graph does not fit the plan. */
export async function loadModel(release: Release): Promise<Model> {
  const { plan } = release;
  const session = await InferenceSession.create(release.model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw badModel(release, `it cannot be loaded (${text(cause)})`, cause);
  });
  const feed = feeder(release, session);
  const { output } = plan.model;
  if (!session.outputNames.includes(output.tensor)) {
    throw badModel(release, `it has no output ${output.tensor}, only ${session.outputNames.join(", ")}`);
  }
  const read = reader(release);
  return {
    async answer(rows) {
      const results = await session.run(feed(rows), [output.tensor]).catch((cause: unknown) => {
        throw new Failure(
          "serve/no-answer",
          `The model refused the inputs: ${text(cause)}. No prediction was made.`,
          { cause },
        );
      });
      return read(results[output.tensor]!, rows.length);
    },
  };
}

type Rows = readonly (readonly PlanValue[])[];
type Feed = Record<string, Tensor>;

function feeder(release: Release, session: InferenceSession): (rows: Rows) => Feed {
  const { inputs } = release.plan.model;
  const types = new Map(session.inputMetadata.map((each) => [each.name, each.isTensor ? each.type : "none"]));
  if (inputs.every((input) => types.has(input.name)) && types.size === inputs.length) {
    return (rows) =>
      Object.fromEntries(
        inputs.map((input, at) => {
          const column = rows.map((row) => row[at] ?? null);
          return [input.name, tensor(release, types.get(input.name)!, column, [rows.length, 1])];
        }),
      );
  }
  const [only, ...others] = session.inputNames;
  if (only !== undefined && others.length === 0 && inputs.every((input) => input.type !== "string")) {
    return (rows) => ({
      [only]: tensor(release, types.get(only)!, rows.flat(), [rows.length, inputs.length]),
    });
  }
  throw badModel(release, `it takes ${session.inputNames.join(", ")}, the plan gives ${named(inputs)}`);
}

function tensor(
  release: Release,
  type: string,
  values: readonly PlanValue[],
  dims: readonly number[],
): Tensor {
  switch (type) {
    case "float64":
      return new Tensor("float64", Float64Array.from(values, number), dims);
    case "float32":
      return new Tensor("float32", Float32Array.from(values, number), dims);
    case "int64":
      return new Tensor(
        "int64",
        BigInt64Array.from(values, (value) => BigInt(Number(value ?? 0))),
        dims,
      );
    case "int32":
      return new Tensor(
        "int32",
        Int32Array.from(values, (value) => Number(value ?? 0)),
        dims,
      );
    case "bool":
      return new Tensor(
        "bool",
        Uint8Array.from(values, (value) => (value ? 1 : 0)),
        dims,
      );
    case "string":
      return new Tensor(
        "string",
        values.map((value) => (value === null ? "" : String(value))),
        dims,
      );
    default:
      throw badModel(release, `it takes a tensor of ${type}`);
  }
}

function number(value: PlanValue): number {
  return value === null ? Number.NaN : Number(value);
}

function reader(release: Release): (result: Tensor, rows: number) => Record<string, PlanValue>[] {
  const { name, kind, classes, positiveClass } = release.plan.model.output;
  return (result, rows) => {
    const width = result.size / rows;
    const at = (row: number, column: number) => plain(result.data[row * width + column]);
    if (kind === "probability") {
      if (width !== classes!.length) {
        throw badModel(release, `it answers ${width} probabilities for ${classes!.length} classes`);
      }
      const shown = positiveClass === null ? classes! : [positiveClass];
      return Array.from({ length: rows }, (_, row) =>
        Object.fromEntries(
          shown.map((each) => [positiveClass === null ? each : name, at(row, classes!.indexOf(each))]),
        ),
      );
    }
    if (width !== 1) throw badModel(release, `it answers ${width} values a row`);
    return Array.from({ length: rows }, (_, row) => ({ [name]: at(row, 0) }));
  };
}

function plain(value: unknown): PlanValue {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Failure(
    "serve/no-answer",
    `The model answered ${String(value)}, which is not a number. No prediction was made.`,
  );
}

function badModel(release: Release, what: string, cause?: unknown): Failure {
  const { name, version, model } = release.plan;
  return new Failure(
    "serve/bad-model",
    `${model.path} of ${name} version ${version} does not fit its plan: ${what}. It was not deployed.`,
    { advice: "Publish the notebook again.", data: { name, version }, cause },
  );
}

function named(inputs: readonly PlanInput[]): string {
  return inputs.map((input) => input.name).join(", ");
}

function text(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0]!;
}
