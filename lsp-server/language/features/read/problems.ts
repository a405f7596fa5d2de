import type { DefinitionProblem, Place } from "../model.ts";

/** A hint that something is only known when the code runs. */
export function notStatic(place: Place, what: string, why: string): DefinitionProblem {
  return {
    code: "features/not-static",
    message: `${what} is not known from the text: ${why}.`,
    severity: "hint",
    place,
  };
}

/** Text that should be a duration. */
export function badDuration(text: string, place: Place): DefinitionProblem {
  return problemOf(
    "features/bad-duration",
    `"${text}" is no duration. Write it like "45min" or "1h 30min".`,
    place,
  );
}

/** An error in a definition. */
export function problemOf(code: string, message: string, place: Place): DefinitionProblem {
  return { code, message, severity: "error", place };
}
