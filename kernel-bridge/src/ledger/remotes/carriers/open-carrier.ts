import { join } from "node:path";
import type { Store } from "../../store/store.ts";
import type { Bucket } from "../buckets/bucket.ts";
import { bucketCarrier } from "./bucket-carrier.ts";
import type { Carrier } from "./carrier.ts";
import { gitUrl } from "./git-address.ts";
import { gitCarrier } from "./git-carrier.ts";

/** What carries the chains of a remote: its bucket, or a git repository where one is named. */
export async function openCarrier(
  store: Store,
  remote: { readonly name: string; readonly git: string | null },
  bucket: Bucket,
): Promise<Carrier> {
  if (remote.git === null) return bucketCarrier(bucket);
  const url = await gitUrl(remote.git, store.root);
  const carrier = gitCarrier(store, url, join(store.dir, "remotes", remote.name, "mirror.git"));
  // Who named the repository later, or not yet, says it where the data lies.
  const pins = async () => new Map([...(await bucketCarrier(bucket).pins()), ...(await carrier.pins())]);
  return { ...carrier, pins };
}
