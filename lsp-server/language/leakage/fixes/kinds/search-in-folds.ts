import type { FixKind } from "../fix-kind.ts";
import { isUnchanged } from "../left-alone.ts";
import { expressionAt } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";

/** What a search chose is scored by folds that it saw: the search itself is, so that it chooses anew for each. */
export const searchInFolds: FixKind = {
  id: "search-in-folds",
  rules: ["tune-on-test"],
  plan({ mark, evaluations = [] }, facts) {
    const search = mark && expressionAt(facts, mark.at);
    if (mark?.kind !== "searched" || search?.op !== "call" || search.callee.op !== "attribute") return [];
    const { of } = search.callee;
    const edits = new Map(
      evaluations.map(({ at }) => {
        const call = expressionAt(facts, at);
        const [model] = call?.op === "call" ? call.args : [];
        const isOfFolds = call?.op === "call" && /cross_val/.test(facts.textOf(call.callee.at));
        const range = isOfFolds && (model?.name ?? "estimator") === "estimator" ? model?.value.at : undefined;
        return [`${at.cell}:${at.from}`, range] as const;
      }),
    );
    const places = [...edits.values()];
    if (places.length === 0 || places.includes(undefined)) return [];
    if (places.some((place) => !place || !isUnchanged(facts, of.at, place)))
      return new Obstacle(`the search, ${quoted(facts.textOf(of.at))}, may be another where it is scored`);
    return [
      {
        title: "Score the search itself: it chooses anew in every fold",
        kind: "suggestion",
        edits: places.flatMap((place) =>
          place ? [{ cellId: place.cell, range: place, newText: facts.textOf(of.at) }] : [],
        ),
      },
    ];
  },
};
