import type { RunSummary } from "@lookback/protocol/runs.ts";
import { expect, it } from "vitest";
import { runRecorder } from "./run-recorder.ts";

const summary = (id: string) => ({ id }) as RunSummary;

/** A recorder whose server answers what the test says, and whose clock stands until the test moves it. */
function bench() {
  const asked: { resolve(run: RunSummary | null): void; reject(error: Error): void }[] = [];
  const timers: { at: number; work: () => void }[] = [];
  const said: string[] = [];
  let now = 0;
  const recorder = runRecorder<{ name: string }>({
    ask: () => new Promise((resolve, reject) => asked.push({ resolve, reject })),
    failureOf: (error) => ({ code: "x", message: String(error), advice: "", data: {} }),
    now: () => now,
    later: (ms, work) => timers.push({ at: now + ms, work }),
  });
  recorder.onChange((notebook) => said.push(recorder.of(notebook)?.state ?? "nothing"));
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    recorder,
    said,
    asked,
    settle,
    async pass(ms: number) {
      now += ms;
      for (const timer of timers.splice(0)) {
        if (timer.at <= now) timer.work();
        else timers.push(timer);
      }
      await settle();
    },
  };
}
const notebook = { name: "n" };

it("says that it records, then that it recorded", async () => {
  const { recorder, asked, said, settle } = bench();
  expect(recorder.of(notebook)).toBeNull();
  recorder.record(notebook);
  asked[0]?.resolve(summary("01A"));
  await settle();
  expect(said).toEqual(["recording", "recorded"]);
  expect(recorder.of(notebook)).toEqual({ state: "recorded", id: "01A", at: 0 });
});

it("keeps what it said when nothing new ran", async () => {
  const { recorder, asked, settle } = bench();
  recorder.record(notebook);
  asked[0]?.resolve(summary("01A"));
  await settle();
  recorder.record(notebook);
  asked[1]?.resolve(null);
  await settle();
  expect(recorder.of(notebook)).toMatchObject({ id: "01A" });
});

it("asks once at a time, and once more for all that ran meanwhile", async () => {
  const { recorder, asked, settle } = bench();
  for (let times = 0; times < 4; times += 1) recorder.record(notebook);
  expect(asked).toHaveLength(1);
  asked[0]?.resolve(summary("01A"));
  await settle();
  expect(asked).toHaveLength(2);
  asked[1]?.resolve(summary("01B"));
  await settle();
  expect(asked).toHaveLength(2);
  expect(recorder.of(notebook)).toMatchObject({ id: "01B" });
});

it("says what failed until it is recorded, and asks again by itself", async () => {
  const { recorder, asked, said, settle, pass } = bench();
  recorder.record(notebook);
  asked[0]?.reject(new Error("no space"));
  await settle();
  expect(recorder.of(notebook)).toMatchObject({
    state: "failed",
    failure: { message: "Error: no space" },
    again: 2_000,
  });
  await pass(1_999);
  expect(asked).toHaveLength(1);
  await pass(1);
  expect(asked).toHaveLength(2);
  asked[1]?.resolve(summary("01A"));
  await settle();
  expect(said).toEqual(["recording", "failed", "recording", "recorded"]);
});

it("stops asking by itself in the end, and then a person may try again", async () => {
  const { recorder, asked, settle, pass } = bench();
  recorder.record(notebook);
  for (let tries = 1; ; tries += 1) {
    asked[tries - 1]?.reject(new Error("still"));
    await settle();
    const state = recorder.of(notebook);
    if (state?.state !== "failed" || state.again === null) break;
    await pass(300_000);
    expect(asked).toHaveLength(tries + 1);
  }
  const tries = asked.length;
  await pass(10_000_000);
  expect(asked).toHaveLength(tries);
  recorder.record(notebook);
  asked[tries]?.resolve(summary("01A"));
  await settle();
  expect(recorder.of(notebook)).toMatchObject({ state: "recorded" });
});

it("does not ask again for a notebook that was closed, and says that nothing is said of it any more", async () => {
  const { recorder, asked, said, settle, pass } = bench();
  recorder.record(notebook);
  asked[0]?.reject(new Error("no"));
  await settle();
  recorder.close(notebook);
  await pass(1_000_000);
  expect(asked).toHaveLength(1);
  expect(recorder.of(notebook)).toBeNull();
  expect(said).toEqual(["recording", "failed", "nothing"]);
});

it("asks nothing of a kernel that is not seen, until it is", async () => {
  const { recorder, asked } = bench();
  const failure = { code: "k", message: "m", advice: "a", data: {} };
  recorder.unseen(notebook, failure);
  recorder.record(notebook);
  expect(recorder.of(notebook)).toEqual({ state: "unseen", failure });
  expect(asked).toHaveLength(0);
  recorder.seen(notebook);
  expect(recorder.of(notebook)).toBeNull();
  recorder.record(notebook);
  expect(asked).toHaveLength(1);
});

it("lets a kernel that is not seen be looked at again whenever a run is to be recorded", () => {
  const { recorder, asked } = bench();
  const looked: object[] = [];
  recorder.onUnseen((each) => {
    looked.push(each);
    recorder.seen(each);
    recorder.record(each);
  });
  recorder.unseen(notebook, { code: "k", message: "m", advice: "a", data: {} });
  expect(looked).toEqual([]);
  recorder.record(notebook);
  expect(looked).toEqual([notebook]);
  expect(asked).toHaveLength(1);
});

it("says what was missed until something is recorded", async () => {
  const { recorder, asked, settle } = bench();
  const failure = { code: "k", message: "m", advice: "a", data: {} };
  recorder.missed(notebook, failure);
  recorder.record(notebook);
  asked[0]?.resolve(null);
  await settle();
  expect(recorder.of(notebook)).toEqual({ state: "missed", failure });
  recorder.record(notebook);
  asked[1]?.resolve(summary("01A"));
  await settle();
  expect(recorder.of(notebook)).toMatchObject({ state: "recorded" });
});

it.each(["unseen", "missed"] as const)(
  "keeps that it is %s where that is said while it records",
  async (state) => {
    const { recorder, asked, settle } = bench();
    const failure = { code: "x", message: "not seen", advice: "", data: {} };
    recorder.record(notebook);
    recorder.record(notebook);
    recorder[state](notebook, failure);
    asked[0]?.resolve(null);
    await settle();
    asked[1]?.resolve(null);
    await settle();
    expect(recorder.of(notebook)).toEqual({ state, failure });
  },
);

it("asks nothing more of a notebook that is closed while it records", async () => {
  const { recorder, asked, settle, pass } = bench();
  recorder.record(notebook);
  recorder.close(notebook);
  asked[0]?.reject(new Error("gone"));
  await settle();
  await pass(1_000_000);
  expect(recorder.of(notebook)).toBeNull();
  expect(asked).toHaveLength(1);
});
