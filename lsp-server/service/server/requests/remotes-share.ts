import { pull } from "@lookback/kernel-bridge/ledger/remotes/pull.ts";
import { push } from "@lookback/kernel-bridge/ledger/remotes/push.ts";
import { remoteNamed } from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";
import { type Context, handler } from "../handler.ts";

export const remotesPush = handler("lookback/remotes/push", async (session, { folder, name }, context) => {
  const { store, writable } = await session.ledgers.rooted(folder);
  const remote = await remoteNamed(store, name);
  return push(await writable(), remote, sharing(folder, name, context));
});

export const remotesPull = handler(
  "lookback/remotes/pull",
  async (session, { folder, name, data }, context) => {
    const { store, writable } = await session.ledgers.rooted(folder);
    const remote = await remoteNamed(store, name);
    try {
      return await pull(await writable(), remote, data, sharing(folder, name, context));
    } finally {
      // What arrived before it was broken off is here.
      session.tellOfRun(null);
    }
  },
);

function sharing(folder: string, name: string, { signal, notify }: Context) {
  const onProgress = (says: string) => notify("lookback/remotes/progress", { folder, name, says });
  return { signal, onProgress };
}
