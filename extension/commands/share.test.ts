import { expect, it } from "vitest";
import type { CommandHost } from "../host.ts";
import { addRemote } from "./add-remote.ts";
import { pullRuns } from "./pull-runs.ts";
import { pushRuns } from "./push-runs.ts";
import { runActions } from "./run-actions.ts";
import { sharedText } from "./share.ts";

const team = { folder: "/w", name: "team", address: "/mnt/runs", git: null };
const shared = { commits: 2, files: 1, bytes: 1200, problems: [] };

/** A host that answers requests by name, and says what it was asked and told; a line of text is answered by what is `typed` next. */
function hostOf(answers: Record<string, unknown>, typed: readonly (string | null)[] = []) {
  const said: string[] = [];
  const lines = [...typed];
  const host = {
    request: async (method: string, params: object) => {
      said.push(`${method} ${JSON.stringify(params)}`);
      const answer = answers[method];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    on: () => () => undefined,
    offer: async () => true,
    ask: async () => lines.shift() ?? null,
    notify: (kind: string, message: string) => said.push(`${kind}: ${message}`),
    progress: (_: string, work: (report: () => void, signal: AbortSignal) => unknown) =>
      work(() => undefined, new AbortController().signal),
  } as unknown as CommandHost;
  return { host, said };
}
const context = { notebook: null, copy: null, cursor: null, mayBeFixed: false };

it("pushes to the only remote, and says what travelled", async () => {
  const { host, said } = hostOf({
    "lookback/remotes/list": { folders: ["/w"], remotes: [team] },
    "lookback/remotes/push": shared,
  });
  await pushRuns.run(host, context);
  expect(said.slice(1)).toEqual([
    'lookback/remotes/push {"folder":"/w","name":"team"}',
    "info: 2 records and 1 data file (1.2 kB travelled) sent to team.",
  ]);
});

it("asks for a remote where there is none, and which of several", async () => {
  const none = hostOf(
    {
      "lookback/remotes/list": { folders: ["/w"], remotes: [] },
      "lookback/remotes/add": team,
      "lookback/remotes/pull": { ...shared, commits: 0, files: 0 },
    },
    ["team", "/mnt/runs"],
  );
  await pullRuns.run(none.host, context);
  expect(none.said).toContain('lookback/remotes/add {"folder":"/w","name":"team","address":"/mnt/runs"}');
  expect(none.said.at(-1)).toBe("info: Nothing new fetched from team.");
  const remotes = [team, { ...team, name: "mine" }];
  const two = hostOf({ "lookback/remotes/list": { folders: ["/w"], remotes } }, ["theirs"]);
  await pullRuns.run(two.host, context);
  expect(two.said.at(-1)).toBe("warning: There is no remote theirs. Nothing was done. There is team, mine.");
});

it("does not give a remote that is there another address", async () => {
  const { host, said } = hostOf({ "lookback/remotes/list": { folders: ["/w"], remotes: [team] } }, ["team"]);
  await addRemote.run(host, context);
  expect(said.at(-1)).toMatch(/^warning: team leads to \/mnt\/runs already\. Nothing was added\./);
});

it("fails as the remote does", async () => {
  const { host } = hostOf({
    "lookback/remotes/list": { folders: ["/w"], remotes: [team] },
    "lookback/remotes/push": new Error("The remote cannot be reached."),
  });
  await expect(pushRuns.run(host, context)).rejects.toThrow("cannot be reached");
});

it("names what did not travel, and bounds it with a word", () => {
  expect(sharedText({ ...shared, files: 0, problems: ["a", "b", "c", "d"] }, "sent to team")).toBe(
    "2 records sent to team. a b c And 1 more problem.",
  );
});

const action = (id: string) => runActions.find((each) => each.id === id)!;

it("fetches the data of one run from its menu", async () => {
  const { host, said } = hostOf({
    "lookback/remotes/list": { folders: ["/w"], remotes: [team] },
    "lookback/remotes/pull": { ...shared, commits: 0 },
  });
  await action("fetch-run-data").run(host, "R1");
  expect(said.slice(1)).toEqual([
    'lookback/remotes/pull {"folder":"/w","name":"team","data":{"runs":["R1"]}}',
    "info: 1 data file (1.2 kB travelled) fetched from team.",
  ]);
});
