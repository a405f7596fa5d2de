import { createHash } from "node:crypto";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Plan, PlanModel, PlanRuntime } from "@lookback/pipeline/plan/plan.ts";
import { PLAN_FORMAT } from "@lookback/pipeline/plan/plan.ts";
import type { Release } from "@lookback/pipeline/plan/read-release.ts";
import type { Model } from "@lookback/pipeline/serve/runtimes/model.ts";
import { loadOnnx } from "@lookback/pipeline/serve/runtimes/onnx.ts";
import { ask, type Served } from "./ask.ts";
import { compareAnswers } from "./compare-answers.ts";
import type { AskedRows, Exported, FittedAnswer } from "./read-export.ts";

/** The form in which a model ships: what answers, and its one file. */
export interface Tier {
  readonly runtime: PlanRuntime;
  /** Where the file lies in a release. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * ONNX where it answers every sampled and every hostile row as the fitted model does, and refuses what that refuses; else Python, which
 * says why. Fails with `publish/no-tier` for a model that can be served in neither way.
 */
export async function chooseTier(exported: Exported): Promise<Tier> {
  const { onnx, python } = exported;
  const differs = onnx === null ? exported.because : await firstDifference(exported, onnx.bytes, onnx.tensor);
  if (onnx !== null && differs === null)
    return { runtime: { kind: "onnx", tensor: onnx.tensor }, path: "model/model.onnx", bytes: onnx.bytes };
  const because = differs ?? "it could not be written as ONNX";
  if (python === null)
    throw new Failure("publish/no-tier", `${exported.noPython}; and it cannot be served as ONNX: ${because}`);
  const runtime = { ...python.runtime, kind: "python", because } as const;
  return { runtime, path: "model/model.pkl", bytes: python.bytes };
}

/** The model's part of a plan; `name` is the key of its answer. */
export function modelOf(
  exported: Pick<Exported, "className" | "inputs" | "output">,
  { runtime, path }: Pick<Tier, "runtime" | "path">,
  name: string,
): PlanModel {
  const { kind, classes, names } = exported.output;
  const positiveClass = kind === "probability" && classes?.length === 2 ? (classes[1] ?? null) : null;
  return {
    runtime,
    path,
    className: exported.className,
    inputs: exported.inputs.map((input) => ({ ...input, from: "request" })),
    output: { name, kind, classes, positiveClass, names },
  };
}

/** Where the graph answers otherwise than the fitted model, as one clause; null where it nowhere does. */
async function firstDifference(
  exported: Exported,
  bytes: Uint8Array,
  tensor: string,
): Promise<string | null> {
  const runtime = { kind: "onnx", tensor } as const;
  const plan = modelOf(exported, { runtime, path: "model/model.onnx" }, "answer");
  let model: Model;
  try {
    model = await loadOnnx(releaseOf(plan, bytes), runtime);
  } catch (error) {
    if (error instanceof Failure) return "the server's ONNX runtime cannot load the graph";
    throw error;
  }
  try {
    for (const asked of [exported.sample, exported.hostile]) {
      const answers = await ask(model, asked.rows);
      const { first } = compareAnswers(asked.expected, answers, plan.output);
      if (first !== null) return saidOf(exported, asked, first, answers[first] ?? null);
    }
    return null;
  } catch (error) {
    if (error instanceof Failure) return "the graph answers in another shape than the fitted model";
    throw error;
  } finally {
    await model.close();
  }
}

/** A release of nothing but a model: what a runtime loads. */
export function releaseOf(model: PlanModel, bytes: Uint8Array): Release {
  const plan: Plan = {
    format: PLAN_FORMAT,
    name: "model",
    version: 1,
    run: "",
    createdAt: "",
    data: [],
    entities: [],
    sources: [],
    views: [],
    model,
    example: { inputs: {}, at: null },
    files: [],
  };
  const modelSha256 = createHash("sha256").update(bytes).digest("hex");
  return { dir: "", plan, digest: "", model: bytes, modelSha256 };
}

function saidOf({ inputs }: Exported, asked: AskedRows, row: number, answer: Served | null): string {
  const name = asked.because[row] ?? null;
  const at = inputs.findIndex((input) => input.name === name);
  const value = asked.rows[row]?.[at];
  const where =
    at < 0
      ? `for row ${row + 1} of ${counted(asked.rows.length, "row")} asked`
      : `where ${name} is ${value === null ? "missing" : shortened(typeof value === "string" ? JSON.stringify(value) : String(value))}`;
  const served = answer === null ? "refuses" : `answers ${shortened(Object.values(answer).join(", "))}`;
  return `${where} the fitted model ${saidAnswer(asked.expected[row] ?? null)} and ONNX ${served}`;
}

function saidAnswer(answer: FittedAnswer): string {
  return answer === null ? "refuses" : `answers ${shortened([answer].flat().join(", "))}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
