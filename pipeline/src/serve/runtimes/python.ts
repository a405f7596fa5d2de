import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { PythonRuntime } from "../../plan/plan.ts";
import type { Release } from "../../plan/read-release.ts";
import { answerNames, answerReader } from "./answer-reader.ts";
import { badModel, type Datatype, type Model } from "./model.ts";
import { choosePython } from "./python/choose-python.ts";
import { openPool } from "./python/pool.ts";
import { columnsOf } from "./python/wire.ts";
import { startWorker, WorkerFault, type WorkerOptions, type WorkerSettings } from "./python/worker.ts";
import { workerEnv } from "./python/worker-env.ts";
import { workerSource } from "./python/worker-source.ts";
import type { RuntimeWorld } from "./runtime-world.ts";

/**
 * A fitted object in processes of Python beside the server. Its bytes are unpickled only there, only as they were verified, and only by the
 * versions that the plan names. Fails with `serve/no-python` where there are none such, with `serve/bad-model` when it does not fit its plan.
 */
export async function loadPython(
  release: Release,
  runtime: PythonRuntime,
  world: RuntimeWorld,
): Promise<Model> {
  const { plan } = release;
  const { inputs, output } = plan.model;
  const cwd = join(world.stateDir, "workers");
  mkdirSync(cwd, { recursive: true, mode: 0o700 });
  const settings: WorkerSettings = {
    ...{ python: runtime.python, packages: runtime.packages, takes: runtime.takes, method: runtime.method },
    classes: output.classes,
    inputs: inputs.map(({ name, type }) => ({ name, type })),
  };
  const about = { model: plan.name, version: plan.version };
  const common: Omit<WorkerOptions, "python" | "model"> = {
    ...{ cwd, env: workerEnv(world.env), source: workerSource(), settings, loadMs: LOAD_MS },
    heard: (text) => world.log("a model printed", { ...about, text }),
  };
  const never = new AbortController().signal;
  const python = await choosePython(release, runtime, world, async (each) => {
    try {
      await (
        await startWorker({ ...common, python: each, model: null, heard: () => undefined }, never)
      ).end();
      return null;
    } catch (error) {
      if (error instanceof WorkerFault) return error;
      throw error;
    }
  });
  const pool = await openPool(async (signal) => {
    const worker = await startWorker({ ...common, python, model: release.model }, signal);
    world.log("a worker started", { ...about, pid: worker.pid, python });
    void worker.ended.then((how) => world.log("a worker ended", { ...about, pid: worker.pid, how }));
    return worker;
  }, world.limits).catch((error: unknown) => {
    throw refusedLoad(release, error);
  });
  const read = answerReader(release);
  const names = answerNames(output);
  let kinds: readonly Datatype[] = names.map(() => "FP64");
  return {
    async answer(rows) {
      const reply = await pool.ask({ columns: columnsOf(inputs.length, rows) });
      if ("fault" in reply)
        throw new Failure(
          "serve/no-answer",
          `The model has no answer: ${reply.what}. No prediction was made.`,
        );
      const answers = read({
        rows: rows.length,
        width: reply.rows[0]?.length ?? 0,
        at: (row, place) => reply.rows[row]![place]!,
      });
      if (output.kind !== "probability") kinds = reply.kinds as readonly Datatype[];
      return answers;
    },
    datatypes: () => kinds,
    health: () => pool.health(),
    close: (graceMs = Number.POSITIVE_INFINITY) => pool.close(graceMs),
  };
}

/** Libraries are read from a cold disk, a large model through a pipe. */
const LOAD_MS = 5 * 60_000;

function refusedLoad(release: Release, error: unknown): unknown {
  if (!(error instanceof WorkerFault)) return error;
  const why =
    error.kind === "ended"
      ? `the Python process that loads it does not live (${error.message})`
      : error.message;
  return badModel(release, why, error);
}
