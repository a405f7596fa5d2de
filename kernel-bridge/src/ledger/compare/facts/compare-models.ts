import type { ModelFit } from "../../format/run.ts";
import type { Fact, FactValue, ModelComparison, State } from "../comparison.ts";
import { compareFacts } from "./compare-facts.ts";

/** The models of two runs, each with its counterpart: by variable, then by class. A model that was fitted more than once counts as it was fitted last. */
export function compareModels(left: readonly ModelFit[], right: readonly ModelFit[]): ModelComparison[] {
  const lefts = [...lastFits(left)];
  const take = (isWanted: (model: ModelFit) => boolean) => {
    const at = lefts.findIndex(isWanted);
    return at < 0 ? null : lefts.splice(at, 1)[0]!;
  };
  const pairs: [ModelFit | null, ModelFit][] = lastFits(right).map((model) => [
    take(({ variable }) => variable !== null && variable === model.variable),
    model,
  ]);
  for (const pair of pairs) pair[0] ??= take(({ className }) => className === pair[1].className);
  // One model each: it is the model, whatever it is called by now.
  if (pairs.length === 1 && lefts.length === 1) pairs[0]![0] ??= lefts.pop()!;
  return [
    ...pairs.map(([before, after]) => compared(before, after)),
    ...lefts.map((model) => compared(model, null)),
  ];
}

function lastFits(models: readonly ModelFit[]): ModelFit[] {
  return [...new Map(models.map((model) => [`${model.variable} ${model.className}`, model])).values()];
}

function compared(left: ModelFit | null, right: ModelFit | null): ModelComparison {
  const { variable, className } = (right ?? left)!;
  const name = variable ?? className;
  if (left === null || right === null)
    return { name, className, state: left === null ? "added" : "removed", facts: [] };
  const parameters = compareFacts(left.parameters, right.parameters, "a value");
  const facts = [...compareFacts(factsOf(left), factsOf(right), "not known"), ...parameters];
  return { name, className, state: stateOf(facts), facts };
}

/** How long it took differs each time. */
function stateOf(facts: readonly Fact[]): State {
  const telling = facts.filter(({ name }) => name !== "durationMs");
  if (telling.some(({ state }) => state !== "same" && state !== "unknown")) return "changed";
  return telling.some(({ state }) => state === "unknown") ? "unknown" : "same";
}

/** What says where it stands is left out, and what is nowhere known. */
function factsOf(model: ModelFit): Record<string, FactValue> {
  const { cellId: _cell, variable: _variable, parameters: _parameters, className, ...rest } = model;
  const facts = { class: className, ...rest } as unknown as Record<string, FactValue>;
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}
