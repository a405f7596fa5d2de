import { counted } from "@lookback/kernel-bridge/counted.ts";
import { sayCells } from "@lookback/language/notebook/say-coverage.ts";
import type { Report } from "../checked-file.ts";
import { saySearch } from "../say-search.ts";
import { saySettings } from "../say-settings.ts";

/** `0 findings in 7 of 8 cells of 1 file. 1 cell was not read.` Findings, and their absence, are said of what was read. */
export function summaryOf({ files, baseline, passedOver }: Report): string {
  const findings = files.reduce((sum, file) => sum + file.findings.length + file.problems.length, 0);
  const cells = { total: 0, read: 0, partly: 0, unread: 0 };
  for (const { coverage } of files) {
    for (const key of ["total", "read", "partly", "unread"] as const) cells[key] += coverage.cells[key];
  }
  const known = files.reduce(
    (sum, { known: { findings, problems } }) => sum + findings.length + problems.length,
    0,
  );
  const gone = baseline?.gone.length ?? 0;
  const blank = files.filter(({ coverage }) => coverage.isNothingRead).length;
  const isNothingRead = blank > 0 && blank === files.length;
  const scope = sayCells({ cells, isNothingRead });
  const found = `${counted(findings, "finding")} in ${scope === null ? "" : `${scope} of `}${counted(files.length, "file")}.`;
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
    known > 0 ? `${counted(known, "finding")} in the baseline ${known === 1 ? "does" : "do"} not count.` : "",
    gone > 0
      ? `${counted(gone, "entry", "entries")} of the baseline ${gone === 1 ? "matches" : "match"} nothing any more.`
      : "",
  ];
  return [found, ...rest.filter((text) => text !== "")].join(" ");
}
