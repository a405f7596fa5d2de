import type { Role } from "../facts/values/model-facts.ts";
import type { CallerEffect, EstimatorEffect, FunctionEffect, GroupEffect, MethodEffect } from "./effects.ts";

type Names<Effect> = Readonly<Record<string, Effect>>;

/**
 * What one library's names do with rows; a name that does not stand here is not followed, and that is said.
 *
 * A function's name is its last one (`read_csv`), and counts wherever that name comes from. With a dot it is the end of a path
 * (`signal.resample`), and counts only where the path leads to this library.
 */
export interface Library {
  /** As imported. */
  readonly name: string;
  /** Other modules that offer the same names. */
  readonly also?: readonly string[];
  /** The version the names were read in; null where they are known from the documentation alone. */
  readonly version: string | null;
  readonly source: string;
  /** Where functions and classes are found. */
  readonly modules?: readonly string[];
  /** Classes of tables, of columns and of others whose methods are named. */
  readonly receivers?: readonly string[];
  /** What functions make of the rows they are given. */
  readonly functions?: Names<FunctionEffect>;
  /** Functions that call another, or find or make one. */
  readonly callers?: Names<CallerEffect>;
  /** What a class does with rows. */
  readonly classes?: Names<Role>;
  /** Classes of which each answer is made of several columns. */
  readonly mixing?: readonly string[];
  /** What methods of frames, columns and arrays make of the rows they are called on. */
  readonly methods?: Names<MethodEffect>;
  readonly groups?: Names<GroupEffect>;
  readonly estimators?: Names<EstimatorEffect>;
  /** Methods that answer a table when their object is none itself. */
  readonly tables?: readonly string[];
  /** Names above that are gone from this version, and stand in older notebooks. */
  readonly former?: readonly string[];
  /** Public names of which nobody has said what they do to rows: they are not followed. */
  readonly unjudged?: readonly string[];
  /** Whether its models are given their rows when they are made. */
  readonly holdsRows?: boolean;
  /** Of those, the ones that are given what is to be predicted first, and from what second. */
  readonly truthFirst?: readonly string[];
}
