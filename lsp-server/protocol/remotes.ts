import type { Shared } from "@lookback/kernel-bridge/ledger/remotes/push.ts";
import type { Remote } from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";

/** A remote of one of the open ledgers; `folder` is the root that ledger names files from. */
export interface KnownRemote extends Remote {
  readonly folder: string;
}

export interface RemoteRequests {
  /** The ledgers of the open folders by their roots, and all their remotes. */
  "lookback/remotes/list": {
    params: Record<string, never>;
    result: { folders: string[]; remotes: KnownRemote[] };
  };
  /** Adds a remote, or gives one another address. Nothing is asked of it yet. */
  "lookback/remotes/add": {
    params: { folder: string; name: string; address: string };
    result: KnownRemote;
  };
  /** Sends what the remote does not have. Progress arrives as `lookback/remotes/progress`. Cancellable: what arrived stays, and the next time goes on from there. */
  "lookback/remotes/push": { params: { folder: string; name: string }; result: Shared };
  /** Fetches the runs of others, and of their data what is wished for. Progress and cancel as for a push. */
  "lookback/remotes/pull": {
    params: { folder: string; name: string; data: "all" | "none" | { runs: string[] } };
    result: Shared;
  };
}

export interface RemoteNotifications {
  "lookback/remotes/progress": { folder: string; name: string; says: string };
}
