/** Feature definitions as the text states them. Durations are integer microseconds; names are as written. Everything carries where it stands, so that an editor can point at it. */
export interface Definitions {
  readonly entities: readonly EntityDefinition[];
  readonly sources: readonly SourceDefinition[];
  readonly views: readonly ViewDefinition[];
  readonly trainingSets: readonly TrainingSetDefinition[];
  /** What is dynamic, unknown or contradictory. A definition with a problem may still stand above, as far as it could be read. */
  readonly problems: readonly DefinitionProblem[];
}

/** What the text does not tell, with the reason. It stands where a value would and is never a default. */
export interface Unknown {
  readonly unknown: DefinitionProblem;
}

/** Whether a part of a definition is not known from the text. */
export function isUnknown(part: unknown): part is Unknown {
  return typeof part === "object" && part !== null && "unknown" in part;
}

/** A part of a definition, or null when the text does not tell: for what only shows it. */
export function known<T>(part: T | Unknown): T | null {
  return isUnknown(part) ? null : part;
}

/** 0-based lines and UTF-16 columns inside one cell (or one file, when `cellId` is null); `end` is exclusive. */
export interface Place {
  /** The cell of the document itself; null in another file. */
  readonly cellId: string | null;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  /** What holds it, as a person would name it; absent for definitions that came without their text. */
  readonly within?: Container;
}

/** A cell of a notebook, or a file. */
export interface Container {
  /** "cell 3", "features/views.py": a file relative to the document's folder. */
  readonly name: string;
  /** What to add to a place's line for the 0-based line in `name`. */
  readonly firstLine: number;
}

export interface EntityDefinition {
  readonly name: string;
  /** The variable it is assigned to; null when it is not. */
  readonly variable: string | null;
  readonly joinKeys: readonly string[] | Unknown;
  /** What touches the result and belongs to no single part: a word that is not understood, a change after it was made. */
  readonly doubts: readonly DefinitionProblem[];
  readonly place: Place;
}

export interface SourceDefinition {
  readonly name: string;
  readonly variable: string | null;
  /** As written; resolved against the notebook's folder by whoever reads the file. */
  readonly path: string | Unknown;
  readonly timestampField: string | null | Unknown;
  readonly createdTimestampColumn: string | null | Unknown;
  readonly doubts: readonly DefinitionProblem[];
  readonly place: Place;
}

export interface ViewDefinition {
  readonly name: string;
  readonly variable: string | null;
  /** Entity names. Empty for a view without entities. */
  readonly entities: readonly string[] | Unknown;
  readonly source: string | Unknown;
  /** Null = lives forever. */
  readonly ttlUs: number | null | Unknown;
  /** A row of event time t cannot be read before t + delay. */
  readonly delayUs: number | Unknown;
  /**
   * What the source's created time means. `bounds`: a row cannot be read before it was created, and one without a created
   * time never. `ties`: it only decides between rows of one event time, as Feast reads it by default.
   */
  readonly createdTime: CreatedTime | Unknown;
  readonly upper: "inclusive" | "exclusive" | Unknown;
  readonly features: readonly FeatureDefinition[];
  readonly owner: string | null;
  readonly doubts: readonly DefinitionProblem[];
  readonly place: Place;
}

type CreatedTime = "bounds" | "ties";

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
  readonly spine: string | Unknown;
  readonly label: string | null | Unknown;
  /** `view:feature`, in order. */
  readonly features: readonly string[] | Unknown;
  readonly doubts: readonly DefinitionProblem[];
  readonly place: Place;
}

export interface DefinitionProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning" | "hint";
  readonly place: Place;
}

/** A definition none of whose parts is unknown. */
export type Settled<D> = { readonly [K in keyof D]: Exclude<D[K], Unknown> };

export type SettledSource = Settled<SourceDefinition>;
export type SettledView = Settled<ViewDefinition>;
export type SettledTrainingSet = Settled<TrainingSetDefinition>;

/** Definitions of which nothing that a join rests on is unknown. */
export interface SettledDefinitions {
  readonly entities: readonly Settled<EntityDefinition>[];
  readonly sources: readonly SettledSource[];
  readonly views: readonly SettledView[];
  readonly trainingSets: readonly SettledTrainingSet[];
}
