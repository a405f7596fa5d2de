import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pythonPlaces } from "@lookback/kernel-bridge/processes/python-places.ts";
import type { PythonRuntime } from "../../../plan/plan.ts";
import type { Release } from "../../../plan/read-release.ts";
import type { RuntimeWorld } from "../runtime-world.ts";
import { environmentOf, type LockedEnvironment } from "./locked-environment.ts";
import type { WorkerFault } from "./worker.ts";

/** Whether a Python would do, asked of itself: null where it does. */
export type Probe = (python: string) => Promise<WorkerFault | null>;

/**
 * The Python that shall run a release's model: `LOOKBACK_PYTHON`, else the first of the workspace's with the versions that the plan
 * names, else one of an environment made of the release's own lock. Fails with `serve/no-python`, naming what differs.
 */
export async function choosePython(
  release: Release,
  runtime: PythonRuntime,
  world: RuntimeWorld,
  probe: Probe,
): Promise<string> {
  const named = world.env.LOOKBACK_PYTHON;
  const places = named === undefined ? pythonPlaces(world.workspaceRoot, world.env) : [named];
  const differ: string[] = [];
  let base: string | null = null;
  for (const python of places) {
    const fault = await probe(python);
    if (fault === null) return python;
    differ.push(`${python}: ${fault.message}`);
    if (base === null && fault.python === runtime.python) base = python;
  }
  const environment = environmentOf(release, world);
  if (environment instanceof Error) throw noPython(release, runtime, places, differ, environment.message);
  const made = await inEnvironment(environment, base ?? besides(runtime.python, world.env), world).catch(
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      throw noPython(release, runtime, places, differ, error.message);
    },
  );
  const fault = await probe(made);
  if (fault === null) return made;
  throw noPython(
    release,
    runtime,
    places,
    [...differ, `${made}: ${fault.message}`],
    "the release's own lock names others",
  );
}

async function inEnvironment(
  environment: LockedEnvironment,
  base: string | null,
  { mayInstall }: RuntimeWorld,
): Promise<string> {
  if (environment.ready()) return environment.python;
  if (!mayInstall) throw new Failure("serve/environment", "there is none yet, and deploying makes it");
  if (base === null)
    throw new Failure("serve/environment", "there is no Python of that version to make one with");
  await environment.make(base);
  return environment.python;
}

/** A Python of a version under the name that it is installed under. */
function besides(version: string, env: RuntimeWorld["env"]): string | null {
  const name = `python${version}${process.platform === "win32" ? ".exe" : ""}`;
  const found = (env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return found.find((path) => existsSync(path)) ?? null;
}

function noPython(
  { plan }: Release,
  { python, packages }: PythonRuntime,
  places: readonly string[],
  differ: readonly string[],
  environment: string,
): Failure {
  const pins = Object.entries(packages).map(([name, version]) => `${name}==${version}`);
  const looked = differ.length === 0 ? "none was found" : differ.join(". ");
  const into = places[0] ?? `python${python}`;
  return new Failure(
    "serve/no-python",
    `${plan.name} version ${plan.version} needs Python ${python} with ${pins.join(", ")}, and no Python here has them. ${looked}. An environment of its own could not be used: ${environment.replace(/\.$/, "")}. It was not deployed.`,
    {
      advice: `Install what it needs (${into} -m pip install ${pins.join(" ")}), or name a Python that has it with LOOKBACK_PYTHON.`,
      data: { python, packages, differ, environment },
    },
  );
}
