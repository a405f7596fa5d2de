import { expect, it } from "vitest";
import { findSecrets } from "../find/find-secrets.ts";
import { findInPython } from "./find-in-python.ts";
import { hostile } from "./hostile.ts";

const short = 10_000;

/** Four times the text may cost eight times the work, for caches and collectors; a search that needs its square costs sixteen. Noise of a few milliseconds says nothing. */
const most = (ms: number) => 8 * ms + 25;

it("costs no more than the text's length costs, whatever it holds", () => {
  const slow = hostile(short).filter(({ text }) => {
    const once = fastest(text);
    return fastest(text.repeat(4)) > most(once) || once > 100;
  });
  expect(slow.map(({ about }) => about)).toEqual([]);
});

it("costs no more in the kernel either", () => {
  const texts = hostile(short);
  const answers = findInPython(texts.flatMap(({ text }) => [text, text.repeat(4)]));
  const slow = texts.filter((_, at) => (answers[2 * at + 1]?.ms ?? 0) > most(answers[2 * at]?.ms ?? 0));
  expect(slow.map(({ about }) => about)).toEqual([]);
});

/** Milliseconds of a processor, the lesser of two. */
function fastest(text: string): number {
  const times = [1, 2].map(() => {
    const began = process.cpuUsage();
    findSecrets(text);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
