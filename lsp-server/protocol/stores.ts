import type { Garbage } from "@lookback/kernel-bridge/ledger/delete/collect.ts";
import type { StoreSize } from "@lookback/kernel-bridge/ledger/delete/store-size.ts";

export interface StoreRequests {
  /** What the ledger of each open folder takes, and what could go; `folder` is the root it names files from. */
  "lookback/stores/size": {
    params: Record<string, never>;
    result: { stores: { readonly folder: string; readonly size: StoreSize }[] };
  };
  /** Frees the bytes of the deleted runs of one of them, or only says which (`dryRun`). */
  "lookback/stores/collect": { params: { folder: string; dryRun: boolean }; result: Garbage };
}
