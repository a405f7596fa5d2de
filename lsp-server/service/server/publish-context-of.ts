import { fileURLToPath } from "node:url";
import type { PublishContext } from "../publish/publish-context.ts";
import type { Ledger } from "./ledgers.ts";
import { pipelineOf } from "./pipelines.ts";
import type { Session } from "./session.ts";

/** The world of a publication from an editor: the notebook's workspace, its pipeline, its kernel's Python. */
export function publishContextOf({ world, python, documents }: Session, ledger: Ledger): PublishContext {
  return {
    store: ledger.store,
    python,
    // By path and not by URI: editors escape differently.
    onScreen: (path) =>
      documents.all().find(({ uri }) => uri.startsWith("file:") && fileURLToPath(uri) === path)?.notebook ??
      null,
    compiler: world.compiler,
    pipeline: { client: pipelineOf(ledger), spawn: world.pipeline },
    env: process.env,
    now: () => new Date(),
    ...(world.kernelPython === undefined ? {} : { kernelPython: world.kernelPython }),
  };
}
