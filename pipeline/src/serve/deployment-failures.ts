import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Release } from "../plan/read-release.ts";
import { statePath } from "./state-file.ts";

/** The state file cannot be written: what was deployed stays. */
export function unwritable(stateDir: string, name: string, active: number | null, cause: unknown): Failure {
  const why = cause instanceof Error ? cause.message : String(cause);
  const stays = active === null ? "" : ` Version ${active} keeps serving.`;
  return new Failure(
    "serve/state-unwritable",
    `What is deployed under ${name} was not changed: ${statePath(stateDir)} cannot be written (${why}).${stays}`,
    { advice: "Free space on the disk that holds it, or make its folder writable.", data: { name }, cause },
  );
}

/** There is a record of the deployment, which cannot be read. */
export function unreadableDeployment(stateDir: string, name: string, reason: string): Failure {
  return new Failure(
    "serve/unreadable-deployment",
    `The record of ${name} cannot be read: ${reason} Nothing was answered or changed.`,
    {
      advice: `Mend the record in ${statePath(stateDir)} or take it out, then start the pipeline again.`,
      data: { name, reason },
    },
  );
}

/** There is a record of the version, which cannot be read. */
export function unreadableVersion(stateDir: string, name: string, version: number, reason: string): Failure {
  return new Failure(
    "serve/unreadable-version",
    `The record of version ${version} of ${name} cannot be read, so whether it was deployed as it is now is not known: ${reason} It was not deployed.`,
    {
      advice: `Publish the next version, or mend the record in ${statePath(stateDir)} and start the pipeline again.`,
      data: { name, version, reason },
    },
  );
}

/** The folder holds another release than the one that was deployed under its version. */
export function changed({ plan, dir }: Release): Failure {
  const { name, version } = plan;
  return new Failure(
    "serve/version-changed",
    `${dir} is not the version ${version} of ${name} that was deployed before: pipeline.json has changed. It was not deployed.`,
    { advice: "Restore the folder from its tag, or publish the next version.", data: { name, version } },
  );
}

/** A path leads out of the workspace. */
export function outside(path: string, root: string): Failure {
  return new Failure(
    "serve/outside-workspace",
    `${path} lies outside the workspace ${root}. It was not deployed.`,
    {
      advice: "Publish from the workspace the pipeline was started in, or stop it and start it here.",
      data: { path },
    },
  );
}
