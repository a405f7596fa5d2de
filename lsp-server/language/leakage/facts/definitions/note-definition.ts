import { signatureOf } from "../../../features/read/constructors/signatures.ts";
import type { Expression, Place } from "../../ir.ts";
import { moreDefinitions, mostDefinitions } from "../bounds.ts";
import type { Program } from "../program.ts";
import { asked } from "../sql/run-sql.ts";
import { sqlTextOf } from "../sql/sql-text.ts";
import type { Code } from "../values/code.ts";
import { constantOf, placeOf, someObject } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import type { Passed } from "../values/value.ts";
import type { Definition, Given } from "./definition.ts";

type Call = Extract<Expression, { op: "call" }>;

/** An object that a call defines: a view, a source, a decorator of a transformation. Null where the path leads to none. */
export function define(
  program: Program,
  path: string,
  args: readonly Passed[],
  call: Call,
): Reference | null {
  const [library = "", ...rest] = path.split(".");
  const is = rest.at(-1) ?? "";
  if (!libraries.has(library) || !isDefining(is)) return null;
  const reference = program.store.allocate(someObject);
  if (program.facts.definitions.size >= mostDefinitions) {
    program.note(call.at, moreDefinitions);
    return reference;
  }
  const given = givenTo(program, is, args);
  const definition = { is, library, at: call.callee.at, call: call.at, given };
  program.facts.definitions.set(reference, definition);
  const passedAs = (name: string) => args.find((arg) => arg.name === name)?.value;
  const code = passedAs("udf")?.code;
  if (code) noteTransformation(program, definition, code);
  const query = passedAs("query");
  const text = query && sqlTextOf(program, query, call.at);
  if (text)
    for (const one of asked(program, text)) program.facts.definedQueries.push({ definition, asked: one });
  return reference;
}

/** The path of a definition's name that a star brought in; null where none did. */
export function starredDefinition({ facts }: Program, name: string): string | null {
  if (!isDefining(name)) return null;
  const library = [...libraries].find((each) => facts.imports.has(`${each}.*`));
  return library === undefined ? null : `${library}.${name}`;
}

function isDefining(name: string): boolean {
  return signatureOf(name) !== null || classes.has(name) || decorators.has(name);
}

/** A method of a store or a source that rules ask about: `store.get_historical_features(…)`, `source.unfiltered()`. */
export function noteAsked(
  program: Program,
  owner: Reference,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference | null {
  const { facts, store } = program;
  if (facts.definitions.size >= mostDefinitions) return null;
  const isFiltering = name === "unfiltered" && facts.definitions.has(owner);
  if (!isFiltering && name !== "get_historical_features" && name !== "get_online_features") return null;
  const given = new Map(givenTo(program, name, args));
  if (isFiltering) given.set("of", givenOf(program, owner, call.at));
  const reference = store.allocate(someObject);
  facts.definitions.set(reference, { is: name, library: "", at: call.at, call: call.at, given });
  return isFiltering ? reference : null;
}

/** Notes a function that a decorator makes a transformation. */
export function noteDecorated(program: Program, decorator: Reference, code: Code | null): void {
  const definition = program.facts.definitions.get(decorator);
  if (definition && code && decorators.has(definition.is)) noteTransformation(program, definition, code);
}

function noteTransformation({ facts }: Program, definition: Definition, { name, body, params }: Code): void {
  facts.transformations.set(body, {
    definition,
    name,
    params: params.map((param) => param.name),
    calls: new Map(),
    answers: [],
    queries: new Map(),
  });
}

function givenTo(program: Program, is: string, args: readonly Passed[]): ReadonlyMap<string, Given> {
  const names = positions[is] ?? signatureOf(is)?.parameters.map(({ name }) => name) ?? [];
  let position = 0;
  return new Map(
    args.flatMap((arg) => {
      const name = arg.name ?? names[position++];
      return name === undefined || arg.spread !== null
        ? []
        : [[name, givenOf(program, arg.reference, arg.expression.at)] as const];
    }),
  );
}

function givenOf(program: Program, reference: Reference, at: Place, depth = 0): Given {
  const { store, facts } = program;
  const value = store.read(reference);
  const placeOfItem = (item: Reference) =>
    facts.definitions.get(item)?.call ?? placeOf(store.read(item)) ?? at;
  return {
    at,
    reference,
    constant: constantOf(value),
    items:
      depth < 3 && value.items
        ? value.items.map((item) => givenOf(program, item, placeOfItem(item), depth + 1))
        : null,
    columns: value.columns && value.isClosed ? [...value.columns.keys()] : null,
  };
}

const libraries: ReadonlySet<string> = new Set(["feast", "lookback", "tecton"]);

/** Classes that Feast's reader of definitions does not know, or that only Tecton has. */
const classes: ReadonlySet<string> = new Set(
  "Attribute BatchSource BigQueryConfig DeltaConfig FileConfig HiveConfig PandasBatchConfig RedshiftConfig SnowflakeConfig SparkBatchConfig StreamSource UnityConfig".split(
    " ",
  ),
);

const decorators: ReadonlySet<string> = new Set(
  "OnDemandFeatureView batch_feature_view on_demand_feature_view realtime_feature_view stream_feature_view transformation".split(
    " ",
  ),
);

const positions: Readonly<Record<string, readonly string[]>> = {
  Attribute: ["name", "dtype"],
  Field: ["name", "dtype"],
  get_historical_features: ["entity_df", "features"],
  get_online_features: ["features", "entity_rows"],
};
