import type { PlanModel, PlanValue } from "../../plan/plan.ts";
import type { Release } from "../../plan/read-release.ts";
import { badModel } from "./model.ts";

/** What a model answered: so many places a row, and the value at each. */
export interface Table {
  readonly rows: number;
  readonly width: number;
  at(row: number, place: number): PlanValue;
}

/** How a model's table becomes answers by name, as the plan has them. Fails with `serve/bad-model` on a table of another width. */
export function answerReader(release: Release): (table: Table) => Record<string, PlanValue>[] {
  const { output } = release.plan.model;
  const { kind, classes, positiveClass } = output;
  const keys = answerNames(output);
  if (kind === "probability") {
    const places = keys.map((key) => classes!.indexOf(positiveClass ?? key));
    return ({ rows, width, at }) => {
      if (width !== classes!.length)
        throw badModel(release, `it answers ${width} probabilities for ${classes!.length} classes`);
      return Array.from({ length: rows }, (_, row) =>
        Object.fromEntries(keys.map((key, i) => [key, at(row, places[i]!)])),
      );
    };
  }
  return ({ rows, width, at }) => {
    if (width !== keys.length)
      throw badModel(release, `it answers ${width} values a row, the plan names ${keys.length}`);
    return Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(keys.map((key, place) => [key, at(row, place)])),
    );
  };
}

/** The keys of a model's answers, in order. */
export function answerNames({
  kind,
  name,
  classes,
  positiveClass,
  names,
}: PlanModel["output"]): readonly string[] {
  if (kind === "probability") return positiveClass === null ? classes! : [name];
  return names ?? [name];
}
