import { expect, test } from "vitest";
import { answerText, answerValue, subjectText, valueText } from "./answer-text.ts";

test("one output is named, of several classes the likeliest", () => {
  expect(answerText({ late: 0.61234 })).toBe("late 0.6123");
  expect(answerText({ a: 0.2, b: 0.7, c: 0.1 })).toBe("b 0.7000");
  expect(answerValue({ late: "yes" })).toBe("yes");
  expect(answerText({})).toBe("none");
});

test("a request is told by its texts, or by all it has", () => {
  expect(subjectText({ origin: "JFK", carrier: "B6", hour: 7 })).toBe("JFK B6");
  expect(subjectText({ customer: 7, active: true })).toBe("7 true");
});

test("values keep four decimals", () => {
  expect(valueText(64.94001, "en-US")).toBe("64.94");
  expect(valueText(336776, "en-US")).toBe("336,776");
  expect(valueText(null)).toBe("none");
});
