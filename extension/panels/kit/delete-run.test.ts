import { expect, it } from "vitest";
import type { Host } from "../../host.ts";
import { deleteRun, refusalText, warningText } from "./delete-run.ts";

const id = "01K5B4ZC9Q3FA9C1";
const dependant = { kind: "dependant", run: id, notebook: "a/late.ipynb", path: "data/clean.csv" } as const;
const nothing = { runs: [], refused: [], warnings: [], deleted: false };

/** A host that answers deletions in turn, and says what it was asked and told. */
function hostOf(answers: readonly object[], { accepts }: { accepts: boolean }) {
  const said: unknown[] = [];
  const left = [...answers];
  const host = {
    request: async (method: string, params: { confirmed?: boolean }) => {
      said.push([method.replace("lookback/runs/", ""), params.confirmed]);
      return left.shift() ?? {};
    },
    confirm: async (title: string, body: string) => {
      said.push(`${title} ${body.split("\n")[0]}`);
      return accepts;
    },
    offer: async (message: string, action: string) => {
      said.push(`${message} [${action}]`);
      return accepts;
    },
    openPanel: (panel: string) => said.push(panel),
  } as unknown as Host;
  return { host, said };
}

it.each<[string, readonly object[], boolean, unknown[]]>([
  [
    "at once where nothing rests on it, and brings it back",
    [{ ...nothing, deleted: true }],
    true,
    [["delete", false], "Run 3FA9C1 is deleted. [Bring back]", ["undelete", undefined]],
  ],
  [
    "not, where what rests on it is thought better of",
    [{ ...nothing, warnings: [dependant] }],
    false,
    [["delete", false], "Delete run 3FA9C1? Run 3FA9C1 of late read data/clean.csv, which it wrote."],
  ],
  [
    "not, where it was deployed while the question stood",
    [
      { ...nothing, warnings: [dependant] },
      { ...nothing, refused: [{ run: id, deployments: [{ name: "late@1", until: null }] }] },
    ],
    true,
    [
      ["delete", false],
      "Delete run 3FA9C1? Run 3FA9C1 of late read data/clean.csv, which it wrote.",
      ["delete", true],
      "Nothing was deleted: late@1 rests on this run, and what a deployment rests or rested on stays. [Show lineage]",
      "lineage",
    ],
  ],
])("deletes %s", async (_, answers, accepts, expected) => {
  const { host, said } = hostOf(answers, { accepts });
  await deleteRun(host, id);
  expect(said).toEqual(expected);
});

it("names what would lose, and bounds it with a word", () => {
  const many = Array.from({ length: 12 }, () => ({ ...dependant, path: null }));
  expect(warningText({ warnings: many }).split("\n")).toEqual([
    ...Array.from({ length: 8 }, () => "Run 3FA9C1 of late went on with its variables."),
    "And 4 more.",
    "It can be brought back until its bytes are freed.",
  ]);
});

it("names an honest score that is kept of it", () => {
  expect(warningText({ warnings: [{ kind: "honest", run: id, of: "R" }] }).split("\n")[0]).toBe(
    "Run 3FA9C1 is kept as its honest score, and would no longer lead back to it.",
  );
});

it("says of a deployment that is no more that it rested on it", () => {
  const deployments = [{ name: "late@1", until: "2026-02-03T00:00:00.000Z" }];
  expect(refusalText({ refused: [{ run: id, deployments }] })).toMatch(
    /late@1 \(until 2026-02-03\) rested on/,
  );
});
