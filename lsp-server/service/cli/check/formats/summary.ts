import { counted } from "@lookback/kernel-bridge/counted.ts";
import { oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import { sayCells } from "@lookback/language/notebook/say-coverage.ts";
import type { CheckedFile, Report } from "../checked-file.ts";
import { saySearch } from "../say-search.ts";
import { saySettings } from "../say-settings.ts";

/** `0 findings in 7 of 8 cells of 1 file. 1 cell was not read.` Findings, and their absence, are said of what was read. */
export function summaryOf({ files, baseline, passedOver }: Report): string {
  const cells = { total: 0, read: 0, partly: 0, unread: 0 };
  for (const { coverage } of files) {
    for (const key of ["total", "read", "partly", "unread"] as const) cells[key] += coverage.cells[key];
  }
  const known = countOf(files.map((file) => file.known));
  const gone = baseline?.gone.length ?? 0;
  const blank = files.filter(({ coverage }) => coverage.isNothingRead).length;
  const isNothingRead = blank > 0 && blank === files.length;
  const scope = sayCells({ cells, isNothingRead });
  const found = `${sayCount(countOf(files))} in ${scope === null ? "" : `${scope} of `}${counted(files.length, "file")}.`;
  const rest = [
    cells.unread > 0
      ? `${counted(cells.unread, "cell")} ${cells.unread === 1 ? "was" : "were"} not read.`
      : "",
    cells.partly > 0
      ? `${counted(cells.partly, "cell")} ${cells.partly === 1 ? "has" : "have"} lines that were not understood.`
      : "",
    blank > 0 ? `Of ${counted(blank, "file")} nothing was read.` : "",
    saySearch({ passedOver }) ?? "",
    saySettings(files) ?? "",
    known.findings > 0
      ? `${sayCount(known)} in the baseline ${known.findings === 1 ? "does" : "do"} not count.`
      : "",
    gone > 0
      ? `${counted(gone, "entry", "entries")} of the baseline ${gone === 1 ? "matches" : "match"} nothing any more.`
      : "",
  ];
  return [found, ...rest.filter((text) => text !== "")].join(" ");
}

/** How many findings there are, a chain as one, and how many with each step of a chain as one. */
export interface Count {
  readonly findings: number;
  readonly steps: number;
}

/** Of files, or of what a baseline lists of them. */
export function countOf(all: readonly Pick<CheckedFile, "findings" | "problems">[]): Count {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    findings: sum(all.map(({ findings, problems }) => oneAChain(findings).length + problems.length)),
    steps: sum(all.map(({ findings, problems }) => findings.length + problems.length)),
  };
}

/** `17 findings (19 with each step of a chain)`. */
function sayCount({ findings, steps }: Count): string {
  const said = counted(findings, "finding");
  return steps === findings ? said : `${said} (${steps.toLocaleString("en-US")} with each step of a chain)`;
}
