import type {
  AggregateFunction,
  EntityDefinition,
  Place,
  SourceDefinition,
  TrainingSetDefinition,
  ViewDefinition,
} from "../../model.ts";

/** What an expression is, as far as the text alone tells. Lists, dictionaries and namespaces are shared by all who hold them, as in Python. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  /** `float` says that Python would print a point. */
  | { readonly kind: "number"; readonly number: number; readonly float: boolean }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "none" }
  | { readonly kind: "duration"; readonly us: number }
  /** `fixed` for a tuple, which nobody changes; `unordered` for a set, which gives its items in any order. */
  | {
      readonly kind: "list";
      readonly items: Placed[];
      readonly fixed?: boolean;
      readonly unordered?: boolean;
    }
  | { readonly kind: "record"; readonly entries: Map<string, Placed> }
  /** A class or an object with attributes; `enumeration` when its members are those of an Enum. */
  | {
      readonly kind: "namespace";
      readonly name: string;
      readonly members: Map<string, Value>;
      /** The members of its objects and of the classes made of it, which see what is assigned to it later. */
      readonly derived: Map<string, Value>[];
      readonly made: "class" | "enumeration" | "object" | "record class";
    }
  | { readonly kind: "member"; readonly name: string; readonly of: string; readonly value: Value }
  /** `unbound` functions take no object of their class first. */
  | {
      readonly kind: "function";
      readonly name: string;
      readonly unbound?: true;
      call(given: Arguments, place: Place): Value;
      /** Follows what it does if code that is not read calls it, perhaps and any number of times, with `given` among the arguments; what it may answer. */
      mayRun(given: readonly Value[]): readonly Value[];
    }
  /** A file or folder of the workspace, by its path without `.py`. */
  | { readonly kind: "module"; readonly path: string }
  /** A module, class or function that was not read, by its full dotted name (`feast.FeatureView`). */
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
  /** `holds`: the objects it was made of, which whoever has it can reach. */
  | { readonly kind: "view"; readonly view: ViewDefinition; readonly holds: readonly Value[] }
  | {
      readonly kind: "training-set";
      readonly trainingSet: TrainingSetDefinition;
      readonly holds: readonly Value[];
    }
  /** What no join rests on: a feature service, a store. */
  | { readonly kind: "apart"; readonly name: string }
  /** A name nothing above or below assigns. */
  | { readonly kind: "unbound"; readonly name: string }
  | Dynamic;

/** Known only when the code runs; `why` completes "… is not known from the text: ". */
export interface Dynamic {
  readonly kind: "dynamic";
  readonly why: string;
  /** What it may be, or may lead to: who changes it may change these. */
  readonly reach?: readonly Value[] | "everything";
  /** It comes from a library that changes nothing it is given. */
  readonly tame?: boolean;
}

/** A value and where its expression stands. */
export interface Placed {
  readonly value: Value;
  readonly place: Place;
}

/** The arguments of one call. */
export interface Arguments {
  readonly positional: readonly Placed[];
  readonly keywords: ReadonlyMap<string, Placed & { readonly namePlace: Place }>;
  /** Why some arguments are not among them; null when all are. */
  readonly incomplete: string | null;
  /** What those may be or lead to. */
  readonly spread?: readonly Value[];
}

export interface FieldValue {
  readonly name: string;
  readonly type: string | null;
}

export interface AggregateValue {
  readonly name: string;
  readonly column: string;
  readonly function: AggregateFunction;
  readonly windowUs: number;
}

/** A value that only running the code would tell, which may be one of `reach` or lead to it; `why` completes "… is not known from the text: ". */
export function dynamic(why: string, ...reach: readonly Value[]): Dynamic {
  if (reach.some((each) => each.kind === "dynamic" && each.reach === "everything"))
    return { kind: "dynamic", why, reach: "everything" };
  const held = reach.filter(leadsOn);
  const tame = reach.some((each) => each.kind === "dynamic" && each.tame);
  return { kind: "dynamic", why, ...(held.length > 0 ? { reach: held } : {}), ...(tame ? { tame } : {}) };
}

/** Every argument of a call. */
export function allOf({ positional, keywords, spread = [] }: Arguments): readonly Value[] {
  return [
    ...positional.map(({ value }) => value),
    ...[...keywords.values()].map(({ value }) => value),
    ...spread,
  ];
}

/** Whether there is something behind a value that may be changed or called. */
function leadsOn(value: Value): boolean {
  return value.kind === "dynamic" ? value.reach !== undefined : !inert.has(value.kind);
}

const inert: ReadonlySet<Value["kind"]> = new Set([
  ...(["text", "number", "truth", "none", "duration", "imported", "type", "unbound", "apart"] as const),
]);

/** Makes a list, dictionary or namespace unknown for everyone who holds it: it is changed where the text cannot be followed, perhaps by `added`. */
export function spoil(value: Value, why: string, ...added: readonly Value[]): void {
  if (value.kind === "list" ? value.fixed : value.kind !== "record" && value.kind !== "namespace") return;
  Object.assign(value, dynamic(why, ...partsOf(value), ...added));
}

/** What a list, dictionary or namespace holds. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "list":
      return value.items.map((item) => item.value);
    case "record":
      return [...value.entries.values()].map((entry) => entry.value);
    case "namespace":
      return [...value.members.values()];
    default:
      return [];
  }
}

/** What a value of a definition holds; null for any other value. */
export function definitionOf(value: Value): object | null {
  switch (value.kind) {
    case "entity":
      return value.entity;
    case "source":
      return value.source;
    case "view":
      return value.view;
    case "field":
      return value.field;
    case "aggregate":
      return value.aggregate;
    case "training-set":
      return value.trainingSet;
    default:
      return null;
  }
}

/** Whether a condition holds; null when only running the code would tell. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case "truth":
      return value.truth;
    case "none":
      return false;
    case "text":
      return value.text !== "";
    case "number":
      return value.number !== 0;
    case "duration":
      return value.us !== 0;
    case "list":
      return value.items.length > 0;
    case "record":
      return value.entries.size > 0;
    case "dynamic":
    case "unbound":
    case "imported":
    case "namespace":
    case "member":
      return null;
    default:
      return true;
  }
}

/** Whether two values are certainly the same; false also when that is not known. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return left.kind !== "dynamic";
  if (left.kind === "list" && right.kind === "list") {
    return (
      left.items.length === right.items.length &&
      left.items.every((item, at) => sameValue(item.value, right.items[at]!.value))
    );
  }
  if (left.kind !== right.kind || !plainKinds.has(left.kind)) return false;
  return JSON.stringify(left) === JSON.stringify(right);
}

/** What a set keeps of its items. */
export function distinct(items: readonly Placed[]): Placed[] {
  return items.filter((item, at) => !items.slice(0, at).some((each) => sameValue(each.value, item.value)));
}

const plainKinds: ReadonlySet<Value["kind"]> = new Set([
  "text",
  "number",
  "truth",
  "none",
  "duration",
  "imported",
  "module",
  "type",
]);

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
  namespace: "a class",
  member: "a member of an Enum",
  function: "a function",
  module: "a module",
  imported: "something imported",
  type: "a type",
  entity: "an entity",
  source: "a source",
  field: "a field",
  aggregate: "an aggregate",
  view: "a feature view",
  "training-set": "a training set",
  apart: "something else",
  unbound: "not defined",
  dynamic: "not known from the text",
};
