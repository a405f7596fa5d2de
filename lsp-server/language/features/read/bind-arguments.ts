import type { Node } from "../../notebook/python.ts";
import type { DefinitionProblem, Place } from "../model.ts";
import { didYouMean } from "./did-you-mean.ts";
import { parseDuration, sayDuration } from "./duration.ts";
import { argumentsOf, type Scope } from "./evaluate.ts";
import type { Parameter, Signature } from "./signatures.ts";
import { kindOf, type Placed, type Value } from "./value.ts";

/** The arguments of one call, read by name; whatever cannot be read is reported once and answered with null. */
export interface Bound {
  /** What was given, unless it is `None`, absent or not known. */
  given(parameter: string): Placed | null;
  text(parameter: string): string | null;
  duration(parameter: string): number | null;
  /** The items of a list; a single value counts as a list of one. Empty when absent. */
  items(parameter: string): readonly Placed[];
  record(parameter: string): ReadonlyMap<string, Placed>;
  /** The value when it is of this kind. */
  one<K extends Value["kind"]>(parameter: string, kind: K): Extract<Value, { kind: K }> | null;
  /** An item of a list, when it is of this kind. */
  item<K extends Value["kind"]>(parameter: string, item: Placed, kind: K): Extract<Value, { kind: K }> | null;
  /** Where each given argument's value stands. */
  readonly places: ReadonlyMap<string, Place>;
  report(problem: DefinitionProblem): void;
  refer(reference: Reference): void;
}

/** What binding needs to know beyond the call: where problems go, and which variables hold a value of a kind. */
export interface Reading {
  readonly problems: DefinitionProblem[];
  /** Names in text that stand for definitions, to be checked once all are read. */
  readonly references: Reference[];
  variablesOf(kind: Value["kind"]): Iterable<string>;
}

/** A name in text that stands for a definition: an entity's, or `view:feature`. */
export interface Reference {
  readonly to: "entity" | "feature";
  readonly text: string;
  readonly place: Place;
}

/** Ties the arguments of `call` to the parameters of its class, and reports unknown and missing ones. */
export function bindArguments(
  className: string,
  signature: Signature,
  call: Node,
  scope: Scope,
  reading: Reading,
): Bound {
  const { positional, keywords, complete } = argumentsOf(call, scope);
  const callee = scope.place(call.childForFieldName("function") ?? call);
  const values = new Map<string, Placed>();
  for (const [at, value] of positional.entries()) {
    const parameter = signature.parameters[at];
    if (parameter) values.set(parameter.name, value);
  }
  const names = signature.parameters.map((parameter) => parameter.name);
  for (const [name, value] of keywords) {
    values.set(name, value);
    if (names.includes(name)) continue;
    report({
      code: "features/unknown-argument",
      message: `${className} has no argument "${name}".${didYouMean(name, names)}`,
      severity: "warning",
      place: value.namePlace,
    });
  }
  const missing = complete
    ? signature.parameters.filter((each) => each.required && !values.has(each.name))
    : [];
  if (missing.length > 0) report(missingArguments(className, missing, callee));
  if (!complete) {
    report(
      notStatic(
        callee,
        `Part of this ${className}`,
        "its arguments are spread from what is computed when the code runs",
      ),
    );
  }

  function report(problem: DefinitionProblem) {
    reading.problems.push(problem);
  }

  function given(parameter: string): Placed | null {
    const placed = values.get(parameter);
    return !placed || placed.value.kind === "none" ? null : placed;
  }

  function item<K extends Value["kind"]>(parameter: string, placed: Placed, kind: K) {
    if (isOf(placed.value, kind)) return placed.value;
    report(unreadable(parameter, placed, kind, reading));
    return null;
  }

  function one<K extends Value["kind"]>(parameter: string, kind: K) {
    const placed = given(parameter);
    return placed && item(parameter, placed, kind);
  }

  return {
    given,
    item,
    one,
    places: new Map([...values].map(([name, value]) => [name, value.place])),
    report,
    refer: (reference) => reading.references.push(reference),
    text: (parameter) => one(parameter, "text")?.text ?? null,
    duration: (parameter) => {
      const placed = given(parameter);
      if (!placed) return null;
      if (placed.value.kind === "number" && placed.value.number === 0) return 0;
      const written = placed.value.kind === "text" ? parseDuration(placed.value.text) : null;
      const us = written ?? item(parameter, placed, "duration")?.us ?? null;
      if (us === null || us >= 0) return us;
      report({
        code: "features/negative-duration",
        message: `${parameter} is a duration of zero or more, not minus ${sayDuration(-us)}.`,
        severity: "error",
        place: placed.place,
      });
      return null;
    },
    items: (parameter) => {
      const placed = given(parameter);
      if (!placed) return [];
      if (placed.value.kind === "list") return placed.value.items;
      return placed.value.kind === "dynamic" || placed.value.kind === "record"
        ? (one(parameter, "list")?.items ?? [])
        : [placed];
    },
    record: (parameter) => one(parameter, "record")?.entries ?? new Map<string, Placed>(),
  };
}

/** A hint that something is only known when the code runs. */
export function notStatic(place: Place, what: string, why: string): DefinitionProblem {
  return {
    code: "features/not-static",
    message: `${what} is not known from the text: ${why}.`,
    severity: "hint",
    place,
  };
}

function isOf<K extends Value["kind"]>(value: Value, kind: K): value is Extract<Value, { kind: K }> {
  return value.kind === kind;
}

function missingArguments(className: string, missing: readonly Parameter[], place: Place): DefinitionProblem {
  const names = missing.map((parameter) => parameter.name).join(", ");
  return {
    code: "features/missing-argument",
    message: `${className} needs ${names}.`,
    severity: "error",
    place,
  };
}

function unreadable(
  parameter: string,
  placed: Placed,
  kind: Value["kind"],
  reading: Reading,
): DefinitionProblem {
  const { value, place } = placed;
  if (value.kind === "dynamic") return notStatic(place, parameter, value.why);
  if (value.kind === "imported") {
    return notStatic(place, parameter, `${value.name} comes from a module that was not read`);
  }
  if (value.kind === "unbound") {
    return {
      code: "features/undefined-name",
      message: `"${value.name}" is not defined.${didYouMean(value.name, reading.variablesOf(kind))}`,
      severity: "error",
      place,
    };
  }
  const wanted = kindOf({ kind });
  return {
    code: "features/wrong-type",
    message: `${parameter} is ${wanted}, not ${kindOf(value)}.`,
    severity: "error",
    place,
  };
}
