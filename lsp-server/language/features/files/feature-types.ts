import type { AggregateFunction } from "../model.ts";
import { type ColumnKind, kindOf } from "./column-kind.ts";

export type FeatureFunction = "latest" | AggregateFunction;

/**
 * What each function of a feature gives for each kind of column: training and the online store give the same, or the definition is
 * refused where it is written (null). Service tests hold the online store to this table.
 */
const featureTypes: Readonly<Record<FeatureFunction, Readonly<Record<ColumnKind, ColumnKind | null>>>> = {
  latest: itself(),
  min: itself(),
  max: itself(),
  sum: { ...nothing(), integer: "integer", decimal: "decimal", float: "float" },
  mean: { ...nothing(), integer: "float", decimal: "float", float: "float" },
  count: {
    ...{ timestamp: "integer", date: "integer", integer: "integer", decimal: "integer", float: "integer" },
    ...{ text: "integer", boolean: "integer", other: "integer" },
  },
};

/** The kinds whose values can identify an entity: equal values are one entity on every engine and in a request. */
const keyKinds: readonly ColumnKind[] = ["integer", "text", "boolean"];

/** Why a column cannot be what a feature asks of it, in words for the one who wrote the feature; null when it can. */
export function refusedFeature(wanted: FeatureFunction, column: string, type: string): string | null {
  if (featureTypes[wanted][kindOf(type)] !== null) return null;
  return wanted === "latest"
    ? `"${column}" is ${type}, which neither a model nor the online store can hold.`
    : `"${column}" is ${type}; its ${wanted} cannot be computed.`;
}

/** Why a column cannot be a join key; null when it can. */
export function refusedKey(column: string, type: string): string | null {
  if (keyKinds.includes(kindOf(type))) return null;
  return `"${column}" is ${type}, which cannot identify an entity; a key is a whole number, a text or a boolean.`;
}

function itself(): Readonly<Record<ColumnKind, ColumnKind | null>> {
  return {
    ...{ timestamp: "timestamp", date: "date", integer: "integer", decimal: "decimal", float: "float" },
    ...{ text: "text", boolean: "boolean", other: null },
  };
}

function nothing(): Readonly<Record<ColumnKind, ColumnKind | null>> {
  return {
    ...{ timestamp: null, date: null, integer: null, decimal: null, float: null },
    ...{ text: null, boolean: null, other: null },
  };
}
