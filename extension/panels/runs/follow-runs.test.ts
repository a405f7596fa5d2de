import type { Result } from "@lookback/protocol/requests.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { expect, it } from "vitest";
import type { Host } from "../../host.ts";
import { followRuns, nothingKnown, type RunsKnown } from "./follow-runs.ts";
import { runSummary } from "./sample-run.ts";

type List = Result<"lookback/runs/list">;

/** A list of runs whose server answers when the test says. */
function bench() {
  const asked: {
    limit: number | undefined;
    answer(ids: readonly string[]): Promise<void>;
    fail(): Promise<void>;
  }[] = [];
  let hear: (change: { id: string | null }) => void = () => undefined;
  let known: RunsKnown = nothingKnown;
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  const request = (_: string, { limit }: { limit?: number }) =>
    new Promise<List>((resolve, reject) =>
      asked.push({
        limit,
        answer(ids) {
          const runs = ids.map((id) => runSummary({ id }) as RunSummary);
          const shown = runs.slice(0, limit);
          resolve({ runs: shown, total: runs.length, unreadable: [], problems: [] } as unknown as List);
          return settle();
        },
        fail() {
          reject(new Error("no"));
          return settle();
        },
      }),
    );
  const on = (_: string, listener: typeof hear) => {
    hear = listener;
    return () => undefined;
  };
  const following = followRuns({ request, on } as unknown as Pick<Host, "request" | "on">, (now) => {
    known = now;
  });
  return {
    asked,
    changed: (id: string | null) => hear({ id }),
    ids: () => known.runs?.map(({ id }) => id),
    known: () => known,
    following,
  };
}

const many = Array.from({ length: 120 }, (_, at) => String(1_200 - at));

it("keeps a run that came while all of them were read", async () => {
  const { asked, changed, ids } = bench();
  await asked[0]!.answer(many);
  changed("1201");
  await asked[2]!.answer(["1201", ...many]);
  await asked[1]!.answer(many);
  expect(ids()).toEqual(["1201", ...many]);
});

it("does not bring back a run that was deleted while the newest were read", async () => {
  const { asked, changed, ids } = bench();
  await asked[0]!.answer(["2", "1"]);
  changed("2");
  changed(null);
  await asked[2]!.answer(["1"]);
  await asked[1]!.answer(["2", "1"]);
  expect(ids()).toEqual(["1"]);
});

it("shows the first screenful before the rest, and says why there is none", async () => {
  const { asked, ids, known, following } = bench();
  await asked[0]!.answer(many);
  expect([asked[0]!.limit, ids()?.length, asked[1]!.limit]).toEqual([100, 100, 120]);
  following.reload();
  await asked[2]!.fail();
  expect(known().failure?.message).toBe("no");
  await asked[1]!.answer(many);
  expect(ids()?.length).toBe(100);
});
