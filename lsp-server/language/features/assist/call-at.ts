import { type Parameter, type Signature, signatureOf } from "../read/constructors/signatures.ts";
import { type Cursor, type Frame, insideOf } from "./cursor.ts";

/** The call of a definition class that a cursor is in. */
export interface Call {
  readonly className: string;
  readonly signature: Signature;
  /** The parameter whose value stands at the cursor; null where an argument begins or the argument is unknown. */
  readonly parameter: Parameter | null;
  /** Whether an argument's name may stand here. */
  readonly atArgument: boolean;
  /** Whether the cursor is inside a list or a dictionary that is the value. */
  readonly inList: boolean;
  /** Names of the arguments given, before and after the cursor. */
  readonly stated: ReadonlySet<string>;
  /** The text between the call's brackets. */
  readonly inside: string;
  /** The definition call around this one: the view of a field. */
  readonly outer: Call | null;
}

/** The innermost definition call at a cursor; null when another call stands between. */
export function callAt(text: string, cursor: Cursor): Call | null {
  return callIn(text, cursor.frames, cursor.stringStart !== null);
}

function callIn(text: string, frames: readonly Frame[], quoted: boolean): Call | null {
  const at = frames.findLastIndex((frame) => frame.bracket === "(");
  const frame = frames[at];
  const className = frame?.callee?.slice(frame.callee.lastIndexOf(".") + 1) ?? "";
  const signature = signatureOf(className);
  if (!frame || !signature) return null;
  const inside = insideOf(text, frame);
  const inList = at < frames.length - 1;
  const positional = frame.keyword === null ? signature.parameters[frame.index] : undefined;
  const named = signature.parameters.find((parameter) => parameter.name === frame.keyword);
  return {
    className,
    signature,
    parameter: named ?? positional ?? null,
    atArgument: frame.keyword === null && !inList && !quoted,
    inList,
    stated: new Set(keywordsIn(inside)),
    inside,
    outer: callIn(text, frames.slice(0, at), false),
  };
}

/** The value of an argument as it stands in the text of a call, when it is a name or a plain string. */
export function statedArgument(inside: string, name: string): { kind: "name" | "text"; text: string } | null {
  const found = new RegExp(`(?:^|[(,\\s])${name}\\s*=\\s*(?:(["'])([^"'\\n]*)\\1|([A-Za-z_][\\w.]*))`).exec(
    inside,
  );
  if (!found) return null;
  return found[1] ? { kind: "text", text: found[2] ?? "" } : { kind: "name", text: found[3] ?? "" };
}

/** Keywords at the call's own level. */
function* keywordsIn(inside: string): Iterable<string> {
  let depth = 0;
  for (const token of inside.matchAll(/"[^"\n]*"?|'[^'\n]*'?|[([{]|[)\]}]|([A-Za-z_]\w*)\s*=(?!=)/g)) {
    if ("([{".includes(token[0])) depth++;
    else if (")]}".includes(token[0])) depth--;
    else if (depth === 0 && token[1]) yield token[1];
  }
}
