import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../../failure.ts";
import { writerId } from "../../chain/refs.ts";
import type { Pack } from "../../git/pack-bytes.ts";
import type { Store } from "../../store/store.ts";
import type { Carrier, ChainStretch, ChainThere } from "./carrier.ts";
import { arrivedPack } from "./chain-pieces.ts";
import { gitIn, type RunGit } from "./run-git.ts";

/**
 * Chains as refs of a git repository, `refs/lookback/log/<writer>`, and what deployments rest on as `refs/lookback/pins/<store>`, by the person's own git.
 * What is there is mirrored in `folder`, a bare repository of ours: git's packs never come among those of the store.
 */
export function gitCarrier(store: Store, url: string, folder: string): Carrier {
  const mirror = gitIn(folder, url);
  const refresh = async (signal?: AbortSignal) => {
    await mkdir(folder, { recursive: true });
    const isLaid = await stat(join(folder, "HEAD")).catch(() => null);
    if (isLaid === null) await mirror(["init", "--quiet", "--bare", "."], { signal });
    await mirror(
      ["fetch", "--quiet", "--prune", "--no-tags", "--", url, "+refs/lookback/*:refs/lookback/*"],
      {
        signal,
      },
    );
    const refs = await mirror(["for-each-ref", "--format=%(objectname) %(refname)", "refs/lookback"]);
    return new Map(lines(refs).map((line) => [line.slice(41), line.slice(0, 40)]));
  };
  return {
    async chains(signal) {
      const chains = new Map<string, ChainThere>();
      for (const [ref, head] of await refresh(signal)) {
        const writer = /^refs\/lookback\/log\/(.*)$/.exec(ref)?.[1];
        if (writer !== undefined && writerId.test(writer))
          chains.set(writer, await chainThere(mirror, head, store));
      }
      return chains;
    },
    async send(_, stretches, signal) {
      let commits = 0;
      const push = gitIn(store.gitdir, url);
      for (let at = 0; at < stretches.length; at += atOnce) {
        const some = stretches.slice(at, at + atOnce);
        const specs = some.map(({ writer, chain }) => `${chain.at(-1)}:refs/lookback/log/${writer}`);
        // What another sends of the same chain meanwhile is refused and there all the same.
        const said = await push(["push", "--porcelain", "--no-verify", "--", url, ...specs], {
          signal,
          accepts: /^!\t/m,
        });
        commits += countSent(said, some);
      }
      return commits;
    },
    async pins() {
      const said = new Map<string, string>();
      for (const [ref, oid] of await refresh()) {
        const id = /^refs\/lookback\/pins\/(.*)$/.exec(ref)?.[1];
        if (id !== undefined) said.set(id, await mirror(["cat-file", "blob", oid]));
      }
      return said;
    },
    async sayPins(storeId, text) {
      await refresh();
      const oid = (await mirror(["hash-object", "-w", "--stdin"], { input: text })).trim();
      const spec = `+${oid}:refs/lookback/pins/${storeId}`;
      await mirror(["push", "--quiet", "--no-verify", "--", url, spec]);
    },
  };
}

const atOnce = 200;

async function chainThere(mirror: RunGit, head: string, { temporary }: Store): Promise<ChainThere> {
  const commits = lines(await mirror(["rev-list", "--first-parent", "--reverse", head]));
  return {
    length: commits.length,
    head,
    at: (place) => commits[place] ?? null,
    async *packs(from): AsyncGenerator<Pack> {
      const into = join(temporary, `${randomUUID()}.packs`);
      await mkdir(into, { recursive: true });
      try {
        const revisions = from === 0 ? `${head}\n` : `${head}\n^${commits[from - 1]}\n`;
        // Without deltas, as the store's own packs are.
        const how = ["--revs", "--window=0", "--no-reuse-delta", "--max-pack-size=512m", "--quiet"];
        await mirror(["pack-objects", ...how, join(into, "pack")], { input: revisions });
        for (const name of (await readdir(into)).filter((each) => each.endsWith(".pack"))) {
          const path = join(into, name);
          yield arrivedPack(name, await readFile(path), await readFile(path.replace(/\.pack$/, ".idx")));
        }
      } finally {
        await rm(into, { recursive: true, force: true });
      }
    },
  };
}

/** Fails where one was refused by whoever keeps the repository, which is no race. */
function countSent(said: string, stretches: readonly ChainStretch[]): number {
  let commits = 0;
  for (const { writer, chain, from } of stretches) {
    const line = lines(said).find((each) => each.includes(`:refs/lookback/log/${writer}\t`)) ?? "!";
    if (!line.startsWith("!")) commits += chain.length - from;
    else if (!/\[rejected\]/.test(line))
      throw new Failure(
        "remotes/denied",
        `git did not take refs/lookback/log/${writer} there: ${line.split("\t").at(-1) ?? line}. What was taken stays there.`,
        { advice: "Whoever keeps the repository must let you push refs/lookback/*." },
      );
  }
  return commits;
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
