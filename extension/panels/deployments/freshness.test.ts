import { expect, test } from "vitest";
import { freshness, longDuration } from "./freshness.ts";

const hour = 3_600_000;
const now = new Date("2026-01-01T12:00:00Z");
const view = { name: "v", rows: 1, materializedAt: null, delayMs: hour, lastsMs: 6 * hour };

test.each([
  ["2026-01-01T11:00:00Z", true],
  ["2026-01-01T05:00:00Z", true],
  ["2026-01-01T04:59:00Z", false],
])("a row of %s counts for six hours and an hour's delay: %s", (newestEventTime, fresh) => {
  expect(freshness({ ...view, newestEventTime }, now).fresh).toBe(fresh);
});

test("a view without rows is not fresh, a row without end always is", () => {
  expect(freshness({ ...view, newestEventTime: null }, now)).toMatchObject({ fresh: false, age: null });
  expect(freshness({ ...view, newestEventTime: "1999-01-01T00:00:00Z", lastsMs: null }, now).fresh).toBe(
    true,
  );
});

test.each([
  [45 * 60_000, "45 min"],
  [36 * hour, "36 h"],
  [72 * hour, "3 days"],
  [12.9 * 365.25 * 24 * hour, "12.9 years"],
])("%d ms is %s", (ms, text) => {
  expect(longDuration(ms)).toBe(text);
});
