import type {
  AggregateFunction,
  EntityDefinition,
  Place,
  SourceDefinition,
  TrainingSetDefinition,
  ViewDefinition,
} from "../model.ts";

/** What an expression is, as far as the text alone tells. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "none" }
  | { readonly kind: "duration"; readonly us: number }
  | { readonly kind: "list"; readonly items: readonly Placed[] }
  | { readonly kind: "record"; readonly entries: ReadonlyMap<string, Placed> }
  /** A module, class or function by its full dotted name (`feast.FeatureView`). */
  | { readonly kind: "imported"; readonly name: string }
  | { readonly kind: "type"; readonly name: string }
  | { readonly kind: "entity"; readonly entity: EntityDefinition }
  | {
      readonly kind: "source";
      readonly source: SourceDefinition;
      readonly columnOf: ReadonlyMap<string, string>;
    }
  | { readonly kind: "field"; readonly field: FieldValue }
  | { readonly kind: "aggregate"; readonly aggregate: AggregateValue }
  | { readonly kind: "view"; readonly view: ViewDefinition }
  | { readonly kind: "training-set"; readonly trainingSet: TrainingSetDefinition }
  /** A name nothing above or below assigns. */
  | { readonly kind: "unbound"; readonly name: string }
  /** Known only when the code runs; `why` completes "… is not known from the text: ". */
  | { readonly kind: "dynamic"; readonly why: string };

/** A value and where its expression stands. */
export interface Placed {
  readonly value: Value;
  readonly place: Place;
}

interface FieldValue {
  readonly name: string;
  readonly type: string | null;
}

export interface AggregateValue {
  readonly name: string;
  readonly column: string;
  readonly function: AggregateFunction;
  readonly windowUs: number;
}

/** What a value is called in a message: "an entity", "a number". */
export function kindOf(value: Pick<Value, "kind">): string {
  return words[value.kind];
}

const words: Record<Value["kind"], string> = {
  text: "text",
  number: "a number",
  truth: "True or False",
  none: "None",
  duration: "a duration",
  list: "a list",
  record: "a dictionary",
  imported: "something imported",
  type: "a type",
  entity: "an entity",
  source: "a source",
  field: "a field",
  aggregate: "an aggregate",
  view: "a feature view",
  "training-set": "a training set",
  unbound: "not defined",
  dynamic: "not known from the text",
};
