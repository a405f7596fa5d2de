import type { Query, Select, Term } from "../../../sql/query.ts";
import type { Transformation } from "../../facts/definitions/definition.ts";
import type { AskedQuery } from "../../facts/sql/asked-query.ts";
import type { NotebookFacts } from "../../rule.ts";

/** Whether a transformation runs again for each request, on that request's rows alone. */
export function isOnDemand({ definition }: Transformation): boolean {
  return /^(on_demand_feature_view|realtime_feature_view|OnDemandFeatureView)$/.test(definition.is);
}

/** A query that features are defined by, and what it is of. */
export interface DefiningQuery {
  readonly asked: AskedQuery;
  /** As a reader would call it. */
  readonly of: string;
  readonly transformation: Transformation | null;
}

/** Every query that features are defined by: answered by a transformation, or given to a source. */
export function definingQueries(facts: NotebookFacts): DefiningQuery[] {
  return [
    ...[...facts.transformations.values()].flatMap((transformation) =>
      [...transformation.queries.values()].map((asked) => ({
        asked,
        of: `\`${transformation.name}\``,
        transformation,
      })),
    ),
    ...facts.definedQueries.map(({ definition, asked }) => {
      const name = definition.given.get("name")?.constant;
      const of = typeof name === "string" ? `the source \`${name}\`` : `a \`${definition.is}\``;
      return { asked, of, transformation: null };
    }),
  ];
}

/** Every select of a query, those inside others too. */
export function selectsOf(query: Query): Select[] {
  return [
    ...query.named.flatMap((one) => selectsOf(one.query)),
    ...query.selects.flatMap((part) => ("selects" in part ? selectsOf(part) : [part, ...insideOf(part)])),
  ];
}

function insideOf(select: Select): Select[] {
  const relations = [...select.from, ...select.joins.map(({ relation }) => relation)];
  return [
    ...relations.flatMap(({ query }) => (query ? selectsOf(query) : [])),
    ...termsOf(select).flatMap(({ queries }) => queries.flatMap(selectsOf)),
  ];
}

/** Every expression of a select. */
export function termsOf(select: Select): Term[] {
  const tests = [...select.where, ...select.qualify, ...select.joins.flatMap(({ on }) => on)];
  return [
    ...select.items.flatMap((item) => (item.op === "column" ? [item.term] : [])),
    ...tests.flatMap(({ left, right }) => (right ? [left, right] : [left])),
    ...(select.groupBy === "all" ? [] : (select.groupBy ?? [])),
  ];
}
