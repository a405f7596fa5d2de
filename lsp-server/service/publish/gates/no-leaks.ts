import { dirname } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Analysis } from "@lookback/language/leakage/analyze.ts";
import { oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import { leavesOut, sayLeftOut } from "@lookback/language/leakage/settings/left-out.ts";
import { isWhole } from "@lookback/language/notebook/coverage.ts";
import { sayUnread } from "@lookback/language/notebook/say-coverage.ts";
import { analyzeWithFiles } from "../../files/analyze-with-files.ts";
import { lintSettingsAt } from "../../files/settings/lint-settings-at.ts";
import type { PublishContext } from "../publish-context.ts";
import type { Selection } from "../selection.ts";
import { failed, type Gate, passed, type Verdict, warned } from "./gate.ts";

/**
 * No finding of severity error, in the notebook or in a module it imports; warnings, lines that were not read, and what `lookback.toml` leaves out are shown and let through.
 * What the notebook hands to a module's functions is followed into them; and each module is looked at on its own.
 */
export const noLeaks: Gate = {
  id: "no-leaks",
  title: "No leaks",
  run: ({ context, selection }) => findLeaks({ ...context, root: context.store.root }, selection),
};

export async function findLeaks(
  { python, root }: Pick<PublishContext, "python"> & { readonly root: string },
  { path, notebook, gaps, modules }: Pick<Selection, "path" | "notebook" | "gaps" | "modules">,
): Promise<Verdict> {
  // A module's code runs where the notebook's does: its paths begin there too.
  const folder = dirname(path);
  // A release is judged by what the project says, not by one person's editor.
  const { settings, problems } = await lintSettingsAt(folder, root);
  const read = modules.filter(({ unread }) => unread === null);
  const imports = { files: read.map(({ code }) => code), root: root.replaceAll("\\", "/") };
  const own = await analyzeWithFiles(notebook, python, folder, { fileGaps: gaps, settings, imports });
  const ofModules: [name: string, Analysis][] = [];
  for (const { name, code } of read)
    ofModules.push([name, await analyzeWithFiles(code, python, folder, { settings })]);
  const all = [own, ...ofModules.map(([, analysis]) => analysis)];

  const errors = count(all, "error");
  const warnings = count(all, "warning");
  const allowed = all.reduce((sum, analysis) => sum + analysis.allowed.length, 0);
  const missed = [
    ...(isWhole(own.coverage) ? [] : [sayUnread(own.coverage) ?? "some lines were not understood"]),
    ...ofModules.flatMap(([name, { coverage }]) =>
      isWhole(coverage) ? [] : [`${name} has lines that were not understood`],
    ),
    ...modules.filter(({ unread }) => unread !== null).map(({ name }) => `${name} was not read`),
  ];
  const leftOut = leavesOut(own.leftOut) ? sayLeftOut(own.leftOut) : null;
  const evidence = [
    [
      counted(errors, "error"),
      counted(warnings, "warning"),
      `${allowed} allowed with a reason`,
      ...(modules.length > 0
        ? [
            `${counted(read.length, "imported module")} followed, and read on ${read.length === 1 ? "its" : "their"} own`,
          ]
        : []),
    ].join(", "),
    ...missed,
    ...(leftOut === null ? [] : [leftOut.replace(/\.$/, "")]),
    ...problems.map(({ message }) => `lookback.toml: ${message.replace(/\.$/, "")}`),
  ].join("; ");
  const said = [
    ...sayAnalysis(own, (cellId) => `cell ${cellId}`),
    ...ofModules.flatMap(([name, analysis]) => sayAnalysis(analysis, () => name)),
    ...modules.flatMap(({ name, unread }) => (unread === null ? [] : [`${name} was not read: ${unread}`])),
  ];
  const detail = said.length === 0 ? null : said.join("\n");
  if (errors > 0) return failed(evidence, detail);
  return warnings > 0 || missed.length > 0 || leftOut !== null || problems.length > 0
    ? warned(evidence, detail)
    : passed(evidence, detail);
}

function count(analyses: readonly Analysis[], severity: "error" | "warning"): number {
  return analyses.reduce(
    (sum, { findings }) =>
      sum + oneAChain(findings).filter((finding) => finding.severity === severity).length,
    0,
  );
}

function sayAnalysis(
  { findings, coverage }: Analysis,
  placeOf: (cellId: string | null) => string,
): readonly string[] {
  return [
    ...oneAChain(findings).map(({ rule, cellId, message }) => `${rule}, ${placeOf(cellId)}: ${message}`),
    ...coverage.gaps
      .filter(({ weight }) => weight === "unread")
      .map(({ code, cellId, reason, means }) => `${code}, ${placeOf(cellId)}: ${reason} ${means}`),
  ];
}
