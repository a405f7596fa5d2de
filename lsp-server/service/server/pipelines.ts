import { join } from "node:path";
import { type PipelineClient, pipelineClient } from "@lookback/pipeline/serve/client.ts";
import type { DeploymentsState } from "@lookback/protocol/deployments.ts";
import type { Ledger } from "./ledgers.ts";
import type { Session } from "./session.ts";

/** The embedded pipeline of a ledger's workspace, running or not. */
export function pipelineOf({ store }: Ledger): PipelineClient {
  return pipelineClient(join(store.dir, "pipeline"));
}

/** The pipeline that an editor's name of a deployment belongs to, and the name it has there. Fails with `workspace/no-folder`. */
export async function pipelineFor(
  session: Session,
  deployment: string,
): Promise<{
  readonly pipeline: PipelineClient;
  readonly name: string;
  readonly labeled: (name: string) => string;
}> {
  const ledger = await session.ledgers.of(deployment);
  const { label } = ledger.folder;
  const labeled = (name: string) => (label === "" ? name : `${label}/${name}`);
  const name = label === "" ? deployment : deployment.slice(label.length + 1);
  return { pipeline: pipelineOf(ledger), name, labeled };
}

/**
 * What every open folder has deployed, each deployment after its folder's label where several are open. Running: every
 * pipeline that has something deployed. The address is said where there is one.
 */
export async function allDeployments(
  session: Session,
  ask: (pipeline: PipelineClient) => Promise<DeploymentsState> = (pipeline) => pipeline.status(),
): Promise<DeploymentsState> {
  const { ledgers, failures } = await session.ledgers.all();
  if (ledgers.length === 0 && failures.length > 0) throw failures[0];
  const states = await Promise.all(
    ledgers.map(async (ledger) => ({ label: ledger.folder.label, state: await ask(pipelineOf(ledger)) })),
  );
  const [only] = states;
  if (only !== undefined && states.length === 1 && only.label === "") return only.state;
  const used = states.filter(({ state }) => state.deployments.length > 0);
  return {
    running: used.length > 0 && used.every(({ state }) => state.running),
    url: used.length === 1 ? (used[0]?.state.url ?? null) : null,
    since: used.length === 1 ? (used[0]?.state.since ?? null) : null,
    deployments: used.flatMap(({ label, state }) =>
      state.deployments.map((deployment) => ({ ...deployment, name: `${label}/${deployment.name}` })),
    ),
  };
}
