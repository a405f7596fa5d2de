import { expect, it } from "vitest";
import type { CommandHost } from "../host.ts";
import { runActions } from "./run-actions.ts";

const reproduce = runActions.find(({ id }) => id === "reproduce-run")!;

/** A host in which a person cancels what goes on, or does not. */
function hostOf(answer: (signal: AbortSignal) => Promise<unknown>, cancel = false) {
  const said: string[] = [];
  const host = {
    request: (_: string, __: object, signal: AbortSignal) => answer(signal),
    on: (_: string, tell: (progress: { id: string; step: string }) => void) => {
      tell({ id: "R2", step: "Of another run" });
      tell({ id: "R1", step: "Starting a kernel" });
      return () => said.push("stopped listening");
    },
    notify: (kind: string, message: string) => said.push(`${kind}: ${message}`),
    progress: (_: string, work: (report: (says: string) => void, signal: AbortSignal) => unknown) => {
      const canceling = new AbortController();
      const settled = work((says) => said.push(says), canceling.signal);
      if (cancel) canceling.abort();
      return settled;
    },
  } as unknown as CommandHost;
  return { host, said };
}

it("reproduces from a run's menu, says how far it is, and what came of it", async () => {
  const same = hostOf(async () => ({ verdict: "identical", sentence: "Identical: 2 of 2 cells." }));
  await reproduce.run(same.host, "R1");
  expect(same.said).toEqual(["Starting a kernel", "stopped listening", "info: Identical: 2 of 2 cells."]);
  const other = hostOf(async () => ({ verdict: "different", sentence: "It differs in cell 2." }));
  await reproduce.run(other.host, "R1");
  expect(other.said.at(-1)).toBe("warning: It differs in cell 2.");
});

it("says that it was canceled, and fails as the request does", async () => {
  const aborted = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("canceled"))));
  const canceled = hostOf(aborted, true);
  await reproduce.run(canceled.host, "R1");
  expect(canceled.said.at(-1)).toBe("info: Canceled. Nothing of yours was written.");
  const failing = hostOf(async () => {
    throw new Error("No Python was found.");
  });
  await expect(reproduce.run(failing.host, "R1")).rejects.toThrow("No Python was found.");
});
