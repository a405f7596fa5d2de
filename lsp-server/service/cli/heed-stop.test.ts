import { expect, it } from "vitest";
import { heedStop } from "./heed-stop.ts";

function told(stop: Parameters<typeof heedStop>[0]) {
  const handlers = new Map<string, () => void>();
  const ended: number[] = [];
  const requests = heedStop(
    stop,
    (signal, heard) => handlers.set(signal, heard),
    (code) => void ended.push(code),
  );
  return { requests, ended, send: (signal: "SIGINT" | "SIGTERM") => handlers.get(signal)?.() };
}

it("ends a command that heeds nothing at the first Ctrl-C", () => {
  const { ended, send } = told(undefined);
  send("SIGINT");
  expect(ended).toEqual([130]);
});

it("asks a command that heeds it once, then ends it", () => {
  const { requests, ended, send } = told("heeds");
  send("SIGTERM");
  expect(requests.signal.aborted).toBe(true);
  expect(ended).toEqual([]);
  expect(requests.exitCode(1)).toBe(143);
  expect(requests.exitCode(0)).toBe(0);
  send("SIGINT");
  expect(ended).toEqual([130]);
});

it("asks, insists, then ends a command that winds down", () => {
  const { requests, ended, send } = told("winds-down");
  send("SIGINT");
  expect([requests.signal.aborted, requests.insist.aborted]).toEqual([true, false]);
  send("SIGINT");
  expect(requests.insist.aborted).toBe(true);
  expect(ended).toEqual([]);
  send("SIGINT");
  expect(ended).toEqual([130]);
});

it("leaves exit codes alone when nobody asked", () => {
  const { requests } = told("heeds");
  expect([0, 1, 2].map(requests.exitCode)).toEqual([0, 1, 2]);
});
