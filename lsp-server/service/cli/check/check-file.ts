import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { definitionsRule } from "@lookback/language/leakage/known-rules.ts";
import { type Coverage, coverageOf } from "@lookback/language/notebook/coverage.ts";
import { fileGaps } from "@lookback/language/notebook/file-gaps.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { analyzeWithFiles } from "../../files/analyze-with-files.ts";
import { fingerprintsOf } from "./baseline/fingerprints.ts";
import type { CheckedFile } from "./checked-file.ts";
import type { ChosenRules } from "./chosen-rules.ts";
import { definitionProblems } from "./definition-problems.ts";

/** What is found in the bytes of a file, or in none when they could not be had: then `bytes` is the reason. Never throws for what they hold. */
export async function checkFile(
  path: string,
  bytes: Uint8Array | Error,
  { python, cwd, rules }: { readonly python: Python; readonly cwd: string; readonly rules: ChosenRules },
): Promise<CheckedFile> {
  const isScript = !/\.ipynb$/i.test(path);
  if (bytes instanceof Error) {
    const error = `was not read: ${bytes.message}`;
    return {
      path,
      isScript,
      error,
      bytes: null,
      notebook: null,
      findings: [],
      order: [],
      problems: [],
      known: { findings: [], problems: [] },
      fingerprints: new Map(),
      proven: new Map(),
      coverage: unreadFile(error),
    };
  }
  const absolute = resolve(cwd, path);
  const { value: notebook, problems: ofFile } = readNotebook(bytes, pathToFileURL(absolute).href);
  const [problem] = ofFile.filter((one) => one.unread === "file" && one.code !== "notebook/not-python");
  const {
    findings: all,
    order,
    coverage,
  } = await analyzeWithFiles(notebook, python, dirname(absolute), fileGaps(ofFile));
  const findings = all.filter(({ rule }) => rules.lookedFor.includes(rule));
  const problems = rules.lookedFor.includes(definitionsRule)
    ? await definitionProblems(notebook, python, absolute, cwd)
    : [];
  return {
    path,
    isScript,
    error: problem?.message ?? null,
    bytes,
    notebook,
    findings,
    order,
    problems,
    known: { findings: [], problems: [] },
    fingerprints: fingerprintsOf(notebook, [...findings, ...problems]),
    proven: new Map(),
    coverage,
  };
}

function unreadFile(error: string): Coverage {
  return coverageOf(notebookOf("", []), [
    {
      code: "coverage/file-not-read",
      weight: "unread",
      cellId: null,
      cellIndex: null,
      range: null,
      reason: `The file ${error}.`,
      means: "There is no answer about this file.",
      advice: "Look at its permissions.",
    },
  ]);
}
