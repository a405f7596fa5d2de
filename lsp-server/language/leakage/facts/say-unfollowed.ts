import type { Place } from "../ir.ts";
import type { Program } from "./program.ts";
import { isScored, reachesScore } from "./reach.ts";
import type { Evaluation } from "./values/fit.ts";
import type { Mark } from "./values/mark.ts";

/**
 * Says what was not followed where a score rests on it: on the way of its rows, in which rows they are, and in what its model learned
 * from; and which values of later rows it rests on, which a rule may judge.
 */
export function sayUnfollowed(program: Program): void {
  for (const evaluation of program.facts.unfitted) {
    const { at, model } = evaluation;
    if (isScored(program.facts, evaluation))
      sayUnknownRows(program, at, `Which rows \`${model}\` learned from is not known from the text.`);
  }
  for (const evaluation of program.facts.evaluations.values()) {
    const { inputs, fit, at } = evaluation;
    const learned = [...fit.inputs.marks.values()];
    const unfollowed = [
      ...learned.filter((mark) => mark.kind === "unfollowed" && rests(mark, evaluation)),
      ...[...inputs.marks.values()].filter(({ kind }) => kind === "unfollowed"),
    ];
    for (const mark of unfollowed) say(program, mark);
    for (const mark of learned)
      if (mark.kind === "ahead" && reachesScore(mark, evaluation)) sayLaterRows(program, mark);
    if (unfollowed.length > 0 || (inputs.rows && fit.inputs.rows) || !isScored(program.facts, evaluation))
      continue;
    const what = inputs.rows ? "learned from" : "is scored on";
    sayUnknownRows(program, at, `Which rows \`${fit.model}\` ${what} is not known from the text.`);
  }
  sayUnscored(program);
}

/** Where nothing is known to score anything, whatever was not followed may: says so. */
function sayUnscored(program: Program): void {
  const { facts, unfollowedCalls } = program;
  const isAnyScored = [...facts.evaluations.values(), ...facts.unfitted].some(
    (one) => ("isFolds" in one && one.isFolds) || isScored(facts, one),
  );
  if (isAnyScored) return;
  for (const { at, what } of unfollowedCalls)
    program.note(at, {
      code: "coverage/call-not-followed",
      weight: "unread",
      reason: what,
      means:
        "Nothing here is known to be a score: if this learns from rows, or scores them, it is not part of the answer.",
      advice: "Look at it yourself.",
    });
}

function rests(mark: Mark, evaluation: Evaluation): boolean {
  const isKnown = mark.rows && evaluation.inputs.rows && evaluation.fit.inputs.rows;
  return !isKnown || reachesScore(mark, evaluation);
}

function sayUnknownRows(program: Program, at: Place, reason: string): void {
  program.note(at, {
    code: "coverage/rows-unknown",
    weight: "unread",
    reason,
    means: "Whether this score shares rows with the training is not part of the answer.",
    advice: "Look at it yourself.",
  });
}

function say(program: Program, { at, label }: Mark): void {
  program.note(at, {
    code: "coverage/call-not-followed",
    weight: "unread",
    reason: label,
    means: "A score rests on it: whether it learned from rows of the test is not part of the answer.",
    advice: "Look at it yourself.",
  });
}

/** The code of values of later rows. */
export const laterRows = "coverage/later-rows";

function sayLaterRows(program: Program, { at, label }: Mark): void {
  program.note(at, {
    code: laterRows,
    weight: "unread",
    reason: `\`${label}\` takes values of later rows, and a score rests on them.`,
    means: "Whether those rows are the test's, or known in time, is not part of the answer.",
    advice: "Look at it yourself.",
  });
}
