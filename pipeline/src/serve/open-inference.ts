import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Plan, PlanInput, PlanValue } from "../plan/plan.ts";
import { modelValue } from "./inputs.ts";
import { answerNames } from "./runtimes/answer-reader.ts";
import type { Version } from "./version.ts";

/** The model's metadata in the Open Inference Protocol, version 2. Every input is one column: shape [-1]. */
export function inferenceMetadata(version: Version) {
  const { name, model, version: number } = version.release.plan;
  return {
    name,
    versions: [String(number)],
    platform: PLATFORMS[model.runtime.kind],
    inputs: model.inputs.map((input) => ({ name: input.name, datatype: DATATYPES[input.type], shape: [-1] })),
    outputs: outputsOf(version).map((output) => ({ ...output, shape: [-1] })),
  };
}

/**
 * Answers a v2 `infer` body: raw model inputs, one tensor a column of shape [N] or [N, 1], looked up nowhere.
 * Fails with `serve/bad-input`, naming the tensor.
 */
export async function infer(version: Version, body: unknown, requestId: string) {
  const { name, model, version: number, run } = version.release.plan;
  const tensors = tensorsOf(body);
  const known = new Set(model.inputs.map((input) => input.name));
  for (const tensor of tensors.keys())
    if (!known.has(tensor)) throw bad(tensor, "is not an input of the model");
  const { plan } = version.release;
  const columns = model.inputs.map((input) => column(plan, input, tensors.get(input.name)));
  const rows = columns[0]!.length;
  for (const [i, input] of model.inputs.entries()) {
    if (columns[i]!.length !== rows)
      throw bad(input.name, `has ${columns[i]!.length} rows, ${model.inputs[0]!.name} has ${rows}`);
  }
  const answers = await version.model.answer(
    Array.from({ length: rows }, (_, row) => columns.map((each) => each[row]!)),
  );
  return {
    model_name: name,
    model_version: String(number),
    id: requestId,
    parameters: { run, model_sha256: version.release.modelSha256 },
    outputs: outputsOf(version).map(({ name: output, datatype }) => ({
      name: output,
      datatype,
      shape: [rows],
      data: answers.map((answer) => (datatype === "BYTES" ? String(answer[output]) : answer[output]!)),
    })),
  };
}

/** As the servers of the protocol name what they run. */
const PLATFORMS = { onnx: "onnx_onnxv1", python: "python" } as const;

const DATATYPES = { double: "FP64", int64: "INT64", string: "BYTES", bool: "BOOL" } as const;

/** Other datatypes whose JSON values are good for an input type. */
const ACCEPTED: Readonly<Record<PlanInput["type"], readonly string[]>> = {
  double: ["FP64", "FP32", "FP16", "INT64", "INT32", "INT16", "INT8"],
  int64: ["INT64", "INT32", "INT16", "INT8", "UINT32", "UINT16", "UINT8"],
  string: ["BYTES"],
  bool: ["BOOL"],
};

const MOST_ROWS = 10_000;

interface TensorText {
  readonly datatype: unknown;
  readonly shape: unknown;
  readonly data: unknown;
}

function tensorsOf(body: unknown): Map<string, TensorText> {
  const inputs = isRecord(body) ? body.inputs : null;
  if (!Array.isArray(inputs)) throw bad("inputs", "must be a list of tensors");
  const tensors = new Map<string, TensorText>();
  for (const tensor of inputs as unknown[]) {
    if (!isRecord(tensor) || typeof tensor.name !== "string")
      throw bad("inputs", "holds a tensor without a name");
    if (tensors.has(tensor.name)) throw bad(tensor.name, "is given twice");
    tensors.set(tensor.name, { datatype: tensor.datatype, shape: tensor.shape, data: tensor.data });
  }
  return tensors;
}

function column(plan: Plan, input: PlanInput, tensor: TensorText | undefined): PlanValue[] {
  if (!tensor) throw bad(input.name, "is missing");
  if (!ACCEPTED[input.type].includes(String(tensor.datatype))) {
    throw bad(input.name, `must be ${DATATYPES[input.type]}, not ${String(tensor.datatype)}`);
  }
  if (!Array.isArray(tensor.data)) throw bad(input.name, "has no data");
  const data: unknown[] = tensor.data.flat();
  const [rows, width = 1, ...more] = Array.isArray(tensor.shape) ? (tensor.shape as unknown[]) : [];
  if (rows !== data.length || width !== 1 || more.length > 0) {
    throw bad(
      input.name,
      `has ${data.length} values, which is not the shape ${JSON.stringify(tensor.shape)}`,
    );
  }
  if (data.length === 0 || data.length > MOST_ROWS)
    throw bad(input.name, `has ${data.length} rows; 1 to ${MOST_ROWS} are answered`);
  return data.map((value) => modelValue(plan, input, value));
}

function outputsOf({ model, release }: Version) {
  const datatypes = model.datatypes();
  return answerNames(release.plan.model.output).map((name, at) => ({ name, datatype: datatypes[at]! }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bad(input: string, what: string): Failure {
  return new Failure("serve/bad-input", `Input ${input} ${what}. No prediction was made.`, {
    data: { input },
  });
}
