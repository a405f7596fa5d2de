import type { Node } from "../../notebook/python.ts";
import type {
  AggregateFunction,
  FeatureDefinition,
  Place,
  SourceDefinition,
  ViewDefinition,
} from "../model.ts";
import { noteArguments } from "./argument-place.ts";
import { type Bound, bindArguments, notStatic, type Reading } from "./bind-arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { parseDuration } from "./duration.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { signatureOf } from "./signatures.ts";
import type { AggregateValue, Value } from "./value.ts";

/** The functions an aggregate can compute. */
export const aggregateFunctions: readonly AggregateFunction[] = ["mean", "sum", "count", "min", "max"];

/** Modules whose classes define features. */
export const definitionModules: readonly string[] = ["lookback", "feast"];

/** What a call of an imported name makes: a definition, when the name is one of Feast's or Lookback's classes. Problems go to `reading`. */
export function construct(name: string, call: Node, scope: Scope, reading: Reading): Value {
  const className = name.slice(name.lastIndexOf(".") + 1);
  const ours = definitionModules.includes(name.split(".")[0] ?? "");
  if (ours && className === "Array") {
    const of = evaluate(call.childForFieldName("arguments")?.namedChildren[0] ?? null, scope);
    return { kind: "type", name: `Array(${of.kind === "type" ? of.name : "?"})` };
  }
  const signature = ours ? signatureOf(className) : null;
  if (!signature) return { kind: "dynamic", why: `${className}(…) is computed when the code runs` };
  const bound = bindArguments(className, signature, call, scope, reading);
  const where = { variable: variableOf(call), place: scope.place(call) };
  switch (signature.makes) {
    case "entity":
      return entity(bound, where);
    case "source":
      return fileSource(bound, where);
    case "other-source":
      return tableSource(bound, where);
    case "stream":
      return (
        bound.one("batch_source", "source") ?? {
          kind: "dynamic",
          why: "a stream without batch_source has no history",
        }
      );
    case "field":
      return field(bound);
    case "aggregate":
      return aggregate(bound, className === "Aggregation" ? "column" : "input_column");
    case "view":
      return view(bound, where);
    case "training-set":
      return trainingSet(bound, where);
  }
}

interface Where {
  readonly variable: string | null;
  readonly place: Place;
}

const noName: Value = { kind: "dynamic", why: "its name is not known from the text" };

function entity(bound: Bound, where: Where): Value {
  const name = bound.text("name");
  if (name === null) return noName;
  const keys = bound.items("join_keys").flatMap((item) => bound.item("join_keys", item, "text")?.text ?? []);
  const joinKeys = keys.length > 0 ? keys : [name];
  return { kind: "entity", entity: noteArguments({ name, joinKeys, ...where }, bound.places) };
}

function fileSource(bound: Bound, where: Where): Value {
  const path = bound.text("path") ?? "";
  return source(bound, { name: bound.text("name") || path, path, ...where });
}

function tableSource(bound: Bound, where: Where): Value {
  const table = bound.text("table") ?? "";
  bound.report(notStatic(where.place, "The data of this source", "only files can be read from here"));
  return source(bound, { name: bound.text("name") || table, path: "", ...where });
}

function source(bound: Bound, base: Pick<SourceDefinition, "name" | "path"> & Where): Value {
  const columnOf = new Map<string, string>();
  for (const [column, feature] of bound.record("field_mapping")) {
    if (feature.value.kind === "text") columnOf.set(feature.value.text, column);
  }
  if (base.name === "") return noName;
  const timestampField = (bound.text("timestamp_field") ?? bound.text("event_timestamp_column")) || null;
  const createdTimestampColumn = bound.text("created_timestamp_column") || null;
  const definition = noteArguments({ ...base, timestampField, createdTimestampColumn }, bound.places);
  return { kind: "source", source: definition, columnOf };
}

function field(bound: Bound): Value {
  const name = bound.text("name");
  const dtype = bound.given("dtype");
  const type = dtype && bound.item("dtype", dtype, "type");
  return name === null ? noName : { kind: "field", field: { name, type: type?.name ?? null } };
}

function aggregate(bound: Bound, columnArgument: string): Value {
  const given = bound.given(columnArgument);
  const column = given?.value.kind === "field" ? given.value.field.name : bound.text(columnArgument);
  const stated = bound.text("function");
  const windowUs = bound.duration("time_window");
  if (column === null || stated === null || windowUs === null)
    return { kind: "dynamic", why: "the aggregate is incomplete" };
  const fn = aggregateFunctions.find((each) => each === stated);
  if (!fn) {
    bound.report({
      code: "features/unknown-function",
      message: `No aggregation function "${stated}".${didYouMean(stated, aggregateFunctions)} It is one of ${aggregateFunctions.join(", ")}.`,
      severity: "error",
      place: bound.given("function")?.place ?? nowhere,
    });
    return { kind: "dynamic", why: "its function is unknown" };
  }
  const name = bound.text("name") || `${fn}_${column}_${Math.floor(windowUs / 1_000_000)}s`;
  const value: AggregateValue = { name, column, function: fn, windowUs };
  return { kind: "aggregate", aggregate: value };
}

function view(bound: Bound, where: Where): Value {
  const name = bound.text("name");
  const from =
    bound.given("source") || !bound.given("batch_source")
      ? bound.one("source", "source")
      : bound.one("batch_source", "source");
  if (name === null) return noName;
  const entities = bound.items("entities").flatMap((item) => {
    if (item.value.kind === "text") {
      bound.refer({ to: "entity", text: item.value.text, place: item.place });
      return { name: item.value.text, joinKeys: [] };
    }
    return bound.item("entities", item, "entity")?.entity ?? [];
  });
  const tags = bound.record("tags");
  const ttl = bound.duration("ttl");
  const definition: ViewDefinition = {
    name,
    entities: entities.map((each) => each.name),
    source: from?.source.name ?? "",
    ttlUs: ttl === 0 ? null : ttl,
    delayUs: bound.duration("data_delay") ?? taggedDelay(bound, tags) ?? 0,
    upper: upperOf(bound, tags),
    features: features(
      bound,
      new Set(entities.flatMap((each) => each.joinKeys)),
      from?.columnOf ?? new Map(),
    ),
    owner: bound.text("owner") || null,
    ...where,
  };
  return { kind: "view", view: noteArguments(definition, bound.places) };
}

function taggedDelay(bound: Bound, tags: ReturnType<Bound["record"]>): number | null {
  const tag = tags.get("lookback.data_delay");
  if (tag?.value.kind !== "text") return null;
  const us = parseDuration(tag.value.text);
  if (us === null) {
    bound.report({
      code: "features/bad-duration",
      message: `"${tag.value.text}" is no duration. Write it like "45min" or "1h 30min".`,
      severity: "error",
      place: tag.place,
    });
  }
  return us;
}

function upperOf(bound: Bound, tags: ReturnType<Bound["record"]>): "inclusive" | "exclusive" {
  const stated = bound.given("upper") ?? tags.get("lookback.upper");
  if (stated?.value.kind !== "text") return "inclusive";
  if (stated.value.text === "inclusive" || stated.value.text === "exclusive") return stated.value.text;
  bound.report({
    code: "features/unknown-bound",
    message: `upper is "inclusive" or "exclusive", not "${stated.value.text}".`,
    severity: "error",
    place: stated.place,
  });
  return "inclusive";
}

function features(
  bound: Bound,
  keys: ReadonlySet<string>,
  columnOf: ReadonlyMap<string, string>,
): FeatureDefinition[] {
  const all: FeatureDefinition[] = [];
  for (const item of bound.items("schema")) {
    const stated = bound.item("schema", item, "field")?.field;
    if (!stated || keys.has(stated.name)) continue;
    const column = columnOf.get(stated.name) ?? stated.name;
    all.push({ kind: "latest", name: stated.name, column, type: stated.type, place: item.place });
  }
  for (const item of bound.items("aggregations")) {
    const stated = bound.item("aggregations", item, "aggregate")?.aggregate;
    if (!stated) continue;
    const column = columnOf.get(stated.column) ?? stated.column;
    all.push({ kind: "window", ...stated, column, place: item.place });
  }
  const names = all.map((feature) => feature.name);
  for (const [at, feature] of all.entries()) {
    if (names.indexOf(feature.name) === at) continue;
    bound.report({
      code: "features/duplicate-feature",
      message: `A feature named "${feature.name}" stands above already; the first one counts.`,
      severity: "error",
      place: feature.place,
    });
  }
  return all.filter((feature, at) => names.indexOf(feature.name) === at);
}

function trainingSet(bound: Bound, where: Where): Value {
  const name = bound.text("name");
  const spine = bound.one("spine", "source");
  if (name === null) return noName;
  const references = bound.items("features").flatMap((item) => {
    const text = bound.item("features", item, "text")?.text;
    if (text !== undefined) bound.refer({ to: "feature", text, place: item.place });
    return text ?? [];
  });
  const definition = {
    name,
    spine: spine?.source.name ?? "",
    label: bound.text("label"),
    features: references,
    ...where,
  };
  return { kind: "training-set", trainingSet: noteArguments(definition, bound.places) };
}

const nowhere: Place = { cellId: null, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The variable a call is assigned to. */
function variableOf(call: Node): string | null {
  const left = call.parent?.type === "assignment" ? call.parent.childForFieldName("left") : null;
  return left?.type === "identifier" ? left.text : null;
}
