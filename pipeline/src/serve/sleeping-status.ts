import { unreadableVersions } from "./deployment-status.ts";
import type { State } from "./state-file.ts";
import type { Status } from "./status.ts";

/** What is deployed while no server runs: known from the state file, with nothing counted. */
export function sleepingStatus({ deployments, unreadable }: State, problems: readonly string[]): Status {
  const reason = "The pipeline is not running.";
  return {
    running: false,
    url: null,
    since: null,
    deployments: deployments.map((saved) => ({
      name: saved.name,
      active: saved.active,
      previous: saved.previous,
      versions: saved.versions.map(({ version, run, deployedAt, modelSha256 }) => ({
        ...{ version, run, deployedAt, modelSha256, state: "retired" as const, reason },
        ...{ requests: 0, errors: 0, p99Ms: null, runtime: null },
      })),
      unreadable: unreadableVersions(saved),
      views: [],
      example: {},
      exampleAt: null,
      recent: [],
    })),
    unreadable: unreadable.map(({ name, reason }) => ({ name, reason })),
    problems,
  };
}
