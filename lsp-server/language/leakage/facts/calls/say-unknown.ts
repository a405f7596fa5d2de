import { decisiveArguments } from "../../api/decisive-arguments.ts";
import { isTableMethod } from "../../api/known.ts";
import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";
import type { Passed, Value } from "../values/value.ts";

/** Says which arguments that decide a verdict are not known from the text: `shuffle=flags.shuffle`, `train_test_split(**options)`. */
export function sayUnknownArguments(
  program: Program,
  name: string,
  args: readonly Passed[],
  at: Place,
): void {
  const decisive = decisiveArguments.get(name);
  if (decisive === undefined) return;
  for (const arg of args) {
    const text = brief(program.textOf(arg.expression.at));
    if (arg.spread !== null) {
      program.note(
        at,
        unknownArgument(
          `Which arguments \`${arg.spread}${text}\` gives to \`${name}\` is not known from the text.`,
        ),
      );
    } else if (arg.name !== null && decisive.includes(arg.name) && !isKnown(program, arg.value)) {
      program.note(
        arg.expression.at,
        unknownArgument(`What \`${arg.name}=${text}\` is for \`${name}\` is not known from the text.`),
      );
    }
  }
}

/** Says that a function comes from a file of somebody's own, when it is called; answers whether it does. */
export function sayUnreadModule(program: Program, path: string): boolean {
  const name = path.slice(path.lastIndexOf(".") + 1);
  // A training set that is defined there: the file of definitions is read elsewhere.
  if (isTableMethod(name)) return false;
  for (const [module, at] of program.unreadModules) {
    if (!path.startsWith(`${module}.`)) continue;
    program.note(at, {
      code: "coverage/module-not-read",
      weight: "unread",
      reason: `\`${module}\` was not read, and \`${name}\` comes from it.`,
      means: "What it does to rows is not part of the answer.",
      advice: "Check that file too.",
    });
    return true;
  }
  return false;
}

/** Says which file is not known, or could not be opened: its columns and their types are unknown then. */
export function sayUnknownFile(
  program: Program,
  file: string | null,
  args: readonly Passed[],
  at: Place,
): void {
  const [first] = args;
  if (file !== null) sayUnopened(program, file, at);
  else if (first)
    program.note(at, {
      ...unknownColumns,
      code: "coverage/file-not-named",
      reason: `Which file \`${brief(program.textOf(first.expression.at))}\` names is not known from the text.`,
      advice: "Write the path out.",
    });
}

/** Says that a file could not be opened. */
export function sayUnopened(program: Program, file: string, at: Place): void {
  program.note(at, {
    ...unknownColumns,
    code: "coverage/file-not-opened",
    reason: `\`${brief(file)}\` could not be opened from here.`,
    advice: "Run the check where the file is.",
  });
}

const unknownColumns = {
  weight: "unknown",
  means: "Its columns and their types are not known; rules that need them kept silent.",
} as const;

function unknownArgument(reason: string) {
  return {
    code: "coverage/argument-unknown",
    weight: "unknown",
    reason,
    means: "A rule that needs it took the usual value.",
    advice: "Write it out where the answer shall rest on it.",
  } as const;
}

function isKnown(program: Program, value: Value): boolean {
  if (constantOf(value) !== undefined || value.model || value.kind === "folds") return true;
  return value.items?.every((item) => isKnown(program, program.store.read(item))) ?? false;
}

function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("`", "'");
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
