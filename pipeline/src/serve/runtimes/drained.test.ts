import { expect, it } from "vitest";
import { drained } from "./drained.ts";
import type { Model } from "./model.ts";

/** A model that answers when it is told to. */
function slow() {
  let answer: () => void = () => undefined;
  let closed = 0;
  const model: Model = {
    answer: () =>
      new Promise((resolve) => {
        answer = () => resolve([{ y: 1 }]);
      }),
    datatypes: () => ["FP64"],
    health: () => null,
    async close() {
      closed += 1;
    },
  };
  return { model, answer: () => answer(), closed: () => closed };
}

it("is closed once, after what it was asked, and answers nothing afterwards", async () => {
  const fake = slow();
  const model = drained(fake.model);
  const asked = model.answer([[1]]);
  const closing = [model.close(), model.close()];
  await expect(model.answer([[2]])).rejects.toMatchObject({ code: "serve/no-active-version" });
  expect(fake.closed()).toBe(0);
  fake.answer();
  expect(await asked).toEqual([{ y: 1 }]);
  await Promise.all(closing);
  expect(fake.closed()).toBe(1);
});

it("is closed without waiting longer than it is given, though it was told to wait before", async () => {
  const fake = slow();
  const model = drained(fake.model);
  void model.answer([[1]]);
  void model.close();
  await model.close(20);
  expect(fake.closed()).toBe(1);
});
