import type { RunIndex } from "../index/run-index.ts";
import { knownPins } from "../remotes/remote-pins.ts";
import type { Store } from "../store/store.ts";
import { pinsByCommit } from "./pins.ts";

/** That a deployment rests on a run, or rested. */
export interface Rest {
  readonly deployment: string;
  readonly commit: string;
  /** Until when; null while it does. */
  readonly until: string | null;
}

/** On what each deployment rests and ever rested, as far as it is known: before moves and removals were kept, nobody noted them. And what of it cannot be read. */
export async function restsOf(
  store: Store,
  { events }: Pick<RunIndex, "events">,
): Promise<{ readonly rests: readonly Rest[]; readonly unreadable: readonly string[] }> {
  const { pins, unreadable } = await pinsByCommit(store);
  const remote = await knownPins(store);
  const rests: Rest[] = [...pins].flatMap(([commit, deployments]) =>
    deployments.map((deployment) => ({ deployment, commit, until: null })),
  );
  for (const pin of remote.pins) rests.push({ ...pin, until: null });
  for (const { event } of events) {
    if (event.said.kind !== "rested") continue;
    const { deployment, commit } = event.said;
    rests.push({ deployment, commit, until: event.at });
  }
  return { rests, unreadable: [...unreadable, ...remote.unreadable] };
}
