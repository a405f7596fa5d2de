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
    return { name, className, state: left === null ? "added" : "removed", facts: [], parameters: [] };
  const parameters = compareFacts(parametersOf(left), parametersOf(right), "a value");
  const facts = compareFacts(factsOf(left), factsOf(right), "not known");
  return { name, className, state: stateOf([...facts, ...parameters]), facts, parameters };
}

/** How long it took differs each time; what neither run knows says nothing. */
function stateOf(facts: readonly Fact[]): State {
  const telling = facts.filter(
    ({ name, left, right }) => name !== "durationMs" && (left !== null || right !== null),
  );
  if (telling.some(({ state }) => state !== "same" && state !== "unknown")) return "changed";
  return telling.some(({ state }) => state === "unknown") ? "unknown" : "same";
}

/**
 * All that was recorded, fields that came later too, but for what names it in its session and where it was kept. A list of nothing was
 * not recorded; a model that was kept is told by its bytes.
 */
function factsOf(model: ModelFit): Record<string, FactValue> {
  const { cellId: _cell, variable: _variable, model: _name, className, ...rest } = model;
  const { parameters: _parameters, stepParameters: _steps, kept, samples: _samples, best, ...said } = rest;
  const facts = {
    class: className,
    ...said,
    // The names say how many there are.
    width: model.features === null ? model.width : null,
    bytes: kept?.size ?? null,
    sha256: kept?.sha256 ?? null,
    bestScore: best?.score ?? null,
  } as unknown as Record<string, FactValue>;
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}

/** A pipeline that names its steps' parameters itself, as `step__parameter`, has said them. */
function parametersOf({ parameters, steps, stepParameters, best }: ModelFit): Record<string, FactValue> {
  const isSaid = (name: string) => Object.keys(parameters).some((own) => own.endsWith(`__${name}`));
  const ofSteps = (stepParameters ?? []).flatMap((each, at) =>
    Object.entries(each)
      .filter(([name]) => !isSaid(name))
      .map(([name, value]) => [`${shortName(steps[at] ?? String(at))}.${name}`, value]),
  );
  const found = Object.entries(best?.parameters ?? {}).map(([name, value]) => [`best.${name}`, value]);
  return { ...parameters, ...Object.fromEntries([...ofSteps, ...found]) };
}

function shortName(className: string): string {
  return className.split(".").at(-1) ?? className;
}
