import { type JudgedRun, nothing, type Tally } from "./judge-notebook.ts";

export interface ThirdPartyResult {
  readonly name: string;
  readonly package: string;
  /** Why it was not compared; null where it was. */
  readonly leftOut: string | null;
  readonly outputs: readonly string[];
  readonly judged: JudgedRun | null;
}

/** A line for each package, and one for all. */
export function thirdPartyTable(results: readonly ThirdPartyResult[]): string {
  const packages = [...new Set(results.map((each) => each.package))];
  const lines = packages.map((name) =>
    line(
      name,
      results.filter((each) => each.package === name),
    ),
  );
  return [
    "| package | notebooks | left out | outputs the same | fits | scores | files | not theirs |",
    "|---|---|---|---|---|---|---|---|",
    ...lines,
    line("all", results),
    "",
  ].join("\n");
}

/** What keeps the promise from being kept; empty where it is. */
export function shortcomings(results: readonly ThirdPartyResult[]): readonly string[] {
  const compared = results.filter(({ leftOut }) => leftOut === null);
  const kinds = (["fits", "scores", "files"] as const).map((kind) => ({
    kind,
    tally: sumOf(compared, kind),
  }));
  return [
    ...compared.filter(({ outputs }) => outputs.length > 0).map(({ name }) => `${name}: other outputs`),
    ...kinds
      .filter(({ tally }) => share(tally) < 0.95)
      .map(({ kind, tally }) => `${kind}: ${(share(tally) * 100).toFixed(1)} % are recorded right`),
    ...kinds
      .filter(({ tally }) => tally.notTheirs > 0)
      .map(({ kind, tally }) => `${kind}: ${tally.notTheirs} are recorded and are not theirs`),
  ];
}

function line(name: string, results: readonly ThirdPartyResult[]): string {
  const compared = results.filter(({ leftOut }) => leftOut === null);
  const same = compared.filter(({ outputs }) => outputs.length === 0).length;
  const [fits, scores, files] = (["fits", "scores", "files"] as const).map((kind) => sumOf(compared, kind));
  const shown = (tally = nothing) =>
    `${tally.right} of ${expected(tally)}${tally.noted > 0 ? `, ${tally.noted} noted` : ""}${tally.temporary > 0 ? `, ${tally.temporary} temporary` : ""}`;
  const notTheirs = [fits, scores, files].reduce((sum, tally) => sum + (tally?.notTheirs ?? 0), 0);
  const cells = [
    name,
    compared.length,
    results.length - compared.length,
    same,
    shown(fits),
    shown(scores),
    shown(files),
    notTheirs,
  ];
  return `| ${cells.join(" | ")} |`;
}

function sumOf(results: readonly ThirdPartyResult[], kind: "fits" | "scores" | "files"): Tally {
  return results.reduce((sum, { judged }) => {
    const each = judged?.[kind] ?? nothing;
    return {
      right: sum.right + each.right,
      noted: sum.noted + each.noted,
      silent: sum.silent + each.silent,
      notTheirs: sum.notTheirs + each.notTheirs,
      temporary: sum.temporary + each.temporary,
    };
  }, nothing);
}

function expected({ right, noted, silent }: Tally): number {
  return right + noted + silent;
}

function share(tally: Tally): number {
  return expected(tally) === 0 ? 1 : tally.right / expected(tally);
}
