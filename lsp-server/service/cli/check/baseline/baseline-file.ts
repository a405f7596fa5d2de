import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";

/** Findings that are known and do not count. */
export interface Baseline {
  /** As given on the command line. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** One known finding. Its line is not part of it. */
export interface BaselineEntry {
  readonly rule: string;
  /** From the baseline's folder, with slashes. */
  readonly file: string;
  readonly fingerprint: string;
  /** What stood there, for whoever reads the baseline. */
  readonly text: string;
}

/** What a baseline did to an answer. */
export interface BaselineUse {
  readonly path: string;
  /** Entries that match nothing any more, with the reason. Of files that were not looked at nothing is said. */
  readonly gone: readonly { readonly entry: BaselineEntry; readonly why: string }[];
}

/** The baseline at a path; null when nothing is there. What is no baseline is refused: it would hide nothing, or everything. */
export async function readBaseline(path: string, cwd: string): Promise<Baseline | null> {
  const refuse = (reason: string, cause?: unknown) =>
    new Failure("check/bad-baseline", `Nothing was checked: ${path} ${reason}`, {
      advice: "`lookback check PATH… --write-baseline FILE` writes a baseline.",
      cause,
    });
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw refuse("could not be read.", cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse("is not JSON.", cause);
  }
  if (!isRecord(value) || !("lookbackBaseline" in value)) throw refuse("is no baseline.");
  if (value.lookbackBaseline !== 1)
    throw refuse("is a baseline of another version of lookback, which this one cannot read.");
  const { findings } = value;
  if (!Array.isArray(findings) || !findings.every(isEntry)) throw refuse("holds findings that are none.");
  return { path, entries: findings };
}

/** Writes a baseline, in an order that makes small differences. */
export async function writeBaseline({ path, entries }: Baseline, cwd: string): Promise<void> {
  const keyOf = ({ file, rule, text, fingerprint }: BaselineEntry) =>
    JSON.stringify([file, rule, text, fingerprint]);
  const findings = [...entries]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ rule, file, fingerprint, text }) => ({ rule, file, fingerprint, text }));
  await writeAtomically(
    resolve(cwd, path),
    `${JSON.stringify({ lookbackBaseline: 1, findings }, null, 2)}\n`,
  );
}

function isEntry(value: unknown): value is BaselineEntry {
  return (
    isRecord(value) && ["rule", "file", "fingerprint", "text"].every((key) => typeof value[key] === "string")
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
