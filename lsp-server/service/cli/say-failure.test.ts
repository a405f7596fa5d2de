import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { expect, it } from "vitest";
import { sayFailure } from "./say-failure.ts";

const command = { help: "lookback x\n" };

it.each<[string, unknown, string]>([
  ["a failure", new Failure("a/b", "Not done.", { advice: "Do." }), "Not done.\nDo.\n[a/b]\n"],
  [
    "a full disk, whoever met it",
    Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
    "The disk is full: what was asked for was not done as a whole. What was there is as it was.\nFree some space and try again.\n[disk/ENOSPC]\n",
  ],
  [
    "what a system answers, whatever it is",
    Object.assign(new Error("ENOTDIR: not a directory, mkdir 'a/b'"), { code: "ENOTDIR", syscall: "mkdir" }),
    "The system answered ENOTDIR: not a directory, mkdir 'a/b': what was asked for was not done as a whole. What was there is as it was.\nLook at what it names, and try again.\n[disk/ENOTDIR]\n",
  ],
  [
    "words it does not know",
    Object.assign(new TypeError("Unknown option '--y'"), { code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" }),
    "Unknown option '--y'\n\nlookback x\n",
  ],
  ["what is no error", "odd", "odd\n"],
])("says %s in words", (_, error, says) => {
  expect(sayFailure(error, command)).toBe(says);
});

it("says of a bug where it is", () => {
  expect(sayFailure(new Error("bug"), command)).toContain("say-failure.test.ts");
});
