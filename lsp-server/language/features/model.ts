/** Feature definitions as the text states them. Durations are integer microseconds; names are as written. Everything carries where it stands, so that an editor can point at it. */
export interface Definitions {
  readonly entities: readonly EntityDefinition[];
  readonly sources: readonly SourceDefinition[];
  readonly views: readonly ViewDefinition[];
  readonly trainingSets: readonly TrainingSetDefinition[];
  /** What is dynamic, unknown or contradictory. A definition with a problem may still stand above, as far as it could be read. */
  readonly problems: readonly DefinitionProblem[];
}

/** 0-based lines and UTF-16 columns inside one cell (or one file, when `cellId` is null); `end` is exclusive. */
export interface Place {
  readonly cellId: string | null;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface EntityDefinition {
  readonly name: string;
  /** The variable it is assigned to; null when it is not. */
  readonly variable: string | null;
  readonly joinKeys: readonly string[];
  readonly place: Place;
}

export interface SourceDefinition {
  readonly name: string;
  readonly variable: string | null;
  /** As written; resolved against the notebook's folder by whoever reads the file. */
  readonly path: string;
  readonly timestampField: string | null;
  readonly createdTimestampColumn: string | null;
  readonly place: Place;
}

export interface ViewDefinition {
  readonly name: string;
  readonly variable: string | null;
  /** Entity names. Empty for a view without entities. */
  readonly entities: readonly string[];
  readonly source: string;
  /** Null = lives forever. */
  readonly ttlUs: number | null;
  /** A row of event time t can be read from t + delay on. */
  readonly delayUs: number;
  readonly upper: "inclusive" | "exclusive";
  readonly features: readonly FeatureDefinition[];
  readonly owner: string | null;
  readonly place: Place;
}

export type FeatureDefinition =
  | {
      readonly kind: "latest";
      readonly name: string;
      readonly column: string;
      readonly type: string | null;
      readonly place: Place;
    }
  | {
      readonly kind: "window";
      readonly name: string;
      readonly column: string;
      readonly function: AggregateFunction;
      readonly windowUs: number;
      readonly place: Place;
    };

export type AggregateFunction = "mean" | "sum" | "count" | "min" | "max";

export interface TrainingSetDefinition {
  readonly name: string;
  readonly variable: string | null;
  /** Name of the source whose rows are the moments of prediction; its `timestampField` is that moment. */
  readonly spine: string;
  readonly label: string | null;
  /** `view:feature`, in order. */
  readonly features: readonly string[];
  readonly place: Place;
}

export interface DefinitionProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning" | "hint";
  readonly place: Place;
}
