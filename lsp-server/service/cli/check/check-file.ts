import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { definitionsRule, knownRules } from "@lookback/language/leakage/known-rules.ts";
import { isShown } from "@lookback/language/leakage/settings/judge.ts";
import { leftOutOf } from "@lookback/language/leakage/settings/left-out.ts";
import { type Coverage, coverageOf } from "@lookback/language/notebook/coverage.ts";
import { fileGaps } from "@lookback/language/notebook/file-gaps.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { analyzeWithFiles, type Memory } from "../../files/analyze-with-files.ts";
import { workspaceRoot } from "../../files/workspace-root.ts";
import { fingerprintsOf } from "./baseline/fingerprints.ts";
import type { CheckedFile } from "./checked-file.ts";
import { definitionProblems } from "./definition-problems.ts";
import type { FindSettings } from "./find-settings.ts";

/** What is found in the bytes of a file, or in none when they could not be had: then `bytes` is the reason. Never throws for what they hold. */
export async function checkFile(
  path: string,
  bytes: Uint8Array | Error,
  { python, cwd, settings: find, memory }: CheckWorld,
): Promise<CheckedFile> {
  const absolute = resolve(cwd, path);
  const { settings } = await find.at(dirname(absolute));
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
      allowed: [],
      order: [],
      problems: [],
      known: { findings: [], problems: [] },
      fingerprints: new Map(),
      proven: new Map(),
      settings,
      leftOut: leftOutOf(settings, knownRules, []),
      coverage: unreadFile(error),
    };
  }
  const { value: notebook, problems: ofFile } = readNotebook(bytes, pathToFileURL(absolute).href);
  const [problem] = ofFile.filter((one) => one.unread === "file" && one.code !== "notebook/not-python");
  const { findings, allowed, order, coverage, leftOut } = await analyzeWithFiles(
    notebook,
    python,
    dirname(absolute),
    {
      fileGaps: fileGaps(ofFile),
      settings,
      memory,
      root: await workspaceRoot(dirname(absolute), cwd),
    },
  );
  const areDefinitionsOff = settings.rules.get(definitionsRule)?.level === "off";
  const all = areDefinitionsOff ? [] : await definitionProblems(notebook, python, absolute, cwd);
  const problems = all.filter(({ severity }) => isShown(settings, { rule: definitionsRule, severity }));
  return {
    path,
    isScript,
    error: problem?.message ?? sayStopped(coverage),
    bytes,
    notebook,
    findings,
    allowed,
    order,
    problems,
    known: { findings: [], problems: [] },
    fingerprints: fingerprintsOf(notebook, [...findings, ...problems]),
    proven: new Map(),
    settings,
    leftOut: { ...leftOut, hidden: leftOut.hidden + all.length - problems.length },
    coverage,
  };
}

/** What a check rests on besides the file. */
export interface CheckWorld {
  readonly python: Python;
  readonly cwd: string;
  readonly settings: FindSettings;
  /** What earlier looks at the same file left. */
  readonly memory?: Memory;
}

/** A file that the analysis did not get through must not pass for one that it did. */
function sayStopped({ gaps }: Coverage): string | null {
  const stopped = gaps.find(({ code }) => code === "coverage/stopped");
  return stopped === undefined ? null : `Not all of it was looked at. ${stopped.reason} ${stopped.advice}`;
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
