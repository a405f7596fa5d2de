import { join } from "node:path";
import { type PipelineClient, pipelineClient } from "@lookback/pipeline/serve/client.ts";
import type { Status } from "@lookback/protocol/deployments.ts";
import type { Ledger } from "./ledgers.ts";
import { mergeStatus } from "./merge-status.ts";
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

/** What every open folder has deployed, each deployment after its folder's label where several are open. */
export async function allDeployments(
  session: Session,
  ask: (pipeline: PipelineClient) => Promise<Status> = (pipeline) => pipeline.status(),
): Promise<Status> {
  const { ledgers, failures } = await session.ledgers.all();
  if (ledgers.length === 0 && failures.length > 0) throw failures[0];
  const states = await Promise.all(
    ledgers.map(async (ledger) => ({ label: ledger.folder.label, state: await ask(pipelineOf(ledger)) })),
  );
  return mergeStatus(states);
}
