import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { type CellValue, exact, jsonCell } from "../../features/cell.ts";
import type { OnnxRuntime, PlanInput, PlanValue } from "../../plan/plan.ts";
import type { Release } from "../../plan/read-release.ts";
import { answerNames, answerReader } from "./answer-reader.ts";
import { badModel, type Datatype, type Model, type Rows } from "./model.ts";

/**
 * A graph, with one thread, so that requests run beside each other and never oversubscribe the machine. A null number is NaN where the graph takes
 * floats, a null text is empty; it has no answer to a value that is missing where the graph cannot be told so. Fails with `serve/bad-model` when the graph does not fit the plan.
 */
export async function loadOnnx(release: Release, { tensor: wanted }: OnnxRuntime): Promise<Model> {
  const session = await InferenceSession.create(release.model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 4,
  }).catch((cause: unknown) => {
    throw badModel(release, `it cannot be loaded (${text(cause)})`, cause);
  });
  const tray = trays(release, session);
  if (!session.outputNames.includes(wanted)) {
    throw badModel(release, `it has no output ${wanted}, only ${session.outputNames.join(", ")}`);
  }
  const read = answerReader(release);
  const datatype = datatypeOf(release, session, wanted);
  const names = answerNames(release.plan.model.output);
  const idle: Tray[] = [];
  return {
    async answer(rows) {
      // One row is what a caller waits for: its tensors are used again, since making them is most of the garbage of an answer.
      const used = (rows.length === 1 ? idle.pop() : undefined) ?? tray(rows.length);
      used.fill(rows);
      const results = await session.run(used.feed, [wanted]).catch((cause: unknown) => {
        throw new Failure(
          "serve/no-answer",
          `The model refused the inputs: ${text(cause)}. No prediction was made.`,
          { cause },
        );
      });
      if (rows.length === 1 && idle.length < MOST_IDLE) idle.push(used);
      const { data, size } = results[wanted]!;
      const width = size / rows.length;
      return read({ rows: rows.length, width, at: (row, place) => plain(data[row * width + place]) });
    },
    datatypes: () => names.map(() => datatype),
    health: () => null,
    close: async () => session.release(),
  };
}

const MOST_IDLE = 64;

/** What a run is given: tensors for a number of rows, and how to put rows into them. */
interface Tray {
  readonly feed: Readonly<Record<string, Tensor>>;
  fill(rows: Rows): void;
}

/** How to make a tray for the graph: one tensor a column by name, or one for all. */
function trays(release: Release, session: InferenceSession): (count: number) => Tray {
  const { inputs } = release.plan.model;
  const types = new Map(session.inputMetadata.map((each) => [each.name, each.isTensor ? each.type : "none"]));
  if (inputs.every((input) => types.has(input.name)) && types.size === inputs.length) {
    const columns = inputs.map(({ name }) => ({ name, kind: kindOf(release, types.get(name)!) }));
    return (count) => {
      const made = columns.map(({ kind }) => kind(count));
      return {
        feed: Object.fromEntries(columns.map(({ name }, at) => [name, made[at]!.tensor([count, 1])])),
        fill(rows) {
          for (const [at, { put }] of made.entries())
            for (const [row, values] of rows.entries()) put(row, values[at] ?? null);
        },
      };
    };
  }
  const [only, ...others] = session.inputNames;
  if (only !== undefined && others.length === 0 && inputs.every((input) => input.type !== "string")) {
    const kind = kindOf(release, types.get(only)!);
    const width = inputs.length;
    return (count) => {
      const { tensor, put } = kind(count * width);
      return {
        feed: { [only]: tensor([count, width]) },
        fill(rows) {
          for (const [row, values] of rows.entries())
            for (const [at, value] of values.entries()) put(row * width + at, value);
        },
      };
    };
  }
  throw badModel(release, `it takes ${session.inputNames.join(", ")}, the plan gives ${named(inputs)}`);
}

/** The memory of a tensor. `put` writes a value as the tensor's type has it. */
interface Cells {
  tensor(dims: readonly number[]): Tensor;
  put(at: number, value: CellValue): void;
}

function kindOf(release: Release, type: string): (size: number) => Cells {
  const kind = KINDS[type];
  if (kind === undefined) throw badModel(release, `it takes a tensor of ${type}`);
  return kind;
}

const KINDS: Readonly<Record<string, (size: number) => Cells>> = {
  float64: (size) => cells(new Float64Array(size), (data, dims) => new Tensor("float64", data, dims), number),
  float32: (size) => cells(new Float32Array(size), (data, dims) => new Tensor("float32", data, dims), number),
  int64: (size) => cells(new BigInt64Array(size), (data, dims) => new Tensor("int64", data, dims), whole),
  int32: (size) => cells(new Int32Array(size), (data, dims) => new Tensor("int32", data, dims), small),
  bool: (size) => cells(new Uint8Array(size), (data, dims) => new Tensor("bool", data, dims), truth),
  string: (size) => cells(new Array(size).fill(""), (data, dims) => new Tensor("string", data, dims), words),
};

function cells<D extends { [at: number]: unknown }>(
  data: D,
  tensor: (data: D, dims: readonly number[]) => Tensor,
  cell: (value: CellValue) => D[number],
): Cells {
  return {
    tensor: (dims) => tensor(data, dims),
    put(at, value) {
      data[at] = cell(value);
    },
  };
}

function whole(value: CellValue): bigint {
  return BigInt(given(value, "a whole number"));
}

function small(value: CellValue): number {
  return Number(given(value, "a whole number"));
}

function truth(value: CellValue): number {
  return given(value, "true or false") ? 1 : 0;
}

function words(value: CellValue): string {
  return value === null ? "" : String(value);
}

function number(value: CellValue): number {
  return value === null ? Number.NaN : Number(value);
}

/** Only floats can say that there is nothing: anything put in its place would be a value that nobody gave. */
function given(value: CellValue, wanted: string): NonNullable<CellValue> {
  if (value !== null && !Number.isNaN(value)) return value;
  throw new Failure(
    "serve/no-answer",
    `A value is missing where the model takes ${wanted}, which cannot say so. No prediction was made.`,
  );
}

/** Probabilities and values are numbers; a label is of the type that the graph gives it. */
function datatypeOf(release: Release, session: InferenceSession, wanted: string): Datatype {
  if (release.plan.model.output.kind !== "label") return "FP64";
  const found = session.outputMetadata.find((each) => each.name === wanted);
  const type = found?.isTensor ? found.type : "";
  return (
    ({ string: "BYTES", bool: "BOOL", int64: "INT64", int32: "INT64" } as const)[type as string] ?? "FP64"
  );
}

function plain(value: unknown): PlanValue {
  // As texts beyond what a number of JSON holds.
  if (typeof value === "bigint") return jsonCell(exact(value));
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Failure(
    "serve/no-answer",
    `The model answered ${String(value)}, which is not a number. No prediction was made.`,
  );
}

function named(inputs: readonly PlanInput[]): string {
  return inputs.map((input) => input.name).join(", ");
}

function text(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0]!;
}
