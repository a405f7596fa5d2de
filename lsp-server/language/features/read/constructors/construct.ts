import type { Node } from "../../../notebook/python.ts";
import { type DefinitionProblem, isUnknown, type SourceDefinition } from "../../model.ts";
import type { Scope } from "../expressions/scope.ts";
import { notStatic } from "../problems.ts";
import type { Reading } from "../reading.ts";
import { type Arguments, dynamic, type Value } from "../values/value.ts";
import { noteArguments } from "./argument-place.ts";
import { type Bound, bindArguments } from "./bind-arguments.ts";
import { aggregate, field } from "./construct-feature.ts";
import { trainingSet } from "./construct-training-set.ts";
import { view } from "./construct-view.ts";
import { signatureOf } from "./signatures.ts";
import { noName, type Where } from "./where.ts";

/** Modules whose classes define features. */
export const definitionModules: readonly string[] = ["lookback", "feast"];

/** What a call of an imported name makes: a definition, when the name is one of Feast's or Lookback's classes. Problems go to `reading`. */
export function construct(name: string, call: Node, given: Arguments, scope: Scope, reading: Reading): Value {
  const className = name.slice(name.lastIndexOf(".") + 1);
  const ours = definitionModules.includes(name.split(".")[0] ?? "");
  if (ours && (className === "Array" || className === "Set")) {
    const of = given.positional[0]?.value;
    return { kind: "type", name: `${className}(${of?.kind === "type" ? of.name : "?"})` };
  }
  const signature = ours ? signatureOf(className) : null;
  if (!signature) return dynamic(`${className}(…) is computed when the code runs`);
  if (signature.makes === "apart") return { kind: "apart", name: className };
  const bound = bindArguments(className, signature, call, given, scope, reading);
  const where = { className, variable: variableOf(call), place: scope.place(call) };
  // A field is part of a view, which is doubted whole.
  const doubted =
    signature.makes === "field" || signature.makes === "aggregate" ? [] : reading.doubts.slice(0, 1);
  for (const why of doubted) {
    bound.doubt(notStatic(where.place, `Whether this ${className} is made`, why));
  }
  return make(signature.makes, bound, where, reading);
}

function make(
  makes: NonNullable<ReturnType<typeof signatureOf>>["makes"],
  bound: Bound,
  where: Where,
  reading: Reading,
): Value {
  switch (makes) {
    case "entity":
      return entity(bound, where, reading);
    case "source":
      return fileSource(bound, where, reading);
    case "other-source":
      return tableSource(bound, where, reading);
    case "stream": {
      const batch = bound.one("batch_source", "source");
      return batch === null || isUnknown(batch)
        ? dynamic("a stream without batch_source has no history")
        : batch;
    }
    case "field":
      return field(bound, reading);
    case "aggregate":
      return aggregate(bound, where, reading);
    case "view":
      return view(bound, where, reading);
    case "training-set":
      return trainingSet(bound, where, reading);
    case "old":
      bound.report({
        code: "features/old-form",
        message: `${where.className} is a form of Feast before 0.10 and is not read. Write a FeatureView with a FileSource.`,
        severity: "error",
        place: where.place,
      });
      return dynamic("it is an old form that is not read");
    case "apart":
      return { kind: "apart", name: where.className };
  }
}

function entity(bound: Bound, where: Where, reading: Reading): Value {
  const name = bound.text("name");
  if (name === null || isUnknown(name)) return noName;
  const listed =
    bound.given("join_keys") || !bound.given("join_key") ? bound.items("join_keys") : bound.items("join_key");
  const keys = isUnknown(listed) ? listed : listed.map((item) => bound.item("join_keys", item, "text"));
  const unknown = isUnknown(keys) ? keys : keys.find(isUnknown);
  const texts = isUnknown(keys) ? [] : keys.flatMap((key) => (isUnknown(key) ? [] : [key.text]));
  const joinKeys = unknown ?? (texts.length > 0 ? texts : [name]);
  const { variable, place } = where;
  const made = noteArguments({ name, joinKeys, variable, doubts: bound.doubts, place }, bound.places);
  reading.made(made, bound.doubts, []);
  return { kind: "entity", entity: made };
}

function fileSource(bound: Bound, where: Where, reading: Reading): Value {
  const path = bound.text("path") ?? bound.text("file_url");
  const stated = bound.text("name") || path;
  if (stated === null || isUnknown(stated)) return noName;
  const found =
    path === null
      ? { unknown: missingPath(where) }
      : isUnknown(path)
        ? path
        : reading.folder.seenFromDocument(path.replace(/^file:\/\//, ""));
  return source(
    bound,
    { name: typeof found === "string" && stated === path ? found : stated, path: found },
    where,
    reading,
  );
}

function missingPath(where: Where): DefinitionProblem {
  return notStatic(where.place, "The file of this source", "it has no path");
}

function tableSource(bound: Bound, where: Where, reading: Reading): Value {
  const table = bound.text("table");
  const name = bound.text("name") || table || "";
  const problem = notStatic(where.place, "The data of this source", "only files can be read from here");
  if (isUnknown(name) || name === "") return noName;
  return source(bound, { name, path: bound.report(problem) }, where, reading);
}

function source(
  bound: Bound,
  base: Pick<SourceDefinition, "name" | "path">,
  where: Where,
  reading: Reading,
): Value {
  const columnOf = new Map<string, string>();
  const mapping = bound.record("field_mapping");
  if (isUnknown(mapping)) bound.doubts.push(mapping.unknown);
  else {
    for (const [column, item] of mapping) {
      const feature = bound.item("field_mapping", item, "text");
      if (isUnknown(feature)) bound.doubts.push(feature.unknown);
      else columnOf.set(feature.text, column);
    }
  }
  const { variable, place } = where;
  const definition: SourceDefinition = noteArguments(
    {
      ...base,
      variable,
      timestampField: bound.text("timestamp_field") || bound.text("event_timestamp_column") || null,
      createdTimestampColumn: bound.text("created_timestamp_column") || null,
      doubts: bound.doubts,
      place,
    },
    bound.places,
  );
  reading.made(definition, bound.doubts, []);
  return { kind: "source", source: definition, columnOf };
}

/** The variable a call is assigned to. */
function variableOf(call: Node): string | null {
  const left = call.parent?.type === "assignment" ? call.parent.childForFieldName("left") : null;
  return left?.type === "identifier" ? left.text : null;
}
