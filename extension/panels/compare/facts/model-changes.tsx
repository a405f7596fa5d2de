import type { Comparison, Fact, ModelComparison, PairComparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { countText } from "../../kit/quantity.ts";
import { shortClass } from "../../kit/titles.ts";
import { isTelling } from "../pair-counts.ts";
import { Section } from "../section.tsx";
import { FactTable } from "./fact-table.tsx";

/** Parameters and fitted models: what differs, or, `isWhole`, all of it. */
export function ModelChanges(props: {
  runs: Comparison["runs"];
  pair: PairComparison;
  isWhole?: boolean;
}): ReactNode {
  const { runs, pair, isWhole = false } = props;
  const shown = (facts: readonly Fact[]) => (isWhole ? facts.filter(isKnown) : facts.filter(isTelling));
  const parameters = shown(pair.parameters);
  if (isWhole && pair.models.length === 0 && pair.parameters.length === 0)
    return <Section title="Model" aside="no model or parameter in either run" />;
  return (
    <>
      {parameters.length > 0 ? (
        <Section title="Parameters" aside={sameText(pair.parameters, "parameter")}>
          <FactTable runs={runs} title="of the notebook" named={parameters} />
        </Section>
      ) : null}
      {pair.models.map((model) => (
        <Model
          key={`${model.name} ${model.className}`}
          runs={runs}
          model={model}
          facts={shown(model.facts)}
          parameters={shown(model.parameters)}
        />
      ))}
    </>
  );
}

function Model(props: {
  runs: Comparison["runs"];
  model: ModelComparison;
  facts: readonly Fact[];
  parameters: readonly Fact[];
}): ReactNode {
  const { runs, model, facts, parameters } = props;
  const { name, className, state } = model;
  const aside = (said: string | null) => [name === className ? null : name, said].filter(Boolean).join(" · ");
  if (state === "added" || state === "removed")
    return (
      <Section
        title="Model"
        aside={aside(`${shortClass(className)}, in the ${state === "added" ? "right" : "left"} run only`)}
      />
    );
  const listed = facts.filter((fact) => fact.name !== "features" || fact.state === "same");
  const features = model.facts.find((fact) => fact.name === "features");
  return (
    <Section
      title="Model"
      aside={aside(
        state === "same"
          ? `${shortClass(className)}, the same`
          : sameText([...model.facts, ...model.parameters], "value"),
      )}
    >
      <FactTable
        runs={runs}
        title={shortClass(className)}
        facts={counted(listed, features)}
        named={parameters}
      />
      {features === undefined ? null : <FeatureNames fact={features} />}
    </Section>
  );
}

/** Features are compared by name; in the table their number stands for them. */
function counted(facts: readonly Fact[], features: Fact | undefined): Fact[] {
  const rest = facts.filter(({ name }) => name !== "features");
  if (features?.state !== "changed") return rest;
  const size = (recorded: Fact["left"]) =>
    recorded && { value: Array.isArray(recorded.value) ? recorded.value.length : 0 };
  return [{ ...features, left: size(features.left), right: size(features.right) }, ...rest];
}

function FeatureNames(props: { fact: Fact }): ReactNode {
  const { fact } = props;
  if (fact.state !== "changed") return null;
  const names = (recorded: Fact["left"]) =>
    Array.isArray(recorded?.value) ? recorded.value.map(String) : [];
  const [left, right] = [names(fact.left), names(fact.right)];
  const added = right.filter((name) => !left.includes(name));
  const removed = left.filter((name) => !right.includes(name));
  if (added.length + removed.length === 0)
    return <p className="lb-muted lb-small">The same features in another order.</p>;
  return (
    <p className="lb-small lb-wrap">
      {added.map((name) => (
        <code key={name} className="lb-mono lb-added">
          + {name}
        </code>
      ))}
      {removed.map((name) => (
        <code key={name} className="lb-mono lb-removed">
          − {name}
        </code>
      ))}
    </p>
  );
}

function isKnown({ left, right }: Fact): boolean {
  return left !== null || right !== null;
}

function sameText(facts: readonly Fact[], noun: string): string | null {
  const same = facts.filter(({ state }) => state === "same").length;
  return same === 0 ? null : `${countText(same, noun)} the same`;
}
