import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CellValue } from "@lookback/pipeline/features/cell.ts";
import type { PlanInput, PlanModel, PythonRuntime } from "@lookback/pipeline/plan/plan.ts";

/** A model as the exporter wrote it: in one or both of the forms in which it could be served, with what the fitted one answers. */
export interface Exported {
  readonly className: string;
  readonly inputs: readonly Pick<PlanInput, "name" | "type">[];
  readonly output: Pick<PlanModel["output"], "kind" | "classes" | "names">;
  /** Whether the fitted model computes in float32. */
  readonly single: boolean;
  /** Null when it could not be written as ONNX, for the reason in `because`. */
  readonly onnx: { readonly bytes: Uint8Array; readonly tensor: string } | null;
  readonly because: string | null;
  /** Null when it could not be put into a file, for the reason in `noPython`. */
  readonly python: {
    readonly bytes: Uint8Array;
    readonly runtime: Omit<PythonRuntime, "kind" | "because">;
  } | null;
  readonly noPython: string | null;
  /** Rows of the notebook. */
  readonly sample: AskedRows;
  /** Rows that nobody sampled: missing and infinite numbers, unseen texts and the like. */
  readonly hostile: AskedRows;
}

/** Rows in the order of the inputs, and what the fitted model answers for each. */
export interface AskedRows {
  readonly rows: readonly (readonly CellValue[])[];
  readonly expected: readonly FittedAnswer[];
  /** The input that makes a row hostile; null where all do. */
  readonly because: readonly (string | null)[];
}

/** Null: the fitted model refuses the row, or answers what is no number. */
export type FittedAnswer = Single | readonly Single[] | null;
type Single = number | string | boolean;

/** Reads what the exporter left in a folder. */
export async function readExport(folder: string): Promise<Exported> {
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));
  const { tensor, python, ...described } = await read("described.json");
  const bytes = (name: string) => readFile(join(folder, name));
  return {
    ...described,
    onnx: tensor === null ? null : { bytes: await bytes("model.onnx"), tensor },
    python: python === null ? null : { bytes: await bytes("model.pkl"), runtime: python },
    sample: askedRows(described.inputs, await read("sample.json")),
    hostile: askedRows(described.inputs, await read("hostile.json")),
  };
}

function askedRows(
  inputs: Exported["inputs"],
  read: {
    readonly rows: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
    readonly expected: readonly FittedAnswer[];
    readonly because: readonly (string | null)[] | null;
  },
): AskedRows {
  const { expected } = read;
  const rows = expected.map((_, row) =>
    inputs.map(({ name, type }) => cellOf(type, read.rows[name]?.[row] ?? null)),
  );
  return { rows, expected, because: read.because ?? expected.map(() => null) };
}

/** What JSON has no number for comes as a text. */
function cellOf(type: PlanInput["type"], value: string | number | boolean | null): CellValue {
  if (typeof value !== "string" || type === "string") return value;
  return type === "int64" ? BigInt(value) : Number(value);
}
