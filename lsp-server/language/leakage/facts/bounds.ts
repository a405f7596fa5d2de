// How far a notebook is followed, and what is said where that ends.

/** Places that are listed as not understood. */
export const mostGaps = 1000;
/** Statements that are run; half as many with calls of the notebook's own functions. */
export const mostSteps = 60_000;
/** Calls of the notebook's own functions inside each other. */
export const mostCalls = 5;
/** Turns of loops in which something is known to have happened: loops inside loops would copy them thousands of times. */
export const mostTurns = 400;
/** Features, views and sources that are noted: loops inside loops would define them thousands of times. */
export const mostDefinitions = 1000;

/** Says that more is defined than is noted. */
export const moreDefinitions = {
  code: "coverage/more-definitions",
  weight: "unread",
  reason: `More than ${mostDefinitions.toLocaleString("en")} features, views and sources are defined: those from here on were not noted.`,
  means: "What they do is not part of the answer.",
  advice: "Check them in a file of their own.",
} as const;

/** Says that more places were not understood than are listed. */
export const moreGaps = {
  code: "coverage/more-gaps",
  weight: "unread",
  reason: `More than ${mostGaps - 1} places were not understood: those from here on are not listed.`,
  means: "What they do is not part of the answer.",
  advice: "Mend those that are listed, and look again.",
} as const;

/** Says that a call came after too many statements. */
export function notFollowed(what: string) {
  return {
    code: "coverage/call-not-followed",
    weight: "unread",
    reason: `${what}: ${(mostSteps / 2).toLocaleString("en")} statements were followed before it.`,
    means: "Its answer was taken to be rows of its arguments.",
    advice: "Check the function in a notebook of its own.",
  } as const;
}

/** Says that nothing was run from here on. */
export const stopped = {
  code: "coverage/stopped",
  weight: "unread",
  reason: `The analysis stopped before these lines, after ${mostSteps.toLocaleString("en")} statements.`,
  means: "What they do is not part of the answer.",
  advice: "Cut the notebook, or the loops that hold loops, into smaller ones.",
} as const;
