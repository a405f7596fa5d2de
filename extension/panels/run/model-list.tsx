import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import { countText } from "../kit/quantity.ts";
import { shortClass } from "../kit/titles.ts";
import { ModelCard } from "./model-card.tsx";

type Model = Run["models"][number];

/** The models of a run, the ones that answer with predictions first; what only prepares for them is named in a line. */
export function ModelList(props: { models: Run["models"] }): ReactNode {
  const predicting = props.models.filter(({ predicts }) => predicts !== false);
  const preparing = props.models.filter(({ predicts }) => predicts === false);
  return (
    <>
      {modelGroups(predicting).map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may fit the same twice
        <ModelCard key={at} {...group} />
      ))}
      {preparing.length === 0 ? null : (
        <details className="lb-run-section">
          <summary>
            {countText(preparing.length, "transformer")}{" "}
            <span className="lb-run-aside lb-muted">
              {[...new Set(preparing.map(({ className }) => shortClass(className)))].slice(0, 5).join(", ")}
            </span>
          </summary>
          {modelGroups(preparing).map((group, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may fit the same twice
            <ModelCard key={at} {...group} />
          ))}
        </details>
      )}
    </>
  );
}

/** Fits of one class in one cell are one where there are more than three: the last, and how many. */
export function modelGroups(models: readonly Model[]): { model: Model; fits: number }[] {
  const groups = new Map<string, Model[]>();
  for (const model of models) {
    const key = JSON.stringify([model.cellId, model.className]);
    groups.set(key, [...(groups.get(key) ?? []), model]);
  }
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1);
    if (group.length <= 3 || last === undefined) return group.map((model) => ({ model, fits: 1 }));
    return [{ model: last, fits: group.reduce((sum, { calls }) => sum + (calls ?? 1), 0) }];
  });
}
