import { storeSize } from "@lookback/kernel-bridge/ledger/delete/store-size.ts";
import { handler } from "../handler.ts";

export const storesSize = handler("lookback/stores/size", async (session) => {
  const { ledgers, failures } = await session.ledgers.all();
  if (ledgers.length === 0 && failures.length > 0) throw failures[0];
  const stores = ledgers.map(async ({ store, toEditor }) => {
    const size = await storeSize(store);
    const named = <T extends { readonly path: string }>(files: readonly T[]) =>
      files.map((each) => ({ ...each, path: toEditor(each.path) }));
    const [largest, costly] = [named(size.largest), named(size.costly)];
    return { folder: store.root, size: { ...size, largest, costly } };
  });
  return { stores: await Promise.all(stores) };
});
