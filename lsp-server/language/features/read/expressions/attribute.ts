import type { Node } from "../../../notebook/python.ts";
import type { Place } from "../../model.ts";
import { isUnknown } from "../../model.ts";
import { folderOf } from "../values/path-text.ts";
import { dynamic, type Placed, type Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

/** `object.name`: of a module, a class, an Enum's member, a path, a definition. */
export function attribute(node: Node, scope: Scope): Value {
  const object = scope.evaluate(node.childForFieldName("object"));
  const name = node.childForFieldName("attribute")?.text ?? "";
  return attributeOf(object, name, scope, scope.place(node));
}

/** The attribute of a value; `dynamic` when the text does not tell. */
export function attributeOf(object: Value, name: string, scope: Scope, place: Place): Value {
  switch (object.kind) {
    case "imported":
      return scope.imported(`${object.name}.${name}`);
    case "module":
      return scope.moduleMember(object.path, name);
    case "namespace":
      return object.members.get(name) ?? dynamic(`${object.name} has no ${name} that the text tells`, object);
    case "member":
      if (name === "value") return object.value;
      return name === "name" ? { kind: "text", text: object.name } : unread(name, object);
    case "unbound":
    case "dynamic":
      return object;
    case "text":
      return pathPart(object.text, name);
    case "entity": {
      const { entity } = object;
      if (name === "name") return { kind: "text", text: entity.name };
      if (isUnknown(entity.joinKeys)) return unread(name, object);
      const [first] = entity.joinKeys;
      if (name === "join_key" && entity.joinKeys.length === 1) return { kind: "text", text: first! };
      return name === "join_keys" ? texts(entity.joinKeys, place) : unread(name, object);
    }
    case "source": {
      const { source } = object;
      const stated =
        name === "name"
          ? source.name
          : name === "path"
            ? source.path
            : name === "timestamp_field"
              ? source.timestampField
              : null;
      return typeof stated === "string" ? { kind: "text", text: stated } : unread(name, object);
    }
    case "view": {
      const { view } = object;
      if (name === "name") return { kind: "text", text: view.name };
      const [source] = object.holds.filter((each) => each.kind === "source");
      if ((name === "source" || name === "batch_source") && source) return source;
      if ((name !== "features" && name !== "schema") || view.doubts.length > 0) return unread(name, object);
      const shown = view.features.filter((feature) => name === "features" || feature.kind === "latest");
      return {
        kind: "list",
        items: shown.map(
          (feature): Placed => ({
            place,
            value:
              object.holds.find((each) => nameOf(each) === feature.name) ?? dynamic("it is inferred", object),
          }),
        ),
      };
    }
    case "field":
      return name === "name" ? { kind: "text", text: object.field.name } : unread(name, object);
    case "aggregate":
      return name === "name" ? { kind: "text", text: object.aggregate.name } : unread(name, object);
    case "training-set":
      if (name === "to_df") return toDataFrame(object);
      return name === "name" ? { kind: "text", text: object.trainingSet.name } : unread(name, object);
    default:
      return unread(name, object);
  }
}

/** It gives a table of its own: who changes that changes no definition. */
function toDataFrame(trainingSet: Value): Value {
  return {
    kind: "function",
    name: "to_df",
    call: () => ({ kind: "dynamic", why: "the rows of a join are known when the code runs", tame: true }),
    mayRun: () => [trainingSet],
  };
}

function nameOf(value: Value): string | null {
  if (value.kind === "field") return value.field.name;
  return value.kind === "aggregate" ? value.aggregate.name : null;
}

function unread(name: string, ...of: readonly Value[]): Value {
  return dynamic(`.${name} is computed when the code runs`, ...of);
}

function texts(all: readonly string[], place: Place): Value {
  return { kind: "list", items: all.map((text) => ({ place, value: { kind: "text", text } })) };
}

/** What pathlib knows of a path by its text alone. */
function pathPart(path: string, name: string): Value {
  const base = path.slice(path.lastIndexOf("/") + 1);
  const dot = base.lastIndexOf(".");
  switch (name) {
    case "parent":
      return { kind: "text", text: folderOf(path) };
    case "name":
      return { kind: "text", text: base };
    case "stem":
      return { kind: "text", text: dot > 0 ? base.slice(0, dot) : base };
    case "suffix":
      return { kind: "text", text: dot > 0 ? base.slice(dot) : "" };
    default:
      return unread(name);
  }
}
