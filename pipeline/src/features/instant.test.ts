import { describe, expect, it } from "vitest";
import { instantText, readInstant } from "./instant.ts";

describe("a moment that can be understood", () => {
  it.each([
    ["2024-01-25T23:42:00Z", "2024-01-25T23:42:00Z"],
    ["2024-01-25T23:42Z", "2024-01-25T23:42:00Z"],
    ["2024-01-25 23:42:00", "2024-01-25T23:42:00Z"],
    ["2024-01-25T23:42:00.5", "2024-01-25T23:42:00.500Z"],
    ["2024-01-25T23:42:00.000001Z", "2024-01-25T23:42:00.000001Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"],
    ["2024-03-01T01:30:00+02:00", "2024-02-29T23:30:00Z"],
    ["2023-12-31T23:30:00-05:45", "2024-01-01T05:15:00Z"],
    ["0099-01-01T00:00:00Z", "0099-01-01T00:00:00Z"],
    ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
    [1_706_226_120_000_000, "2024-01-25T23:42:00Z"],
    [1_706_226_120_000_001, "2024-01-25T23:42:00.000001Z"],
  ])("%j is %s", (given, text) => {
    const { us, fault } = readInstant(given);
    expect(fault).toBeNull();
    expect(instantText(us!)).toBe(text);
  });
});

describe("a moment that is refused rather than guessed", () => {
  it.each([
    [1_706_226_120, "2024-01-25T23:42:00Z in seconds"],
    [1_706_226_120_000, "2024-01-25T23:42:00Z in milliseconds"],
    [0, "does not say its unit"],
    [-1, "does not say its unit"],
    [1_706_226_120.5, "no whole number of microseconds"],
    [1_706_226_120_000_000_000, "no whole number of microseconds"],
    [9_007_199_254_740_991, null],
    ["2024-02-30T00:00:00Z", "a day that no calendar has"],
    ["2023-02-29T00:00:00Z", "a day that no calendar has"],
    ["1900-02-29T00:00:00Z", "a day that no calendar has"],
    ["2024-04-31T00:00:00Z", "a day that no calendar has"],
    ["2024-13-01T00:00:00Z", "a day that no calendar has"],
    ["2024-00-10T00:00:00Z", "a day that no calendar has"],
    ["2024-01-00T00:00:00Z", "a day that no calendar has"],
    ["2024-01-01T24:00:00Z", "a time of day that no clock shows"],
    ["2024-01-01T10:60:00Z", "a time of day that no clock shows"],
    ["2024-06-30T23:59:60Z", "a time of day that no clock shows"],
    ["2024-01-01T10:00:00+25:00", "an offset that no place on earth has"],
    ["2024-01-01T10:00:00+02:75", "an offset that no place on earth has"],
    ["1706226120", "ISO 8601"],
    ["2024-01-01", "ISO 8601"],
    ["2024-01-01T10:00:00+0200", "ISO 8601"],
    ["noon", "ISO 8601"],
    ["2024-01-25T23:42:00Z\n", "ISO 8601"],
    [null, "must be a text"],
    [{}, "must be a text"],
    [true, "must be a text"],
  ])("%j", (given, why) => {
    const { us, fault } = readInstant(given);
    if (why === null) return expect(us).toBe(given);
    expect(us).toBeNull();
    expect(fault).toContain(why);
  });
});
