import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { liveRows } from "../values/unfollowed.ts";
import type { Value } from "../values/value.ts";
import { allTraits } from "../values/value-traits.ts";
import { blankModel } from "./roles.ts";
import { forgetAnswer, isOlderThanTurn, noteFit } from "./score-model.ts";

/**
 * Models learn from the rows of the answers that a loss is made of, where they gave them: a loop that trains. Those answers were steps of
 * training, so they are no evaluations.
 */
export function learnBack(program: Program, loss: Value, at: Place): void {
  const { store, answers } = program;
  let isKnown = false;
  for (const mark of allTraits(loss, store.read).marks.values()) {
    const answer = mark.kind === "predicted" ? answers.get(mark.id) : undefined;
    if (!answer) continue;
    isKnown = true;
    const { owner, label, inputs, statement } = answer;
    const value = store.read(owner);
    const before = value.model?.fits ?? [];
    const fit = noteFit(program, {
      at: mark.at,
      statement,
      model: label,
      inputs,
      target: null,
      watched: [],
      stopping: null,
      isContinued: value.model !== null && isOlderThanTurn(program, owner, value.model),
    });
    const fits = [...before.filter((one) => one.id !== fit.id), fit];
    store.write(owner, { ...value, model: { ...(value.model ?? blankModel), fits, isReset: false } });
    forgetAnswer(program, mark.at, inputs);
    const { unfitted } = program.facts;
    const step = unfitted.findIndex(({ at }) => at.cell === mark.at.cell && at.from === mark.at.from);
    if (step >= 0) unfitted.splice(step, 1);
  }
  if (!isKnown && liveRows(program, [loss]) !== null)
    program.note(at, {
      code: "coverage/rows-unknown",
      weight: "unread",
      reason: "Which model learns from this loss is not known from the text.",
      means: "What it learned from, and whether a score shares rows with it, is not part of the answer.",
      advice: "Look at it yourself.",
    });
}
