// How far a notebook is followed, and what is said where that ends.

/** Places that are listed as not understood. */
export const mostGaps = 1000;
/** Statements that are run; half as many with calls of the notebook's own functions. */
export const mostSteps = 60_000;
/** Calls of the notebook's own functions inside each other. */
export const mostCalls = 5;
/** Calls of one of the notebook's own functions that are followed for one statement. */
export const mostFollowed = 500;
/** Turns of one loop that are followed for one statement, before it is given one turn a time. */
export const mostRounds = 400;
/** Loops inside each other that are followed for more than one turn. */
export const mostNested = 5;
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

/** Says that a loop's list has more items than were followed. */
export const cutShort = (followed: number, turns: number) =>
  ({
    code: "coverage/loop-cut-short",
    weight: "unread",
    reason: `This loop was followed for the first ${followed} of its ${turns} turns.`,
    means: "What the others do is not part of the answer.",
    advice: "Look at them yourself.",
  }) as const;

/** Says that a loop inside of others was followed for one turn each time. */
export const nestedTooDeep = {
  code: "coverage/loop-cut-short",
  weight: "unread",
  reason: `This loop stands inside of ${mostNested} others: it was followed for one turn each time.`,
  means: "What the others do is not part of the answer.",
  advice: "Look at them yourself.",
} as const;

/** Says that a loop that one statement comes back to was followed for one turn from then on. */
export const wornOut = {
  code: "coverage/loop-cut-short",
  weight: "unread",
  reason: `One statement came back to this loop again and again: after ${mostRounds} turns it was followed for one each time.`,
  means: "What the others do is not part of the answer.",
  advice: "Look at them yourself.",
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
