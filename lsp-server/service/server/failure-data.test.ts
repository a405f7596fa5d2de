import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { expect, it } from "vitest";
import { failureData } from "./failure-data.ts";

it("tells of a full disk as what it is, with what helps, and of anything else as a bug", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    syscall: "write",
  });
  expect(failureData(full)).toMatchObject({
    code: "disk/ENOSPC",
    message: expect.stringMatching(/^The disk is full: /),
    advice: "Free some space and try again.",
  });
  const failure = new Failure("a/b", "Not done.", { advice: "Do." });
  expect(failureData(failure)).toMatchObject({ code: "a/b", message: "Not done.", advice: "Do." });
  expect(failureData(new Error("odd"))).toMatchObject({ code: "bug", data: { stack: expect.any(String) } });
});
