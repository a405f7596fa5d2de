import type { Status } from "@lookback/protocol/deployments.ts";
import { expect, it } from "vitest";
import { mergeStatus } from "./merge-status.ts";

const none: Status = {
  ...{ running: false, url: null, since: null, deployments: [], unreadable: [], problems: [] },
};
const risk = {
  ...{ name: "risk", active: 1, previous: null, versions: [], unreadable: [], views: [], example: {} },
  ...{ exampleAt: null, recent: [] },
};
const running = { ...none, running: true, url: "http://a", since: "2026-01-01T00:00:00Z" };

it("is the state itself where one folder is open", () => {
  const state = { ...running, problems: ["A sentence."] };
  expect(mergeStatus([{ label: "", state }])).toBe(state);
  expect(mergeStatus([])).toEqual(none);
});

it("names everything after its folder, what cannot be read too", () => {
  expect(
    mergeStatus([
      { label: "a", state: { ...running, deployments: [risk] } },
      {
        label: "b",
        state: { ...none, unreadable: [{ name: "fare", reason: "Torn." }], problems: ["Torn."] },
      },
      { label: "c", state: { ...none, unreadable: [{ name: null, reason: "Torn." }] } },
      { label: "d", state: running },
    ]),
  ).toEqual({
    ...{ running: false, url: null, since: null },
    deployments: [{ ...risk, name: "a/risk" }],
    unreadable: [
      { name: "b/fare", reason: "Torn." },
      { name: null, reason: "c: Torn." },
    ],
    problems: ["b: Torn."],
  });
});

it("says the address where one folder has something deployed", () => {
  const merged = mergeStatus([
    { label: "a", state: { ...running, deployments: [risk] } },
    { label: "b", state: none },
  ]);
  expect(merged).toMatchObject({ running: true, url: "http://a", since: "2026-01-01T00:00:00Z" });
});
