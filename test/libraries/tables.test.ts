import { execFileSync } from "node:child_process";
import { allLibraries } from "@lookback/language/leakage/api/all-libraries.ts";
import type { Library } from "@lookback/language/leakage/api/library.ts";
import { afterAll, describe, expect, it } from "vitest";

interface Compared {
  readonly installed: string | null;
  readonly isChecked: boolean;
  readonly wrong: readonly string[];
}

describe("tables of libraries, against the libraries", () => {
  const read = allLibraries.filter(({ version }) => version !== null);
  const compared = compare(read);
  const left = allLibraries
    .filter(({ version }) => version === null)
    .map(({ name }) => `${name}: known from its documentation`);

  for (const [at, library] of read.entries()) {
    const { installed, isChecked, wrong } = compared[at]!;
    const why = installed === null ? "not installed" : `${installed} is installed`;
    if (!isChecked) left.push(`${library.name} ${library.version}: ${why}`);
    it.skipIf(!isChecked)(
      `${library.name} ${library.version}${isChecked ? "" : `, not checked: ${why}`}`,
      () => {
        expect(wrong).toEqual([]);
      },
    );
  }

  it("checks those that most notebooks import", () => {
    const checked = read.filter((_, at) => compared[at]!.isChecked);
    expect(checked.map(({ name }) => name)).toEqual(expect.arrayContaining(["numpy", "pandas", "sklearn"]));
  });

  afterAll(() => console.info(`Not checked:\n${left.join("\n")}`));
});

describe("the comparison", () => {
  const sklearn = allLibraries.find(({ name }) => name === "sklearn")!;
  const { KFold, PCA, ...classes } = sklearn.classes!;
  const { f1_score, ...functions } = sklearn.functions!;
  const [invented, method, moved, incomplete, former] = compare([
    {
      ...sklearn,
      functions: { ...sklearn.functions, no_such_score: "metric", "metrics.no_such_score": "metric" },
    },
    { ...sklearn, estimators: { no_such_method: "fit" } },
    {
      ...sklearn,
      modules: [...sklearn.modules!, "sklearn.no_such_module"],
      receivers: ["sklearn.svm.NoSuchClass"],
    },
    { ...sklearn, classes, functions },
    { ...sklearn, former: [...sklearn.former!, "f1_score"] },
  ]);

  it("finds a name that the library does not have", () => {
    expect(invented!.wrong).toEqual([
      "no_such_score of functions is not there",
      "metrics.no_such_score of functions is not there",
    ]);
    expect(method!.wrong).toEqual(["no_such_method of estimators is not there"]);
  });

  it("finds a module and a class that are gone", () => {
    expect(moved!.wrong).toHaveLength(2);
  });

  it("finds an estimator, a splitter and a metric without an entry", () => {
    expect([KFold, PCA, f1_score]).toEqual(["splitter", "transformer", "metric"]);
    expect(incomplete!.wrong).toEqual(["KFold has no entry", "PCA has no entry", "f1_score has no entry"]);
  });

  it("finds a name that is said to be gone and is there", () => {
    expect(former!.wrong).toEqual(["f1_score is there, and is said to be gone"]);
  });
});

function compare(libraries: readonly Library[]): readonly Compared[] {
  const names = (table: Readonly<Record<string, string>> | undefined) => Object.keys(table ?? {});
  const input = libraries.map((library) => ({
    name: library.name,
    version: library.version,
    modules: library.modules ?? [],
    receivers: library.receivers ?? [],
    functions: names(library.functions),
    callers: names(library.callers),
    classes: names(library.classes),
    methods: names(library.methods),
    groups: names(library.groups),
    estimators: names(library.estimators),
    tables: library.tables ?? [],
    former: library.former ?? [],
    unjudged: library.unjudged ?? [],
  }));
  const script = `${import.meta.dirname}/compare_tables.py`;
  const answer = execFileSync(process.env.LOOKBACK_PYTHON ?? "python3", [script], {
    input: JSON.stringify(input),
    maxBuffer: 1 << 26,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  return JSON.parse(answer) as readonly Compared[];
}
