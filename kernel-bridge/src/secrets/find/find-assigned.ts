import { assignmentForms } from "../table/assignment-forms.ts";
import { secretNames } from "../table/names.ts";
import { classOfName, isSecretQuery } from "./class-of-name.ts";
import type { FoundSecret } from "./found-secret.ts";
import { isSecretValue, type Standing } from "./judge-value.ts";

/** The values in a text that stand after a name which says secret, in the order they stand. Linear: each name is looked at once, and no further than a few hundred characters on. */
export function findAssigned(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  trigger.lastIndex = 0;
  for (let hit = trigger.exec(text); hit !== null; hit = trigger.exec(text)) {
    const name = nameAround(text, hit.index, trigger.lastIndex);
    trigger.lastIndex = Math.max(trigger.lastIndex, name.end);
    const secret = name.text.length > longestName ? null : secretOf(text, name);
    if (secret !== null) found.push(secret);
  }
  return found;
}

interface Name {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const longestName = 80;

/** The identifier, header, flag or dotted path that a place belongs to; what is longer than one is cut, and still too long. */
function nameAround(text: string, from: number, to: number): Name {
  let start = from;
  let end = to;
  while (start > from - longestName && start > 0 && isOfName(text.charCodeAt(start - 1))) start--;
  while (end < to + longestName && end < text.length && isOfName(text.charCodeAt(end))) end++;
  // In a string within a string a line's end is written `\n`: its letter is not the name's.
  if (start > 0 && text[start - 1] === "\\" && "nrt".includes(text[start] ?? "")) start++;
  return { start, end, text: text.slice(start, end) };
}

function secretOf(text: string, name: Name): FoundSecret | null {
  const kind = classOfName(name.text);
  const inQuery = isInQuery(text, name.start) && (kind !== null || isSecretQuery(name.text));
  if (kind === null && !inQuery) return null;
  const title = kind === "password" ? "password" : "named-secret";
  if (kind !== null && !inQuery) {
    const quoted =
      pairedValue(text, name.end) ??
      elementValue(text, name) ??
      quotedValue(text, name.end) ??
      fieldValue(text, name.end);
    if (quoted !== null) {
      return isSecretValue(kind, quoted.value, quoted.standing)
        ? { start: quoted.start, end: quoted.start + quoted.value.length, kind: title }
        : null;
    }
  }
  const bare = bareValue(text, name, inQuery);
  if (bare === null || !isSecretValue(kind ?? "made", bare.value, bare.standing)) return null;
  return { start: bare.start, end: bare.start + bare.value.length, kind: inQuery ? "token-in-url" : title };
}

interface Value {
  readonly start: number;
  readonly value: string;
  readonly standing: Standing;
}

const longestValue = 2048;

function pairedValue(text: string, after: number): Value | null {
  paired.lastIndex = after;
  const match = paired.exec(text);
  if (match === null) return null;
  const start = paired.lastIndex;
  if (match[1] !== undefined) return { start, value: untilMark(text, start, match[1]), standing: "quoted" };
  rest.lastIndex = start;
  const value = rest.exec(text)?.[0];
  return value === undefined ? null : { start, value, standing: "setting" };
}

/** `<password>x</password>`, `<entry key="password">x</entry>`. */
function elementValue(text: string, name: Name): Value | null {
  const before = text[name.start - 1];
  if (before !== "<" && before !== ":" && !named.test(text.slice(Math.max(0, name.start - 6), name.start)))
    return null;
  element.lastIndex = name.end;
  const match = element.exec(text);
  const start = match?.indices?.[1]?.[0];
  return start === undefined ? null : { start, value: match?.[1] ?? "", standing: "setting" };
}

/** `| password | x |` */
function fieldValue(text: string, after: number): Value | null {
  field.lastIndex = after;
  const value = field.exec(text)?.[1];
  return value === undefined ? null : { start: field.lastIndex - value.length, value, standing: "loose" };
}

function quotedValue(text: string, after: number): Value | null {
  quoted.lastIndex = after;
  const match = quoted.exec(text);
  if (match === null) return null;
  const [, closed, comma, wrapper, mark = ""] = match;
  if (comma !== undefined && closed === undefined) return null;
  const start = quoted.lastIndex;
  const value = untilMark(text, start, mark);
  const wraps = wrapper === undefined || wrappers.has(wrapper.slice(wrapper.lastIndexOf(".") + 1));
  return { start, value, standing: comma === undefined && wraps ? "quoted" : "listed" };
}

/** Up to the mark that closes it, an escaped one aside; where none does, to the end of the line. */
function untilMark(text: string, start: number, mark: string): string {
  const part = text.slice(start, start + longestValue);
  let at = part.indexOf(mark);
  while (at > 0 && mark.length === 1 && part[at - 1] === "\\" && part[at - 2] !== "\\")
    at = part.indexOf(mark, at + 1);
  if (at >= 0) return part.slice(0, at);
  const line = part.search(/[\r\n]/);
  return line < 0 ? part : part.slice(0, line);
}

function bareValue(text: string, name: Name, inQuery: boolean): Value | null {
  const before = text[name.start - 1];
  const isFlag = name.text.startsWith("-");
  bare.lastIndex = name.end;
  let match = bare.exec(text);
  let end = bare.lastIndex;
  if (match === null && isFlag) {
    flag.lastIndex = name.end;
    match = flag.exec(text);
    end = flag.lastIndex;
  }
  const [, blank = "", sign = "", blankAfter = "", value = ""] = match ?? [];
  if (match === null) return null;
  const start = end - value.length;
  if (inQuery) return sign === "=" ? { start, value, standing: "query" } : null;
  const tight = sign === "=" && blank === "" && blankAfter === "";
  if (
    tight &&
    !/[a-z]/.test(name.text) &&
    name.text.length >= 4 &&
    (before === undefined || /[ \t\r\n\v\f"'\\]/.test(before))
  ) {
    rest.lastIndex = start;
    return { start, value: rest.exec(text)?.[0] ?? value, standing: "setting" };
  }
  const next = text[end];
  if (next === "(" || next === "[") return null;
  const line = text.slice(Math.max(0, name.start - 96), name.start);
  if (tight && (isFlag || /;[ ]?$/.test(line) || connection.test(line)))
    return { start, value, standing: "setting" };
  if (isFlag && !/[0-9]/.test(value)) return null;
  if ((next === ")" || next === ",") && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) && value.length < 16)
    return null;
  const isAlone = (next === undefined || next === "\r" || next === "\n") && alone.test(line);
  // The sign that ends a value elsewhere is of it where nothing else stands on its line.
  if (next !== undefined && "&|^~!?*".includes(next) && alone.test(line)) {
    rest.lastIndex = start;
    const whole = rest.exec(text)?.[0] ?? value;
    const behind = text[start + whole.length];
    if ((behind === undefined || behind === "\r" || behind === "\n") && !whole.includes("="))
      return { start, value: whole, standing: "loose" };
  }
  const isLine = isAlone && (tight || (sign === ":" && blankAfter !== "")) && /^[a-z]/.test(name.text);
  return { start, value, standing: isLine ? "line" : "loose" };
}

function isInQuery(text: string, start: number): boolean {
  const before = text[start - 1];
  return before === "?" || before === "&" || (before === ";" && text.slice(start - 5, start) === "&amp;");
}

function isOfName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}

/** `host=db user=app ` before a name: a connection's string, where words are values. */
const connection = /[A-Za-z_]=[^ \t\r\n"',;()]{1,64}[ ]{1,4}$/;
/** Nothing before a name on its line, as in a file of settings. */
const alone = /(?:^|[\r\n])[ \t]{0,64}(?:-[ ]{1,4}|export[ ])?$/;
const trigger = new RegExp(secretNames.triggers.join("|"), "gi");
const quoted = new RegExp(assignmentForms.quoted, "y");
const paired = new RegExp(assignmentForms.paired, "y");
const element = new RegExp(assignmentForms.element, "dy");
/** An attribute that names what the element holds, and no mere place on a page. */
const named = /(?:[Kk]ey|[Nn]ame)=["']$/;
const field = new RegExp(assignmentForms.field, "y");
const bare = new RegExp(assignmentForms.bare, "y");
const flag = new RegExp(assignmentForms.flag, "y");
const rest = new RegExp(assignmentForms.rest, "y");
const wrappers: ReadonlySet<string> = new Set(secretNames.wrappers);
