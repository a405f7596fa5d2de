import type { FeatureDefinition, SourceDefinition, ViewDefinition } from "../../features/model.ts";
import type { ViewJoin } from "../plan/view-join.ts";
import type { ColumnSchema } from "./column-schema.ts";

/** A training set whose names have all been found: in the definitions and in the files. */
export interface ResolvedTrainingSet {
  readonly name: string;
  readonly label: string | null;
  readonly spine: ResolvedSpine;
  readonly views: readonly ResolvedView[];
  /** In the order the training set names them. */
  readonly features: readonly ResolvedFeature[];
}

export interface ResolvedSpine {
  readonly source: SourceDefinition;
  readonly columns: readonly ColumnSchema[];
  readonly time: ColumnSchema;
  readonly keys: readonly KeyColumn[];
}

/** A key column of a file, and the name it goes by inside the join. */
export interface KeyColumn {
  readonly column: ColumnSchema;
  readonly as: string;
}

export interface ResolvedView {
  readonly definition: ViewDefinition;
  readonly source: SourceDefinition;
  readonly time: ColumnSchema;
  readonly created: ColumnSchema | null;
  readonly keys: readonly KeyColumn[];
  /** Value columns of the file, under the names `x0`, `x1`, … */
  readonly values: readonly KeyColumn[];
  readonly join: ViewJoin;
  /** The spine's column of the same name as the view's event time: what people merge on when they forget availability. */
  readonly anchor: ColumnSchema | null;
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
}
