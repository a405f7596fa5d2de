import type { Node } from "../../../notebook/python.ts";
import { type DefinitionProblem, isUnknown, type Place, type Unknown } from "../../model.ts";
import type { Scope } from "../expressions/scope.ts";
import { badDuration, notStatic, problemOf } from "../problems.ts";
import type { Reading, Reference } from "../reading.ts";
import { parseDuration, sayDuration } from "../values/duration.ts";
import { type Arguments, kindOf, type Placed, type Value } from "../values/value.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Parameter, Signature } from "./signatures.ts";

/** The arguments of one call, read by name; whatever cannot be read is reported once and answered as unknown. Null is what was not given. */
export interface Bound {
  /** What was given, unless it is `None` or absent. */
  given(parameter: string): Placed | null;
  text(parameter: string): string | null | Unknown;
  duration(parameter: string): number | null | Unknown;
  /** The items of a list; a single value counts as a list of one. Empty when absent. */
  items(parameter: string): readonly Placed[] | Unknown;
  record(parameter: string): ReadonlyMap<string, Placed> | Unknown;
  /** The value when it is of this kind. */
  one<K extends Value["kind"]>(parameter: string, kind: K): Extract<Value, { kind: K }> | null | Unknown;
  /** An item of a list, when it is of this kind. */
  item<K extends Value["kind"]>(
    parameter: string,
    item: Placed,
    kind: K,
  ): Extract<Value, { kind: K }> | Unknown;
  /** Where each given argument's value stands. */
  readonly places: ReadonlyMap<string, Place>;
  /** What touches the result and belongs to no single argument. */
  readonly doubts: DefinitionProblem[];
  report(problem: DefinitionProblem): Unknown;
  /** Reports what touches the result. */
  doubt(problem: DefinitionProblem): void;
  refer(reference: Reference): void;
}

/** Ties the arguments of `call` to the parameters of its class, and reports unknown and missing ones. */
export function bindArguments(
  className: string,
  signature: Signature,
  call: Node,
  { positional, keywords, incomplete }: Arguments,
  scope: Scope,
  reading: Reading,
): Bound {
  const callee = scope.place(call.childForFieldName("function") ?? call);
  const values = new Map<string, Placed>();
  const doubts: DefinitionProblem[] = [];
  for (const [at, value] of positional.entries()) {
    const parameter = signature.parameters[at];
    if (parameter) values.set(parameter.name, value);
    else
      doubt(
        problemOf(
          "features/unknown-argument",
          `${className} takes ${signature.parameters.length} arguments, not more.`,
          value.place,
        ),
      );
  }
  const names = signature.parameters.flatMap((parameter) => (parameter.refuses ? [] : [parameter.name]));
  for (const [name, value] of keywords) {
    values.set(name, value);
    const parameter = signature.parameters.find((each) => each.name === name);
    if (!parameter)
      doubt(
        problemOf(
          "features/unknown-argument",
          `${className} has no argument "${name}".${didYouMean(name, names)}`,
          value.namePlace,
        ),
      );
    else if (parameter.refuses && value.value.kind !== "none" && !isZero(value.value))
      doubt(problemOf("features/not-built", parameter.refuses, value.namePlace));
  }
  const missing =
    incomplete === null
      ? signature.parameters.filter(
          (each) => each.required && ![each.name, ...(each.orElse ?? [])].some((name) => values.has(name)),
        )
      : [];
  if (missing.length > 0) doubt(missingArguments(className, missing, callee));
  if (incomplete !== null) doubt(notStatic(callee, `Part of this ${className}`, incomplete));

  function report(problem: DefinitionProblem): Unknown {
    reading.problems.push(problem);
    return { unknown: problem };
  }

  function doubt(problem: DefinitionProblem): void {
    reading.problems.push(problem);
    doubts.push(problem);
  }

  function given(parameter: string): Placed | null {
    const placed = values.get(parameter);
    return !placed || placed.value.kind === "none" ? null : placed;
  }

  function item<K extends Value["kind"]>(parameter: string, placed: Placed, kind: K) {
    if (isOf(placed.value, kind)) return placed.value;
    // A member of an Enum that is text too stands for its text.
    if (kind === "text" && placed.value.kind === "member" && isOf(placed.value.value, kind))
      return placed.value.value;
    return report(unreadable(parameter, placed, kind, reading));
  }

  function one<K extends Value["kind"]>(parameter: string, kind: K) {
    const placed = given(parameter);
    return placed && item(parameter, placed, kind);
  }

  return {
    given,
    item,
    one,
    doubts,
    places: new Map([...values].map(([name, value]) => [name, value.place])),
    report,
    doubt,
    refer: (reference) => reading.references.push(reference),
    text: (parameter) => {
      const value = one(parameter, "text");
      return value === null || isUnknown(value) ? value : value.text;
    },
    duration: (parameter) => {
      const placed = given(parameter);
      if (!placed) return null;
      if (placed.value.kind === "number" && placed.value.number === 0) return 0;
      const written = placed.value.kind === "text" ? parseDuration(placed.value.text) : null;
      if (placed.value.kind === "text" && written === null)
        return report(badDuration(placed.value.text, placed.place));
      const value = written === null ? item(parameter, placed, "duration") : { us: written };
      if (isUnknown(value)) return value;
      if (value.us >= 0) return value.us;
      const message = `${parameter} is a duration of zero or more, not minus ${sayDuration(-value.us)}.`;
      return report(problemOf("features/negative-duration", message, placed.place));
    },
    items: (parameter) => {
      const placed = given(parameter);
      if (!placed) return [];
      if (placed.value.kind === "list") return placed.value.items;
      if (!["dynamic", "record", "unbound", "imported", "function"].includes(placed.value.kind))
        return [placed];
      const list = one(parameter, "list");
      return list === null || isUnknown(list) ? (list ?? []) : list.items;
    },
    record: (parameter) => {
      const record = one(parameter, "record");
      return record === null || isUnknown(record) ? (record ?? new Map<string, Placed>()) : record.entries;
    },
  };
}

function isZero(value: Value): boolean {
  return (
    (value.kind === "truth" && !value.truth) ||
    (value.kind === "duration" && value.us === 0) ||
    (value.kind === "text" && value.text === "")
  );
}

function isOf<K extends Value["kind"]>(value: Value, kind: K): value is Extract<Value, { kind: K }> {
  return value.kind === kind;
}

function missingArguments(className: string, missing: readonly Parameter[], place: Place): DefinitionProblem {
  const names = missing.map((parameter) => parameter.name).join(", ");
  return problemOf("features/missing-argument", `${className} needs ${names}.`, place);
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
    return problemOf(
      "features/undefined-name",
      `"${value.name}" is not defined.${didYouMean(value.name, reading.variablesOf(kind))}`,
      place,
    );
  }
  return problemOf(
    "features/wrong-type",
    `${parameter} takes ${kindOf({ kind })}, not ${kindOf(value)}.`,
    place,
  );
}
