import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { type KeyKind, keyValue, LONGEST_TEXT } from "../features/entity-key.ts";
import type { OnlineView } from "../features/feature-store.ts";
import type { Plan, PlanInput, PlanValue } from "../plan/plan.ts";

/**
 * A request's `inputs` as typed values: every join key of the views used and every input the model takes from the request, no other.
 * Fails with `serve/bad-input`, naming the input. What is missing is null, where `modelValue` takes it; a key may be null (then its features are, too).
 */
export function checkInputs(
  plan: Plan,
  views: readonly OnlineView[],
  value: unknown,
): Readonly<Record<string, PlanValue>> {
  if (!isRecord(value)) throw bad("inputs", "an object of inputs by name", value);
  const wanted = new Map<string, (given: unknown) => PlanValue>();
  for (const { view, facts } of views) {
    for (const [i, name] of view.joinKeys.entries()) {
      const kind = facts().keyKinds[i]!;
      wanted.set(name, (given) => {
        const value = keyValue(kind, given);
        if (value === undefined) throw bad(name, KEY_WORDS[kind], given);
        return typeof value === "bigint" ? String(value) : value;
      });
    }
  }
  for (const input of plan.model.inputs) {
    if (input.from === "request" && !wanted.has(input.name)) {
      wanted.set(input.name, (given) => modelValue(plan, input, given));
    }
  }
  for (const name of Object.keys(value)) {
    if (!wanted.has(name)) throw unknown(name, [...wanted.keys()]);
  }
  const checked: Record<string, PlanValue> = {};
  for (const [name, check] of wanted) {
    if (!(name in value)) throw missing(name);
    checked[name] = check(value[name]);
  }
  return checked;
}

/** A value as the model's input type. A model in Python is shown what is missing as it was when it was fitted, whatever the type, and refuses what it cannot take; a graph can be told of numbers alone. */
export function modelValue(plan: Plan, input: Pick<PlanInput, "name" | "type">, value: unknown): PlanValue {
  if (value === null && plan.model.runtime.kind === "python") return null;
  switch (input.type) {
    case "double":
      if (value === null || (typeof value === "number" && Number.isFinite(value))) return value;
      throw bad(input.name, "a number or null", value);
    case "int64":
      if (typeof value === "number" && Number.isSafeInteger(value)) return value;
      throw bad(input.name, "a whole number between -2^53 and 2^53", value);
    case "string":
      if (typeof value === "string" && value.length <= LONGEST_TEXT) return value;
      throw bad(input.name, `a text of at most ${LONGEST_TEXT} characters`, value);
    case "bool":
      if (typeof value === "boolean") return value;
      throw bad(input.name, "true or false", value);
  }
}

const KEY_WORDS: Readonly<Record<KeyKind, string>> = {
  text: `a text of at most ${LONGEST_TEXT} characters`,
  integer: "a whole number, beyond 2^53 as a text of its digits",
  bool: "true or false",
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function missing(name: string): Failure {
  return new Failure("serve/bad-input", `Input ${name} is missing. No prediction was made.`, {
    data: { input: name },
  });
}

function unknown(name: string, known: readonly string[]): Failure {
  return new Failure("serve/bad-input", `There is no input ${name}. No prediction was made.`, {
    advice: `It takes ${known.join(", ")}.`,
    data: { input: name, known },
  });
}

function bad(name: string, wanted: string, value: unknown): Failure {
  return new Failure(
    "serve/bad-input",
    `Input ${name} must be ${wanted}, not ${shown(value)}. No prediction was made.`,
    { data: { input: name } },
  );
}

/** What was given, briefly. A number that JSON read as infinite is one too large; what holds others may be too deep to be written. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  const given = JSON.stringify(value) ?? "nothing";
  return given.length > 60 ? `${given.slice(0, 60)}…` : given;
}
