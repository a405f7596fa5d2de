import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type SafeFixesWorld, safeFixes } from "./safe-fixes.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function world(answers: Record<string, boolean | null>) {
  const asked: string[] = [];
  let [front, hear]: [string | null, () => void] = ["a", () => undefined];
  const made: SafeFixesWorld = {
    front: () => front,
    ask: async (uri) => {
      asked.push(uri);
      const isAnySafe = answers[uri];
      if (isAnySafe === undefined) throw new Error("the server is gone");
      return { offered: isAnySafe === null ? null : { isAnySafe } };
    },
    onNews: (listener) => {
      hear = listener;
      return () => {
        hear = () => undefined;
      };
    },
  };
  return {
    world: made,
    asked,
    bring: (uri: string | null) => {
      front = uri;
    },
    news: () => hear(),
  };
}

const rest = () => vi.advanceTimersByTimeAsync(1_500);

test("there may be one until it is known that there is none, and again for another document", async () => {
  const told: boolean[] = [];
  const { world: here, bring } = world({ a: false, b: true });
  const fixes = safeFixes(here, () => told.push(fixes.mayBe()));
  expect(fixes.mayBe()).toBe(true);
  await rest();
  expect(fixes.mayBe()).toBe(false);
  bring("b");
  fixes.look();
  expect(fixes.mayBe()).toBe(true);
  await rest();
  expect(told).toEqual([false, true]);
});

test("whoever types is asked about once, at the end, and what was known stays until then", async () => {
  const answers: Record<string, boolean> = { a: false };
  const { world: here, asked, news } = world(answers);
  const fixes = safeFixes(here, () => undefined);
  await rest();
  answers.a = true;
  for (let key = 0; key < 5; key++) {
    news();
    await vi.advanceTimersByTimeAsync(200);
  }
  expect([fixes.mayBe(), asked]).toEqual([false, ["a"]]);
  await rest();
  expect([fixes.mayBe(), asked]).toEqual([true, ["a", "a"]]);
});

test("a server that does not answer, and a text that has changed meanwhile, say nothing of it", async () => {
  const { world: here, bring, asked } = world({ a: false, changed: null });
  const fixes = safeFixes(here, () => undefined);
  for (const uri of ["gone", "changed"]) {
    bring(uri);
    fixes.look();
    await rest();
    expect([uri, fixes.mayBe()]).toEqual([uri, true]);
  }
  bring("a");
  fixes.dispose();
  await rest();
  expect(asked).toEqual(["gone", "changed"]);
});
