import { jsonText, nbformatLayout } from "./json-text.ts";
import type { JsonMember, JsonNode, JsonObject } from "./json-tree.ts";
import { type ExactJson, exactValue, plainValue } from "./json-value.ts";
import type { TextEdit } from "./text-edit.ts";

/**
 * The edits that make a place in a text mean another value of the same shape, and touch nothing else: of texts and names only those that
 * differ. `after` has numbers as JavaScript holds them; they are never written. What has another shape is written anew.
 *
 * Of a key that stands twice the last counts; see `shadowedIn` for the others.
 */
export function rewriteJson(text: string, node: JsonNode, after: unknown): readonly TextEdit[] {
  if (node.kind === "array" && Array.isArray(after) && after.length === node.items.length) {
    return node.items.flatMap((item, at) => rewriteJson(text, item, after[at]));
  }
  if (node.kind === "object" && isRecord(after)) return rewriteObject(text, node, after);
  const before = plainValue(exactValue(text, node));
  if (Object.is(before, after)) return [];
  return [{ start: node.start, end: node.end, text: jsonText(after as ExactJson, nbformatLayout) }];
}

/** The values of keys that stand again behind them in the same object: no reader sees them, but they are in the text. */
export function shadowedIn(node: JsonNode): readonly JsonNode[] {
  if (node.kind === "array") return node.items.flatMap(shadowedIn);
  if (node.kind !== "object") return [];
  const last = new Set(lastMembers(node));
  return node.members.flatMap((member) => (last.has(member) ? shadowedIn(member.value) : [member.value]));
}

function rewriteObject(text: string, node: JsonObject, after: Readonly<Record<string, unknown>>): TextEdit[] {
  const members = lastMembers(node);
  const names = Object.keys(Object.fromEntries(members.map(({ key }) => [key, null])));
  const renamed = Object.keys(after);
  if (renamed.length !== names.length) {
    return [{ start: node.start, end: node.end, text: jsonText(after as ExactJson, nbformatLayout) }];
  }
  const nameOf = new Map(names.map((name, at) => [name, renamed[at] ?? name]));
  return members.flatMap(({ key, keyStart, keyEnd, value }) => {
    const name = nameOf.get(key) ?? key;
    const ofName = name === key ? [] : [{ start: keyStart, end: keyEnd, text: JSON.stringify(name) }];
    return [...ofName, ...rewriteJson(text, value, after[name])];
  });
}

function lastMembers(node: JsonObject): readonly JsonMember[] {
  return [...new Map(node.members.map((member) => [member.key, member])).values()];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
