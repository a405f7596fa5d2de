import type {
  FeatureDefinition,
  Place,
  SettledDefinitions,
  SettledSource,
  SettledView,
} from "../../features/model.ts";
import type { ViewJoin } from "../plan/view-join.ts";
import type { ColumnSchema, FileColumns } from "./column-schema.ts";

/** A training set whose names have all been found: in the definitions and in the files. */
export interface ResolvedTrainingSet {
  readonly name: string;
  readonly label: string | null;
  readonly spine: ResolvedSpine;
  readonly views: readonly ResolvedView[];
  /** In the order the training set names them. */
  readonly features: readonly ResolvedFeature[];
  /** The definitions it rests on, and no others. */
  readonly definitions: SettledDefinitions;
}

export interface ResolvedSpine {
  readonly source: SettledSource;
  readonly columns: FileColumns;
  readonly time: ColumnSchema;
  readonly keys: readonly KeyColumn[];
}

/** A key column of a file, and the name it goes by inside the join. */
export interface KeyColumn {
  readonly column: ColumnSchema;
  readonly as: string;
}

/** A value column of a file, and the type that a feature declares for it. */
export interface ValueColumn extends KeyColumn {
  readonly declared: string | null;
}

export interface ResolvedView {
  readonly definition: SettledView;
  readonly source: SettledSource;
  readonly time: ColumnSchema;
  readonly created: ColumnSchema | null;
  /** How its CSV file is read; null for Parquet. */
  readonly csv: string | null;
  readonly keys: readonly KeyColumn[];
  /** Value columns of the file, under the names `x0`, `x1`, … */
  readonly values: readonly ValueColumn[];
  readonly join: ViewJoin;
}

export interface ResolvedFeature {
  readonly ref: string;
  readonly definition: FeatureDefinition;
  /** Index into `views`. */
  readonly view: number;
  /** The column of the view's join that holds it. */
  readonly value: string;
  /** The column of the training set: its own name, or `view__name` when that is taken. */
  readonly output: string;
}

/** Why a training set cannot be compiled. */
export interface JoinProblem {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  /** Where it can be mended; null when no one place is at fault. */
  readonly place: Place | null;
}
