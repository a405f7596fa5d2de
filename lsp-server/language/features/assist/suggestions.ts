import { type Schema, type SchemaOf, schemaOfSource } from "../files/schema.ts";
import {
  type Definitions,
  known,
  type SourceDefinition,
  type Unknown,
  type ViewDefinition,
} from "../model.ts";
import { aggregateFunctions } from "../read/constructors/construct-feature.ts";
import type { Parameter } from "../read/constructors/signatures.ts";
import { sayDuration } from "../read/values/duration.ts";
import { type Call, statedArgument } from "./call-at.ts";

/** A value or a word to write. */
export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** Short, beside the label: a type, a path. */
  readonly detail: string;
  /** A sentence, or empty. */
  readonly documentation: string;
  /** The text to write. */
  readonly insert: string;
}

export type SuggestionKind =
  | "argument"
  | "class"
  | "column"
  | "duration"
  | "entity"
  | "feature"
  | "function"
  | "source"
  | "type"
  | "value"
  | "view";

/** What surrounds the value that is being written. */
export interface Around {
  readonly call: Call;
  readonly definitions: Definitions;
  readonly schemaOf: SchemaOf;
  /** Whether the cursor is inside a string. */
  readonly quoted: boolean;
}

/** Values for a parameter, best first. */
export function suggestionsFor(parameter: Parameter, around: Around): Suggestion[] {
  const { definitions, quoted, call } = around;
  switch (parameter.takes) {
    case "entities":
      return quoted
        ? definitions.entities.map((each) => text("entity", each.name, keysOf(each.joinKeys), around))
        : definitions.entities.flatMap((each) =>
            variable("entity", each.variable, each.name, keysOf(each.joinKeys)),
          );
    case "source":
      if (quoted) return [];
      return definitions.sources.flatMap((each) =>
        variable("source", each.variable, each.name, known(each.path) ?? ""),
      );
    case "features":
      return definitions.views.flatMap((view) => references(view, around));
    case "fields":
      return quoted || !call.inList ? [] : fields(around);
    case "aggregates":
      return quoted || !call.inList ? [] : aggregates(around);
    case "column":
    case "columns":
    case "label":
      return columns(parameter, around);
    case "function":
      return aggregateFunctions.map((name) => text("function", name, "", around));
    case "duration":
      return durations(quoted);
    case "type":
      return quoted ? [] : typeNames.map((name) => plain("type", name, ""));
    case "upper":
      return ["inclusive", "exclusive"].map((name) => text("value", name, "", around));
    case "created":
      return ["bounds", "ties"].map((name) => text("value", name, "", around));
    case "truth":
      return quoted ? [] : ["True", "False"].map((name) => plain("value", name, ""));
    default:
      return [];
  }
}

const typeNames = ["Float64", "Int64", "String", "Bool", "UnixTimestamp", "Float32", "Int32", "Bytes"];

const suggestedUs = [45, 60, 180, 360, 1_440, 10_080].map((minutes) => minutes * 60_000_000);

/** The schema of the file that a call speaks of: its own `path`, its view's `source`, its set's `spine`. */
function schemaFor({ call, definitions, schemaOf }: Around): Schema | null {
  for (let each: Call | null = call; each; each = each.outer) {
    const path = statedArgument(each.inside, "path");
    if (path?.kind === "text") return schemaOf(path.text);
    const source = sourceOf(each, definitions);
    if (source) return schemaOfSource(source, schemaOf);
  }
  return null;
}

function sourceOf(call: Call, definitions: Definitions): SourceDefinition | null {
  const stated = statedArgument(call.inside, "source") ?? statedArgument(call.inside, "spine");
  const second = /^[^,]*,\s*([A-Za-z_]\w*)\s*(?:,|$)/.exec(call.inside)?.[1];
  const name = stated?.text ?? (call.className === "TrainingSet" ? second : undefined);
  return definitions.sources.find((source) => name !== undefined && source.variable === name) ?? null;
}

function columns(parameter: Parameter, around: Around): Suggestion[] {
  const { call, definitions, schemaOf } = around;
  const known = schemaFor(around);
  const schemas = known ? [known] : call.className === "Entity" ? everySchema(definitions, schemaOf) : [];
  const types = new Map(
    schemas.flatMap((schema) => schema.columns.map((name) => [name, schema.types[name] ?? ""])),
  );
  const wanted = wantedType(parameter, call);
  const fits = (type: string) => wanted === null || wanted.test(type);
  return [...types]
    .sort(([, left], [, right]) => Number(fits(right)) - Number(fits(left)))
    .map(([name, type]) => text("column", name, type, around));
}

/** Types that come first: times for a timestamp, numbers for what is aggregated. */
function wantedType(parameter: Parameter, call: Call): RegExp | null {
  if (/timestamp/.test(parameter.name)) return /^(TIMESTAMP|DATE)/;
  return call.signature.makes === "aggregate" ? /INT|DOUBLE|FLOAT|DECIMAL/ : null;
}

function everySchema(definitions: Definitions, schemaOf: SchemaOf): Schema[] {
  return definitions.sources.flatMap((source) => schemaOfSource(source, schemaOf) ?? []);
}

function fields(around: Around): Suggestion[] {
  const schema = schemaFor(around);
  return (schema?.columns ?? []).map((name) => {
    const type = fieldType(schema?.types[name] ?? "");
    return {
      label: `Field ${name}`,
      kind: "column",
      detail: schema?.types[name] ?? "",
      documentation: "",
      insert: `Field(name="${name}", dtype=${type})`,
    };
  });
}

function aggregates(around: Around): Suggestion[] {
  const schema = schemaFor(around);
  const numeric = (schema?.columns ?? []).filter((name) =>
    /INT|DOUBLE|FLOAT|DECIMAL/.test(schema?.types[name] ?? ""),
  );
  return numeric.map((name) => ({
    label: `Aggregate ${name}`,
    kind: "column",
    detail: schema?.types[name] ?? "",
    documentation: "",
    insert: `Aggregate(input_column="${name}", function="mean", time_window=timedelta(hours=3))`,
  }));
}

function references(view: ViewDefinition, around: Around): Suggestion[] {
  return view.features.map((feature) =>
    text(
      "feature",
      `${view.name}:${feature.name}`,
      feature.kind === "latest"
        ? (feature.type ?? feature.column)
        : `${feature.function} of ${feature.column} over ${sayDuration(feature.windowUs)}`,
      around,
    ),
  );
}

function durations(quoted: boolean): Suggestion[] {
  return suggestedUs.map((us) => {
    const said = sayDuration(us);
    const [amount = "", unit = ""] = said.split(" ");
    const word = { d: "days", h: "hours", min: "minutes" }[unit] ?? "seconds";
    const insert = quoted ? amount + unit : `timedelta(${word}=${amount})`;
    return { label: insert, kind: "duration", detail: said, documentation: "", insert };
  });
}

function fieldType(duckdb: string): string {
  if (duckdb.startsWith("TIMESTAMP") || duckdb === "DATE") return "UnixTimestamp";
  const names: Record<string, string> = {
    VARCHAR: "String",
    BOOLEAN: "Bool",
    INTEGER: "Int32",
    SMALLINT: "Int32",
    FLOAT: "Float32",
    BIGINT: "Int64",
    BLOB: "Bytes",
  };
  return names[duckdb] ?? "Float64";
}

function keysOf(joinKeys: readonly string[] | Unknown): string {
  return (known(joinKeys) ?? []).join(", ");
}

function variable(
  kind: "entity" | "source",
  name: string | null,
  documentation: string,
  detail: string,
): Suggestion[] {
  return name === null ? [] : [{ label: name, kind, detail, documentation, insert: name }];
}

function text(kind: Suggestion["kind"], name: string, detail: string, { quoted }: Around): Suggestion {
  return { label: name, kind, detail, documentation: "", insert: quoted ? name : `"${name}"` };
}

function plain(kind: Suggestion["kind"], name: string, detail: string): Suggestion {
  return { label: name, kind, detail, documentation: "", insert: name };
}
