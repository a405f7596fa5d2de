import type { PublishContext } from "../publish/publish-context.ts";
import { pipelineOf } from "./pipeline-of.ts";
import type { Session } from "./session.ts";

/** The world of a publication from an editor: this session's workspace, its pipeline, its kernel's Python. */
export async function publishContextOf(session: Session): Promise<PublishContext> {
  return {
    store: await session.store(),
    python: session.python,
    compiler: session.world.compiler,
    pipeline: { client: await pipelineOf(session), spawn: session.world.pipeline },
    env: process.env,
    now: () => new Date(),
    ...(session.world.kernelPython === undefined ? {} : { kernelPython: session.world.kernelPython }),
  };
}
