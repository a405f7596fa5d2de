import { join } from "node:path";
import { type PipelineClient, pipelineClient } from "@lookback/pipeline/serve/client.ts";
import type { Session } from "./session.ts";

/** The embedded pipeline of a session's workspace, running or not. */
export async function pipelineOf(session: Session): Promise<PipelineClient> {
  const store = await session.store();
  return pipelineClient(join(store.dir, "pipeline"));
}
