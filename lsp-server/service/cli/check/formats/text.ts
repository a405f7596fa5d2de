import { oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import { searchLines, unsearched } from "../say-search.ts";
import type { Format } from "./format.ts";
import { gapLines, goneLines, lineOf, paragraphOf } from "./lines.ts";
import { summaryOf } from "./summary.ts";

/** Findings for a terminal, a chain as one: place, what, why, instead, and the path to the score; then what was not read; a count at the end. */
export const text: Format = {
  name: "text",
  about: "one paragraph a finding (the default)",
  showsFixes: false,
  write(report) {
    const { files } = report;
    const paragraphs = files.flatMap((file) => [
      ...oneAChain(file.findings).map((finding) => paragraphOf(file, finding)),
      ...file.problems.map((problem) => lineOf(file, problem)),
    ]);
    const unread = files.flatMap(gapLines);
    const closed = unsearched(report).map(({ path, error }) => `${path}: ${error} [search/unreadable]`);
    const blocks = [unread, closed, searchLines(report), goneLines(report)].filter(
      (lines) => lines.length > 0,
    );
    const parts = [...paragraphs, ...blocks.map((lines) => lines.join("\n")), summaryOf(report)];
    return `${parts.join("\n\n")}\n`;
  },
};
