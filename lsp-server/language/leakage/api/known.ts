import type { Role } from "../facts/values/model-facts.ts";
import { allLibraries } from "./all-libraries.ts";
import type { CallerEffect, EstimatorEffect, FunctionEffect, GroupEffect, MethodEffect } from "./effects.ts";
import type { Library } from "./library.ts";
import { silentModules } from "./silent-modules.ts";

/**
 * What is known of a library's names. Where a dotted path says which library a name is of (`numpy.max`), its own table answers, and
 * nobody where it does not hold the name: what another library calls so is another matter. Where no path says it, or the library is known
 * from its documentation alone, the first library that knows the name answers.
 */
class Known<Effect> {
  readonly #own = new Map<Library, ReadonlyMap<string, Effect>>();
  readonly #any = new Map<string, Effect>();

  constructor(tableOf: (library: Library) => Readonly<Record<string, Effect>> | undefined) {
    for (const library of allLibraries) {
      const own = Object.entries(tableOf(library) ?? {});
      if (own.length > 0) this.#own.set(library, new Map(own));
      for (const [name, effect] of own)
        if (!name.includes(".") && !this.#any.has(name)) this.#any.set(name, effect);
    }
  }

  /** Of a library, by the end of a path or by its last name. */
  ofLibrary(library: Library, tail: string, name: string): Effect | undefined {
    const own = this.#own.get(library);
    return own?.get(tail) ?? own?.get(name);
  }

  /** By its last name, of whichever library. */
  ofAny(name: string): Effect | undefined {
    return this.#any.get(name);
  }
}

const functions = new Known<FunctionEffect>((library) => library.functions);
const callers = new Known<CallerEffect>((library) => library.callers);
const classes = new Known<Role>((library) => library.classes);
const methods = new Known<MethodEffect>((library) => library.methods);
const groups = new Known<GroupEffect>((library) => library.groups);
const estimators = new Known<EstimatorEffect>((library) => library.estimators);
const tables = new Set(allLibraries.flatMap((library) => library.tables ?? []));
const holdingRows = new Set(
  allLibraries.filter(({ holdsRows }) => holdsRows).flatMap((library) => Object.keys(library.classes ?? {})),
);
const mixing = new Set(allLibraries.flatMap((library) => library.mixing ?? []));
const truthFirst = new Set(allLibraries.flatMap((library) => library.truthFirst ?? []));

const byModule = new Map<string, Library>();
for (const library of allLibraries) {
  for (const module of [library.name, ...(library.also ?? []), ...(library.modules ?? [])])
    if (!byModule.has(module)) byModule.set(module, library);
}

/** What a library's function makes of rows, by its path as far as it is known; undefined where nobody knows. */
export function functionEffect(path: string): FunctionEffect | undefined {
  const own = ofOwn(functions, path);
  if (own !== undefined && own !== null) return own;
  if (isSilent(path)) return "by-row";
  const name = lastOf(path);
  const any = own === null ? undefined : functions.ofAny(name);
  if (any !== undefined) return any;
  return /^(remove|load|is|to|plot|show|print|display)_/.test(name) ? "by-row" : undefined;
}

/** Whether a function's module has no tables to give. */
export function isSilent(path: string): boolean {
  return silentModules.has(path.slice(0, Math.max(path.indexOf("."), 0)));
}

/** What a function does that calls another, or finds or makes one. */
export function callerEffect(path: string): CallerEffect | undefined {
  return inPath(callers, path);
}

/** What a class does with rows, by its path or its name. */
export function classRole(path: string): Role | undefined {
  return inPath(classes, path);
}

/** What an unlisted class does, by the way classes are named; null when its name says nothing. */
export function roleByName(name: string): Role | null {
  const pattern = namePatterns.find(([end]) => end.test(name));
  return pattern ? pattern[1] : null;
}

/** Whether models of this name are given their rows when they are made. */
export function holdsRows(name: string): boolean {
  return holdingRows.has(name);
}

/** Whether a transformer of this name makes each answer of several columns. */
export function mixesColumns(name: string): boolean {
  return mixing.has(name);
}

/** Whether models of this name are given what is to be predicted first when they are made, and from what second. */
export function isTruthFirst(name: string): boolean {
  return truthFirst.has(name);
}

/** What a method of a frame, a column or an array makes of the rows it is called on. */
export function methodEffect(name: string): MethodEffect | undefined {
  return methods.ofAny(name);
}

/** The same for groups, and windows over them. */
export function groupEffect(name: string): GroupEffect | undefined {
  return groups.ofAny(name);
}

/** What a method of an estimator does. */
export function estimatorEffect(name: string): EstimatorEffect | undefined {
  return estimators.ofAny(name);
}

/** Whether a method answers a table when its object is none itself. */
export function isTableMethod(name: string): boolean {
  return tables.has(name);
}

const namePatterns: readonly (readonly [RegExp, Role])[] = [
  [/^[A-Z]\w*(TargetEncoder|Selector|Selection)$|^SelectBy[A-Z]\w*$/, "supervised"],
  [/^[A-Z]\w*(Encoder|Binarizer)$/, "stateless"],
  [/^[A-Z]\w*(Scaler|Imputer|Vectorizer|Discretizer|PCA|SVD)$/, "transformer"],
  [/^[A-Z]\w*(Classifier|Regressor|Regression|NB|SVC|SVR)(CV)?$/, "model"],
  [/^[A-Z]\w*(OverSampler|UnderSampler|SMOTE\w*)$/, "sampler"],
  [/^[A-Z]\w*(SearchCV)$/, "search"],
];

function inPath<Effect>(known: Known<Effect>, path: string): Effect | undefined {
  const own = ofOwn(known, path);
  return own === undefined ? known.ofAny(lastOf(path)) : (own ?? undefined);
}

/** What the library says to which a path leads; null where it says nothing and no other may, undefined where others may. */
function ofOwn<Effect>(known: Known<Effect>, path: string): Effect | null | undefined {
  const library = libraryOf(path);
  if (library === undefined) return undefined;
  return (
    known.ofLibrary(library, tailOf(path), lastOf(path)) ?? (library.version === null ? undefined : null)
  );
}

/** The library a dotted path leads into: `tensorflow.keras` is keras, wherever else `tensorflow` leads. */
function libraryOf(path: string): Library | undefined {
  const first = path.indexOf(".");
  if (first < 0) return undefined;
  const second = path.indexOf(".", first + 1);
  const inner = second < 0 ? undefined : byModule.get(path.slice(0, second));
  return inner ?? byModule.get(path.slice(0, first));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Its last two names. */
function tailOf(path: string): string {
  const last = path.lastIndexOf(".");
  return path.slice(path.lastIndexOf(".", last - 1) + 1);
}
