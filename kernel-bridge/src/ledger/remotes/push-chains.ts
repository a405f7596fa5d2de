import { type Refs, writerId } from "../chain/refs.ts";
import { readObjects } from "../git/read-objects.ts";
import type { Store } from "../store/store.ts";
import type { Carrier, ChainStretch } from "./carriers/carrier.ts";
import { chainHere } from "./chain-of.ts";

/** What was sent of the chains, and what could not be. */
export interface PushedChains {
  /** Commits that were not there before: runs and what was said of them. */
  readonly commits: number;
  /** What differs there and here, a sentence each: nobody can say which is right. */
  readonly problems: readonly string[];
}

/** Sends what a remote does not have of the chains here, as far as they are given: others' too, so that a second remote gets all. */
export async function pushChains(
  store: Store,
  carrier: Carrier,
  { found, odd }: Refs,
  signal: AbortSignal,
): Promise<PushedChains> {
  const there = await carrier.chains(signal);
  const problems = [...odd.keys()]
    .filter((name) => writerId.test(name))
    .map((name) => `The chain ${name} cannot be read here: nothing of it was sent.`);
  const stretches: ChainStretch[] = [];
  for (const [writer, head] of found) {
    const end = there.get(writer);
    if (end?.head === head) continue;
    const chain = await chainHere(store, head);
    const from = end?.length ?? 0;
    if (end !== undefined && from <= chain.length && chain[from - 1] !== end.head)
      problems.push(differs(writer));
    else if (from < chain.length) stretches.push({ writer, chain, from });
  }
  const commits = await readObjects(store, (objects) => carrier.send(objects, stretches, signal));
  return { commits, problems };
}

/** Said of a chain that is not the same there and here, as far as both reach. */
export function differs(writer: string): string {
  return `The chain ${writer} is another there than here, as after a copy of the workspace was put back: nothing of it was sent or taken.`;
}
