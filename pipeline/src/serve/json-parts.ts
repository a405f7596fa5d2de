/**
 * The texts of a JSON array's elements or an object's members, each as it stands: what one of them holds need not be JSON, as long as its
 * quotes and brackets match. Null when those of the whole do not.
 */
export function jsonParts(text: string): string[] | null {
  const whole = text.trim();
  const parts: string[] = [];
  const open: string[] = [];
  let begin = 1;
  for (let at = 0; at < whole.length; at++) {
    const char = whole[at]!;
    if (char === '"') {
      at = endOfString(whole, at);
      if (at < 0) return null;
    } else if (char === "[" || char === "{") {
      open.push(char === "[" ? "]" : "}");
    } else if (char === "]" || char === "}") {
      if (open.pop() !== char) return null;
      if (open.length > 0) continue;
      const last = whole.slice(begin, at).trim();
      if (last !== "" || parts.length > 0) parts.push(last);
      return at === whole.length - 1 ? parts : null;
    } else if (char === "," && open.length === 1) {
      parts.push(whole.slice(begin, at).trim());
      begin = at + 1;
    }
    if (open.length === 0) return null;
  }
  return null;
}

/** The texts of an object's members by their names; null when it is no object. One that stands twice says two things: `twice` names it. */
export function jsonMembers(text: string): {
  readonly members: ReadonlyMap<string, string>;
  readonly twice: string | null;
} | null {
  const parts = text.trimStart().startsWith("{") ? jsonParts(text) : null;
  const members = new Map<string, string>();
  let twice: string | null = null;
  for (const part of parts ?? []) {
    const end = part.startsWith('"') ? endOfString(part, 0) : -1;
    const value = /^\s*:([\s\S]*)$/.exec(part.slice(end + 1))?.[1];
    if (end < 0 || value === undefined) return null;
    const name = JSON.parse(part.slice(0, end + 1)) as string;
    if (members.has(name)) twice ??= name;
    members.set(name, value.trim());
  }
  return parts && { members, twice };
}

/** Where the quote is that ends a string begun at `at`; -1 when there is none. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === '"') return end;
  }
  return -1;
}
