import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Layer } from "@lookback/language/leakage/settings/settings.ts";
import { chosenRules } from "./chosen-rules.ts";
import type { Format } from "./formats/format.ts";
import { formats } from "./formats/formats.ts";

/** What a check is asked. */
export interface CheckArguments {
  /** `-` is standard input. */
  readonly paths: readonly string[];
  readonly format: Format;
  readonly isStrict: boolean;
  /** What it says of rules. */
  readonly rules: Layer;
  /** The name of what comes from standard input; null when nothing does. */
  readonly stdinName: string | null;
  /** Files, as given. At most one of the two is there. */
  readonly baseline: string | null;
  readonly newBaseline: string | null;
  /** What is done with fixes; null: nothing. */
  readonly fixes: "diff" | "fix" | null;
  /** Whether fixes that change more than the leak are taken too. */
  readonly takesSuggestions: boolean;
}

/** Reads the command line; a `Failure` says what is wrong with it. */
export function readArguments(argv: readonly string[]): CheckArguments {
  const { values, positionals } = parsed(argv);
  const wanted = values.format ?? formats[0]?.name;
  const format = formats.find(({ name }) => name === wanted);
  if (format === undefined) throw refusal(`there is no format called ${wanted}.`);
  if (positionals.length === 0) throw refusal("no path was given.");
  if (values.baseline !== undefined && values["write-baseline"] !== undefined)
    throw refusal("--baseline reads a baseline and --write-baseline writes one; give one of them.");
  if (values.diff === true && values.fix === true)
    throw refusal("--diff shows what --fix would write; give one of them.");
  if (values.diff === true && values.format !== undefined)
    throw refusal("--diff answers a diff, which has no --format.");
  if (values.suggestions === true && values.diff !== true && values.fix !== true)
    throw refusal("--suggestions says which fixes --diff shows or --fix writes; give one of them.");
  if (values["write-baseline"] !== undefined && (values.diff === true || values.fix === true))
    throw refusal("a baseline is written of what is found, not of what is fixed; do one after the other.");
  if (values.fix === true && positionals.includes("-"))
    throw refusal("--fix writes files, and - is none; --diff shows its fixes.");
  return {
    paths: positionals,
    format,
    isStrict: values.strict === true,
    rules: chosenRules(values.select ?? [], values.ignore ?? [], values.profile),
    baseline: values.baseline ?? null,
    newBaseline: values["write-baseline"] ?? null,
    takesSuggestions: values.suggestions === true,
    fixes: values.fix === true ? "fix" : values.diff === true ? "diff" : null,
    stdinName: stdinName(positionals, values["stdin-filename"]),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        format: { type: "string" },
        strict: { type: "boolean" },
        profile: { type: "string" },
        select: { type: "string", multiple: true },
        ignore: { type: "string", multiple: true },
        baseline: { type: "string" },
        "write-baseline": { type: "string" },
        diff: { type: "boolean" },
        fix: { type: "boolean" },
        suggestions: { type: "boolean" },
        "stdin-filename": { type: "string" },
      },
      allowPositionals: true,
    });
  } catch (cause) {
    throw refusal(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** A notebook read as a script would be one expression in which nothing leaks: what comes in says what it is. */
function stdinName(paths: readonly string[], name: string | undefined): string | null {
  const count = paths.filter((path) => path === "-").length;
  if (count > 1) throw refusal("- stands for standard input and can be given once.");
  if (count === 0 && name !== undefined)
    throw refusal("--stdin-filename names what - reads, and no - was given.");
  if (count === 1 && (name === undefined || name === ""))
    throw refusal(
      "- needs --stdin-filename, which says whether a script or a notebook comes in, and where it belongs.",
    );
  return name ?? null;
}

function refusal(reason: string, cause?: unknown): Failure {
  return new Failure("check/usage", `Nothing was checked: ${reason}`, {
    advice: "Run `lookback check --help` for the usage.",
    ...(cause === undefined ? {} : { cause }),
  });
}
