import { expect, test } from "vitest";
import { formInputs, formTexts } from "./test-inputs.ts";

const example = { origin: "JFK", hour: 7, weekend: false, distance: null };

test("an untouched form sends the example", () => {
  expect(formInputs(formTexts(example), example)).toEqual(example);
});

test("texts become the types of the example, and what is no number is left for the server to refuse", () => {
  const texts = { origin: "007", hour: " 8.5 ", weekend: "true", distance: "12" };
  expect(formInputs(texts, example)).toEqual({ origin: "007", hour: 8.5, weekend: true, distance: 12 });
  expect(formInputs({ hour: "eight", weekend: "yes" }, example)).toEqual({ hour: "eight", weekend: "yes" });
  expect(formInputs({ hour: "" }, example)).toEqual({ hour: null });
});
