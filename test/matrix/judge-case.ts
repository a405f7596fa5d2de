import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { CaptureCase, ExpectedFile, FileDetails } from "./capture-case.ts";

/**
 * How a case went. `right`: all of it is recorded as it was. `noted`: something is not, and the run says so. `silent`: something is not, without a
 * word. `wrong`: something is recorded that was not so.
 */
type Verdict = "right" | "noted" | "silent" | "wrong";

export interface Judgement {
  readonly verdict: Verdict;
  /** What is not right, a sentence each. */
  readonly faults: readonly string[];
}

/** What the judge knows of a case's folder besides the run. */
export interface CaseWorld {
  /** The case's folder as the run names it: from the workspace's root, with a slash at its end. */
  readonly folder: string;
  /** SHA-256 of each file below the folder, by path from it. */
  readonly afterSetup: ReadonlyMap<string, string>;
  readonly atEnd: ReadonlyMap<string, string>;
  readonly sha256Of: (text: string) => string;
}

/** Holds a run against what its case expects. `run` is null where nothing was recorded. */
export function judgeCase({ expects }: CaptureCase, run: Run | null, world: CaseWorld): Judgement {
  if (run === null) return { verdict: "silent", faults: ["no run was recorded"] };
  const found: Fault[] = [
    ...judgeFiles("read", expects.reads ?? [], run, world),
    ...judgeFiles("write", expects.writes ?? [], run, world),
    ...judgeEntries("model", expects.models ?? [], run.models, (model) => model.className, run),
    ...judgeEntries("metric", expects.metrics ?? [], run.metrics, (metric) => metric.name, run),
  ];
  return { verdict: worst(found), faults: found.map(({ verdict, says }) => `${verdict}: ${says}`) };
}

type Fields = Readonly<Record<string, unknown>>;

interface Fault {
  readonly verdict: Exclude<Verdict, "right">;
  readonly says: string;
}

function worst(faults: readonly Fault[]): Verdict {
  return (
    (["wrong", "silent", "noted"] as const).find((v) => faults.some(({ verdict }) => verdict === v)) ??
    "right"
  );
}

function judgeFiles(
  access: "read" | "write",
  expected: readonly ExpectedFile[],
  run: Run,
  world: CaseWorld,
): Fault[] {
  const faults: Fault[] = [];
  const left = new Set(run.datasets.filter((dataset) => dataset.access === access));
  for (const each of expected) {
    const wanted: FileDetails = typeof each === "string" ? { path: each } : each;
    const name = wanted.path.includes(":") ? wanted.path : `${world.folder}${wanted.path}`;
    const cellId = `c${wanted.cell ?? 0}`;
    const sha256 = shaOf(wanted, world);
    const same = [...left].filter((use) => use.path === name && use.cellId === cellId);
    const use = same.find((one) => one.sha256 === sha256) ?? same[0];
    if (use === undefined) {
      faults.push(missing(`${access} of ${wanted.path} in cell ${wanted.cell ?? 0}`, wanted.path, run));
      continue;
    }
    left.delete(use);
    if (sha256 !== null && use.sha256 !== sha256) {
      const isSaid = use.unstable || (use.sha256 === null && run.notes.length > 0);
      faults.push({
        verdict: isSaid ? "noted" : use.sha256 === null ? "silent" : "wrong",
        says: `${access} of ${wanted.path}: its bytes are ${use.sha256 === null ? "not known" : "others"}`,
      });
    }
    faults.push(...differences(`${access} of ${wanted.path}`, wanted.has ?? {}, use));
  }
  for (const use of left)
    faults.push({ verdict: "wrong", says: `${access} of ${use.path} in ${use.cellId}, which was not so` });
  return faults;
}

/** A URI has no bytes here to be held against. */
function shaOf({ path, bytes }: FileDetails, world: CaseWorld): string | null {
  if (path.includes(":")) return null;
  if (bytes === "after-setup") return world.afterSetup.get(path) ?? null;
  if (bytes !== undefined) return world.sha256Of(bytes.text);
  return world.atEnd.get(path) ?? null;
}

function judgeEntries<Entry extends object, Expected extends Fields>(
  kind: "model" | "metric",
  expected: readonly Expected[],
  recorded: readonly Entry[],
  nameOf: (entry: Entry) => string,
  run: Run,
): Fault[] {
  const faults: Fault[] = [];
  const left = [...recorded];
  for (const wanted of expected) {
    const name = nameOf(wanted as unknown as Entry);
    // The one that is the same in all that the case cares for, else the first of the name.
    const candidates = left.filter((entry) => nameOf(entry) === name);
    const entry = candidates.find((each) => differences("", wanted, each).length === 0) ?? candidates[0];
    if (entry === undefined) {
      faults.push(missing(`${kind} ${name}`, name, run));
      continue;
    }
    left.splice(left.indexOf(entry), 1);
    faults.push(...differences(`${kind} ${name}`, wanted, entry));
  }
  for (const entry of left)
    faults.push({ verdict: "wrong", says: `${kind} ${nameOf(entry)}, which was not so` });
  return faults;
}

/** A miss that a note of the run speaks of, by its name or as its kind, is not silent. */
function missing(what: string, name: string, run: Run): Fault {
  const isSaid = run.notes.some(({ code, message }) => message.includes(name) || /^observer\//.test(code));
  return { verdict: isSaid ? "noted" : "silent", says: `${what} is missing` };
}

function differences(what: string, wanted: Fields, entry: object): Fault[] {
  const has = entry as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).flatMap(([field, value]): Fault[] => {
    if (matches(value, has[field])) return [];
    const isUnknown = has[field] === null || has[field] === undefined;
    return [
      {
        verdict: isUnknown ? "silent" : "wrong",
        says: `${what}: ${field} is ${JSON.stringify(has[field])}, not ${JSON.stringify(value)}`,
      },
    ];
  });
}

/** Of an object every field that is wanted; numbers to nine digits. */
function matches(wanted: unknown, has: unknown): boolean {
  if (typeof wanted === "number" && typeof has === "number")
    return Math.abs(wanted - has) <= 1e-9 * Math.max(1, Math.abs(wanted));
  if (Array.isArray(wanted))
    return (
      Array.isArray(has) && wanted.length === has.length && wanted.every((each, at) => matches(each, has[at]))
    );
  if (typeof wanted === "object" && wanted !== null)
    return (
      typeof has === "object" &&
      has !== null &&
      Object.entries(wanted).every(([field, value]) =>
        matches(value, (has as Record<string, unknown>)[field]),
      )
    );
  return wanted === has;
}
