import type { JudgedCase } from "./run-cases.ts";

export interface JudgedLibrary {
  readonly library: string;
  readonly cases: readonly JudgedCase[];
}

/** The table of what is recorded, a line a case, as Markdown. */
export function captureTable(libraries: readonly JudgedLibrary[]): string {
  const all = libraries.flatMap(({ library, cases }) => cases.map((each) => ({ library, ...each })));
  const lines = all.map(({ library, name, verdict, faults }) => {
    const word = { right: "yes", noted: "no, and the run says so", silent: "no", wrong: "wrong" }[verdict];
    return `| ${library} | ${name.replaceAll("|", "\\|")} | ${word} | ${faults.join("; ").replaceAll("|", "\\|")} |`;
  });
  return [
    "| library | what is done | recorded as it was | what is not |",
    "|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}
