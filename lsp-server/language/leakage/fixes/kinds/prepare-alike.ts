import type { FixKind } from "../fix-kind.ts";
import { isGiven } from "../names.ts";

/** Prepares the rows that are asked about by what prepared the training rows: the fitted object, or the same function. */
export const prepareAlike: FixKind = {
  id: "prepare-alike",
  rules: ["train-only-transform"],
  plan({ mark, evaluations = [] }, facts) {
    const [first] = evaluations;
    if (!mark || !first || first.inputs.at.module) return [];
    const { at } = first.inputs;
    const [, named, method] = /^([A-Za-z_][\w.]*?)(\.fit_transform)?\(/.exec(facts.textOf(mark.at)) ?? [];
    const by = method !== undefined ? `${named}.transform` : mark.kind === "mapped" ? named : undefined;
    const [root] = by?.split(".") ?? [];
    if (by === undefined || root === undefined || !isGiven(facts, root, at)) return [];
    return [
      {
        title: `Prepare them too: ${by}(…)`,
        kind: "suggestion",
        edits: [{ cellId: at.cell, range: at, newText: `${by}(${facts.textOf(at)})` }],
      },
    ];
  },
};
