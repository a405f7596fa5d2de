import { addRemote, remotesOf } from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";
import { handler } from "../handler.ts";

export const remotesList = handler("lookback/remotes/list", async (session) => {
  const { ledgers, failures } = await session.ledgers.all();
  if (ledgers.length === 0 && failures.length > 0) throw failures[0];
  const remotes = ledgers.map(async ({ store }) =>
    (await remotesOf(store)).map((remote) => ({ ...remote, folder: store.root })),
  );
  return { folders: ledgers.map(({ store }) => store.root), remotes: (await Promise.all(remotes)).flat() };
});

export const remotesAdd = handler("lookback/remotes/add", async (session, { folder, name, address }) => {
  const { writable } = await session.ledgers.rooted(folder);
  return { ...(await addRemote(await writable(), { name, address }, folder)), folder };
});
