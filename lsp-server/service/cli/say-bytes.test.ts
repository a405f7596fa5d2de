import { expect, it } from "vitest";
import { bytesOf, sayBytes } from "./say-bytes.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1023, "1023 bytes"],
  [1024, "1.0 KB"],
  [1024 ** 2 - 1, "1.0 MB"],
  [1.5 * 1024 ** 3, "1.5 GB"],
  [5000 * 1024 ** 4, "5000.0 TB"],
])("%d is %s", (bytes, text) => {
  expect(sayBytes(bytes)).toBe(text);
});

it.each([
  ["500MB", 500 * 1024 ** 2],
  ["1.5 GB", 1.5 * 1024 ** 3],
  ["7k", 7 * 1024],
  ["12", 12],
  ["2GiB", 2 * 1024 ** 3],
  ["", null],
  ["lots", null],
  ["-1GB", null],
])("%s is %j bytes", (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});
