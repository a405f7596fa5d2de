import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonPlaces } from "@lookback/kernel-bridge/processes/python-places.ts";
import type { Plan, PlanInput, PlanModel, PlanValue, PythonRuntime } from "../plan/plan.ts";
import type { Release } from "../plan/read-release.ts";
import { riskPlan } from "./fixture-release.ts";
import { DEFAULT_LIMITS, type RuntimeWorld } from "./runtimes/runtime-world.ts";

/** A fitted object as `fixtures/make_python_models.py` made it just now, and what it answers. */
export interface PythonModel {
  readonly runtime: PythonRuntime;
  readonly inputs: readonly PlanInput[];
  readonly output: PlanModel["output"];
  readonly rows: readonly (readonly PlanValue[])[];
  readonly expected: readonly (PlanValue | readonly PlanValue[])[];
}

export interface PythonModels {
  readonly python: string;
  readonly models: Readonly<Record<string, PythonModel>>;
  /** What runtimes are given, with a state folder of its own. */
  world(change?: Partial<RuntimeWorld>): RuntimeWorld;
  /** A release of one of them, which is nowhere on disk. */
  release(name: string, change?: (model: PlanModel) => PlanModel): Release;
  /** Writes a release of one of them into `deploy/NAME/VERSION` and answers its folder. */
  write(root: string, name: string, version?: number): string;
}

/** Makes them, with the Python that the tests run with: pickles are never kept. */
export function pythonModels(): PythonModels {
  const folder = mkdtempSync(join(tmpdir(), "lookback-models-"));
  const python = process.env.LOOKBACK_PYTHON ?? pythonPlaces(process.cwd(), process.env)[0]!;
  const program = join(import.meta.dirname, "..", "..", "fixtures", "make_python_models.py");
  const models: Record<string, PythonModel> = JSON.parse(
    execFileSync(python, [program, folder], { encoding: "utf8", maxBuffer: 1 << 26 }),
  );
  const bytes = (name: string) => readFileSync(join(folder, `${name}.pkl`));
  const planOf = (name: string, version: number): Plan => {
    const { runtime, inputs, output, rows } = models[name]!;
    return {
      ...riskPlan(version),
      ...{ name, entities: [], sources: [], views: [] },
      model: { runtime, path: "model.pkl", className: "Fitted", inputs, output },
      example: { inputs: namedValues(inputs, rows[0] ?? inputs.map(() => 1)), at: null },
      files: [{ path: "model.pkl", sha256: sha256(bytes(name)), size: bytes(name).length }],
    };
  };
  return {
    python,
    models,
    world: (change = {}) => ({
      ...{ stateDir: mkdtempSync(join(tmpdir(), "lookback-state-")), workspaceRoot: folder },
      ...{ env: { ...process.env, LOOKBACK_PYTHON: python }, log: () => undefined, mayInstall: false },
      limits: { ...DEFAULT_LIMITS, workers: 1 },
      ...change,
    }),
    release(name, change = (model) => model) {
      const plan = planOf(name, 1);
      const model = bytes(name);
      const digest = "0".repeat(64);
      return {
        dir: folder,
        plan: { ...plan, model: change(plan.model) },
        digest,
        model,
        modelSha256: sha256(model),
      };
    },
    write(root, name, version = 1) {
      const dir = join(root, "deploy", name, String(version));
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, "model.pkl"), bytes(name));
      writeFileSync(join(dir, "pipeline.json"), JSON.stringify(planOf(name, version)));
      return dir;
    },
  };
}

/** Values by the names of the inputs that they are for. */
export function namedValues(
  inputs: readonly PlanInput[],
  row: readonly PlanValue[],
): Record<string, PlanValue> {
  return Object.fromEntries(inputs.map(({ name }, at) => [name, row[at]!]));
}

/** Whether a process with this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
