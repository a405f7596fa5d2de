import { type Cell, offsetAt, type Position, type Range } from "../../notebook/notebook.ts";
import { type SchemaOf, schemaOfSource } from "../files/schema.ts";
import { type Definitions, known } from "../model.ts";
import { signatureOf } from "../read/constructors/signatures.ts";
import { type Call, callAt } from "./call-at.ts";
import { type Cursor, cursorAt } from "./cursor.ts";
import {
  describeEntity,
  describeFeature,
  describeSource,
  describeTrainingSet,
  describeView,
} from "./describe-definition.ts";
import { text } from "./markdown.ts";

/** What to show over a place in the text. */
export interface Description {
  /** Markdown without HTML; everything from the notebook or a file is escaped. */
  readonly markdown: string;
  readonly range: Range;
}

/** What stands at a position among feature definitions: a definition's variable, a reference `view:feature`, a column, an argument, a class. Null elsewhere. */
export function describe(
  definitions: Definitions,
  cell: Cell,
  position: Position,
  { schemaOf }: { readonly schemaOf: SchemaOf },
): Description | null {
  const source = cell.source;
  const offset = offsetAt(source, position);
  const cursor = cursorAt(source, offset);
  const quoted = cursor.stringStart !== null;
  const [start, end] = quoted ? stringAt(source, cursor, offset) : wordAt(source, offset);
  const word = source.slice(start, end);
  const call = callAt(source, cursor);
  const markdown = quoted
    ? describeText(word, offset - start, call, definitions, schemaOf)
    : describeWord(word, source.slice(end), call, definitions, schemaOf);
  if (markdown === null) return null;
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const at = (place: number): Position => ({ line: position.line, character: place - lineStart });
  return { markdown, range: { start: at(start), end: at(end) } };
}

function describeText(
  content: string,
  inside: number,
  call: Call | null,
  definitions: Definitions,
  schemaOf: SchemaOf,
): string | null {
  const takes = call?.parameter?.takes;
  if (takes === "features") {
    const [viewName = "", featureName] = content.split(":");
    const view = definitions.views.find((each) => each.name === viewName);
    const feature = view?.features.find((each) => each.name === featureName);
    if (view && feature && inside > viewName.length)
      return describeFeature(view, feature, definitions, schemaOf);
    return view ? describeView(view, definitions, schemaOf) : null;
  }
  if (takes === "entities") {
    const entity = definitions.entities.find((each) => each.name === content);
    return entity ? describeEntity(entity, definitions) : null;
  }
  if (takes !== "column" && takes !== "columns" && takes !== "label") return null;
  const places = definitions.sources.flatMap((source) => {
    const type = schemaOfSource(source, schemaOf)?.types[content];
    return type === undefined ? [] : `${text(type)} in ${text(known(source.path) ?? source.name)}`;
  });
  const distinct = [...new Set(places)];
  return distinct.length > 0 ? `**${text(content)}** column: ${distinct.join(", ")}.` : null;
}

function describeWord(
  word: string,
  rest: string,
  call: Call | null,
  definitions: Definitions,
  schemaOf: SchemaOf,
): string | null {
  if (word === "") return null;
  if (call?.atArgument && /^\s*=(?!=)/.test(rest)) {
    const parameter = call.signature.parameters.find((each) => each.name === word);
    if (parameter?.doc)
      return `**${parameter.name}** of ${call.className}${parameter.required ? ", required" : ""}: ${parameter.doc}`;
  }
  const named = <D extends { readonly variable: string | null }>(all: readonly D[]) =>
    all.find((each) => each.variable === word);
  const entity = named(definitions.entities);
  if (entity) return describeEntity(entity, definitions);
  const source = named(definitions.sources);
  if (source) return describeSource(source, definitions, schemaOf);
  const view = named(definitions.views);
  if (view) return describeView(view, definitions, schemaOf);
  const set = named(definitions.trainingSets);
  if (set) return describeTrainingSet(set, definitions, schemaOf);
  const signature = /^\s*\(/.test(rest) ? signatureOf(word) : null;
  return signature ? `**${word}**: ${signature.summary}` : null;
}

function wordAt(source: string, offset: number): [number, number] {
  const before = /\w*$/.exec(source.slice(0, offset))?.[0].length ?? 0;
  const after = /^\w*/.exec(source.slice(offset))?.[0].length ?? 0;
  return [offset - before, offset + after];
}

function stringAt(source: string, cursor: Cursor, offset: number): [number, number] {
  const start = cursor.stringStart ?? offset;
  const after = /^[^"'\n]*/.exec(source.slice(offset))?.[0].length ?? 0;
  return [start, offset + after];
}
