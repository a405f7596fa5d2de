import type { Status } from "@lookback/protocol/deployments.ts";

/**
 * What several folders have deployed as one answer, each deployment and each problem after its folder's label. Running: every pipeline
 * that has something deployed. The address is said where there is one.
 */
export function mergeStatus(states: readonly { readonly label: string; readonly state: Status }[]): Status {
  const [only] = states;
  if (only !== undefined && states.length === 1 && only.label === "") return only.state;
  const used = states.filter(({ state }) => hasDeployed(state));
  const alone = used.length === 1 ? used[0]?.state : undefined;
  return {
    running: used.length > 0 && used.every(({ state }) => state.running),
    url: alone?.url ?? null,
    since: alone?.since ?? null,
    deployments: used.flatMap(({ label, state }) =>
      state.deployments.map((deployment) => ({ ...deployment, name: `${label}/${deployment.name}` })),
    ),
    unreadable: used.flatMap(({ label, state }) =>
      state.unreadable.map(({ name, reason }) =>
        name === null ? { name, reason: `${label}: ${reason}` } : { name: `${label}/${name}`, reason },
      ),
    ),
    problems: states.flatMap(({ label, state }) => state.problems.map((problem) => `${label}: ${problem}`)),
  };
}

/** Whether something is recorded as deployed, readable or not. */
export function hasDeployed({ deployments, unreadable }: Status): boolean {
  return deployments.length + unreadable.length > 0;
}
