import { expect, it } from "vitest";
import { findSecrets } from "../find/find-secrets.ts";
import { redactText } from "../redact/redact-text.ts";
import { secretKinds } from "../table/kinds.ts";
import { findInPython } from "./find-in-python.ts";
import { innocent } from "./innocent.ts";
import { planted } from "./planted.ts";
import { seeded } from "./seeded.ts";

it("leaves no planted secret in clear, nor half of one", () => {
  const all = planted();
  expect(all.length).toBeGreaterThanOrEqual(200);
  const clear = all.filter(({ text, secret }) => isShown(redactText(text).text, secret));
  expect(clear.map(({ about, text }) => `${about}: ${text}`)).toEqual([]);
});

it("changes at most 1 % of what is innocent", () => {
  const all = innocent();
  expect(all.length).toBeGreaterThanOrEqual(1_000);
  const changed = all.filter((text) => redactText(text).text !== text);
  expect(changed.length / all.length).toBeLessThanOrEqual(0.01);
});

it("is judged alike by the kernel and by the recorder", () => {
  const texts = [...planted().map(({ text }) => text), ...innocent()];
  const answers = findInPython(texts);
  const differing = texts.filter((text, at) => {
    const here = findSecrets(text).map(({ start, end, kind }) => [start, end, kind]);
    return JSON.stringify(here) !== JSON.stringify(answers[at]?.found);
  });
  expect(differing).toEqual([]);
});

it("misses no beginning by seeking many at once in the kernel", () => {
  const texts = [...planted().map(({ text }) => text), ...innocent(), ...ofBeginnings(400)];
  const answers = findInPython(texts);
  expect(texts.filter((_, at) => answers[at]?.whole !== true)).toEqual([]);
});

/** Texts of whole beginnings and of parts of them, which may run into each other. */
function ofBeginnings(count: number): string[] {
  const random = seeded(23);
  const starts = secretKinds.flatMap((kind) => kind.starts);
  return Array.from({ length: count }, () =>
    Array.from({ length: 40 }, () => {
      const start = random.pick(starts);
      const from = random.below(3) === 0 ? random.below(start.length) : 0;
      return (
        start.slice(from, start.length - (random.below(4) === 0 ? 1 : 0)) +
        random.pick(["", "", " ", "é", "x"])
      );
    }).join(""),
  );
}

/** Whether any ten characters in a row of a secret stand in a text: the rest could be tried. */
function isShown(text: string, secret: string): boolean {
  const length = Math.min(10, secret.length);
  return Array.from({ length: secret.length - length + 1 }, (_, at) => secret.slice(at, at + length)).some(
    (part) => text.includes(part),
  );
}
