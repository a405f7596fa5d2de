import type { SettledSource } from "../../features/model.ts";
import type { ResolvedTrainingSet } from "../resolve/resolved-training-set.ts";
import { preparedSpine, preparedView } from "./prepared-relations.ts";
import { quoteName } from "./quote-name.ts";
import { viewSteps } from "./view-steps.ts";

/**
 * The training join as one DuckDB query: every column of the spine as its file has it, then the features, exactly one
 * row per spine row, in spine order. `relationOf` says how to read a source, as in `fileRelation`.
 */
export function compileTrainingSet(
  set: ResolvedTrainingSet,
  relationOf: (source: SettledSource) => string,
): string {
  const position = freeName(set);
  const joined = set.views.map((view) => viewSteps(view.join));
  const steps = [
    {
      name: "spine MATERIALIZED",
      sql: `SELECT *, row_number() OVER () - 1 AS ${position}\nFROM ${relationOf(set.spine.source)}`,
    },
    { name: "s", sql: preparedSpine(set, "spine", position, "typed") },
    ...set.views.flatMap((view, index) => [
      { name: view.join.relation, sql: preparedView(view, relationOf(view.source), "typed") },
      ...joined[index]!.steps,
    ]),
  ];
  const features = set.features.map((feature) => {
    const result = joined[feature.view]!.holderOf.get(feature.value);
    if (!result) throw new Error(`No steps hold ${feature.ref}; the resolver should have refused it.`);
    return `${result}.${feature.value} AS ${quoteName(feature.output)}`;
  });
  const joins = joined.flatMap(({ results }) =>
    results.map((result) => `LEFT JOIN ${result} ON ${result}.row_id = spine.${position}`),
  );
  return `${withSteps(steps)}
SELECT ${[`spine.* EXCLUDE (${position})`, ...features].join(",\n       ")}
${[`FROM spine`, ...joins].join("\n")}
ORDER BY spine.${position}`;
}

/** Steps as a WITH clause. A name may carry `MATERIALIZED`. */
export function withSteps(steps: readonly { readonly name: string; readonly sql: string }[]): string {
  const parts = steps.map(({ name, sql }) => {
    const [alias, materialized] = name.split(" ");
    return `${alias} AS ${materialized ? `${materialized} ` : ""}(\n${sql.replaceAll(/^/gm, "  ")}\n)`;
  });
  return `WITH ${parts.join(",\n")}`;
}

/** A name for the spine's position that no column of the spine has. */
function freeName(set: ResolvedTrainingSet): string {
  const taken = new Set(set.spine.columns.map((column) => column.name.toLowerCase()));
  let name = "spine_position";
  while (taken.has(name)) name = `${name}_`;
  return name;
}
