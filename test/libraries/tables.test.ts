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

  it("checks some", () => {
    expect(compared.filter(({ isChecked }) => isChecked).length).toBeGreaterThan(0);
  });

  afterAll(() => console.info(`Not checked:\n${left.join("\n")}`));
});

describe("the comparison", () => {
  const specimen = (named: Partial<Library>): Library => ({
    name: "builtins",
    version: versionOf("builtins"),
    source: "https://docs.python.org/3/library/",
    modules: ["math"],
    ...named,
  });
  const sklearn = { ...allLibraries.find(({ name }) => name === "sklearn")!, version: versionOf("sklearn") };
  const { KFold, PCA, ...classes } = sklearn.classes!;
  const { f1_score, ...functions } = sklearn.functions!;
  const [sound, invented, method, moved, former, other, incomplete] = compare([
    specimen({ functions: { sqrt: "by-row" } }),
    specimen({ functions: { no_such_root: "by-row", sqrt: "by-row", "math.no_such_root": "by-row" } }),
    specimen({ receivers: ["builtins.str"], methods: { lower: "by-row", no_such_method: "by-row" } }),
    specimen({ modules: ["math", "no_such_module"], receivers: ["math.NoSuchClass"] }),
    specimen({ functions: { sqrt: "by-row" }, former: ["sqrt"] }),
    specimen({ version: "1.5", functions: { no_such_root: "by-row" } }),
    { ...sklearn, classes, functions },
  ]);

  it("finds nothing wrong where nothing is", () => {
    expect(sound).toMatchObject({ isChecked: true, wrong: [] });
  });

  it("finds a name that the library does not have", () => {
    expect(invented!.wrong).toEqual([
      "no_such_root of functions is not there",
      "math.no_such_root of functions is not there",
    ]);
    expect(method!.wrong).toEqual(["no_such_method of methods is not there"]);
  });

  it("finds a module and a class that are gone", () => {
    expect(moved!.wrong.map((line) => line.split(":")[0])).toEqual([
      "no_such_module is not there",
      "math.NoSuchClass is not there",
    ]);
  });

  it("finds a name that is said to be gone and is there", () => {
    expect(former!.wrong).toEqual(["sqrt is there, and is said to be gone"]);
  });

  it("says that it did not look at another version", () => {
    expect(other!.isChecked).toBe(false);
  });

  it.skipIf(sklearn.version === null)("finds an estimator, a splitter and a metric without an entry", () => {
    expect([KFold, PCA, f1_score]).toEqual(["splitter", "transformer", "metric"]);
    expect(incomplete!.wrong).toEqual(
      expect.arrayContaining(["KFold has no entry", "PCA has no entry", "f1_score has no entry"]),
    );
  });
});

/** The version that is installed here. */
function versionOf(library: string): string | null {
  return compare([{ name: library, version: null, source: "" }])[0]!.installed;
}

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
