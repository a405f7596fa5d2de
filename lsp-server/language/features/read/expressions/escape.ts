import type { Place } from "../../model.ts";
import { definitionOf, partsOf, spoil, type Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";
import { isTame } from "./tame.ts";

/**
 * Lets values reach code that was not followed: whatever can be changed through them is unknown from here on, and
 * functions among them may run at any time. `why` completes "What it is after this line is not known from the text: ".
 */
export function letEscape(values: readonly Value[], place: Place, why: string, scope: Scope): void {
  let visits = 0;
  walk(values, (value) => {
    if (definitionOf(value)) scope.taint(value, place, why);
    else if (value.kind === "module") scope.loseModule(value.path, place, why);
    else if (value.kind === "dynamic" && value.reach === "everything") scope.loseEverything(place, why);
    else if (value.kind !== "function") spoil(value, why, ...values);
    // Who calls a function has what it answers, functions that give functions without end among it.
    else if (visits++ < 200) return value.mayRun(values);
    else scope.loseEverything(place, why);
    return [];
  });
}

/**
 * Lets functions among the arguments of a call run that changes nothing itself; what they may answer. A function that
 * was not read may change the rest of what is given.
 */
export function calledBack(
  given: readonly Value[],
  place: Place,
  scope: Scope,
  called: readonly Value[] = given.filter((each) => each.kind === "imported"),
): readonly Value[] {
  const answers: Value[] = [];
  walk(given, (value) => {
    if (value.kind === "function") answers.push(...value.mayRun(given));
    return [];
  });
  const unread = called.some((each) => each.kind !== "function" && !isTame(each));
  if (unread) letEscape(given, place, "a function that was not read is given it", scope);
  return answers;
}

/** Whether code that has a value could change a definition through it, or run a function of the text. */
export function leadsToDefinitions(value: Value): boolean {
  let found = false;
  walk([value], (each) => {
    found ||= definitionOf(each) !== null || each.kind === "function" || each.kind === "module";
    return [];
  });
  return found;
}

/** Everything that values are, hold or may be, each once, and what visiting one brings; what is behind a value is found before it is visited. */
function walk(values: readonly Value[], visit: (value: Value) => readonly Value[]): void {
  const seen = new Set<Value>(values);
  for (const value of seen) {
    const behind = behindOf(value);
    // A set is gone through with what is added on the way.
    for (const each of [...behind, ...visit(value)]) seen.add(each);
  }
}

function behindOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "view":
    case "training-set":
      return value.holds;
    case "member":
      return [value.value];
    case "dynamic":
      return value.reach === undefined || value.reach === "everything" ? [] : value.reach;
    default:
      return partsOf(value);
  }
}
