import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { linterAt } from "./linter-at.ts";

const cells = [
  "import pandas as pd\nX, y = pd.read_csv('x.csv'), pd.read_csv('y.csv')",
  "X = StandardScaler().fit_transform(X)",
  "Xtr, Xte, ytr, yte = train_test_split(X, y)",
  "m = SVC().fit(Xtr, ytr)\nm.score(Xte, yte)",
].map((source, at) => ({ cellId: `c${at}`, source }));
const linter = linterAt(mkdtempSync(join(tmpdir(), "lookback-linter-")), () => {});

it("says what leaks in the cells that ran, and nothing of those that did not", async () => {
  expect(await linter("n.ipynb", cells.slice(0, 2), [])).toMatchObject({
    errors: 0,
    warnings: 0,
    findings: [],
  });
  const whole = await linter("n.ipynb", cells, []);
  expect(whole?.findings).toMatchObject([{ rule: "scaler-before-split", cellId: "c1", line: 1 }]);
});

it("says which of the cells that scored rest on a leak, and of which nobody knows", async () => {
  const more = [
    "import reports\nreports.all_of(m, Xte, yte)",
    "import lookback\nlookback.metric('rows', len(pd.read_csv('z.csv')))",
  ].map((source, at) => ({ cellId: `d${at}`, source }));
  const scoring = [
    { cellId: "c3", isComputed: true, scores: new Map([["score", 1]]) },
    { cellId: "d0", isComputed: true, scores: new Map([["auc", 1]]) },
    { cellId: "d1", isComputed: false, scores: new Map([["rows", 1]]) },
  ];
  const told = await linter("n.ipynb", [...cells, ...more], scoring);
  expect(told?.findings.map(({ rule, reaches, mayReach }) => ({ rule, reaches, mayReach }))).toEqual([
    // Behind code that nobody read a file, and what a library does with it, may be otherwise.
    { rule: "scaler-before-split", reaches: ["c3"], mayReach: ["d0", "d1"] },
  ]);
});

it("says what it did not read of the cells that ran", async () => {
  const shell = { cellId: "s", source: "%%bash\nls" };
  const partly = await linter("n.ipynb", [shell, { cellId: "p", source: "x = 1\n%run prepare.py" }], []);
  expect(partly?.coverage).toMatchObject({
    cells: { total: 2, read: 0, partly: 1, unread: 1 },
    said: "1 of 2 cells was not read, 1 more only in part",
    gaps: [
      { code: "coverage/other-language", cellId: "s", line: 1 },
      { code: "coverage/runs-elsewhere", cellId: "p", line: 2 },
    ],
  });
  const all = await linter("n.ipynb", [{ cellId: "x", source: "%%notify\nx = 1" }], []);
  expect(all?.coverage?.said).toBeNull();
});

it("goes by lookback.toml and the editor's settings, and says what they leave out", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lookback-linter-"));
  const off = linterAt(
    folder,
    () => {},
    () => [{ from: "in the editor's settings", rules: { "scaler-before-split": "off" } }],
  );
  const scaled = await off("n.ipynb", cells, []);
  expect(scaled).toMatchObject({ errors: 0, warnings: 0 });
  expect(scaled?.coverage?.said).toBe("scaler-before-split is off in the editor's settings");
  writeFileSync(join(folder, "lookback.toml"), 'lint.rules.scaler-before-split = "error"');
  const raised = await off("n.ipynb", cells, []);
  expect(raised).toMatchObject({ errors: 1, coverage: { said: null } });
  writeFileSync(join(folder, "lookback.toml"), "lint = [");
  expect((await off("n.ipynb", cells, []))?.coverage?.said).toMatch(
    /off in the editor's settings\. lookback\.toml: This is not TOML/,
  );
});

it("reads which names come from cells that the notebook holds no more", async () => {
  const gone = { cellId: "a", source: "x = 1", state: "gone" } as const;
  const user = { cellId: "b", source: "print(x)", state: "here" } as const;
  expect(await linter.goneNames?.([gone, user], 1)).toEqual([
    { cellId: "b", name: "x", definedIn: "a", why: "gone" },
  ]);
});
