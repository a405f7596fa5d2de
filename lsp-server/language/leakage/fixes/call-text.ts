/** A call's text without one of its named arguments; null where it has none. */
export function withoutArgument(call: string, name: string): string | null {
  const args = argumentsOf(call);
  const at = args.findIndex((arg) => arg.name === name);
  const found = args[at];
  if (!found) return null;
  const next = args[at + 1];
  const before = args[at - 1];
  if (before) return call.slice(0, before.to) + call.slice(found.to);
  return call.slice(0, found.from) + call.slice(next?.from ?? found.to);
}

/** A call's text with another value for one of its named arguments; null where it has none. */
export function withArgument(call: string, name: string, value: string): string | null {
  const found = argumentsOf(call).find((arg) => arg.name === name);
  return found ? call.slice(0, found.value) + value + call.slice(found.to) : null;
}

/** A call's text with one argument more. */
export function withMoreArguments(call: string, added: string): string {
  const last = argumentsOf(call).at(-1);
  return last
    ? `${call.slice(0, last.to)}, ${added}${call.slice(last.to)}`
    : `${call.slice(0, -1).trimEnd()}${added})`;
}

interface Written {
  readonly name: string | null;
  readonly from: number;
  readonly value: number;
  readonly to: number;
}

/** The arguments of the last call in a text that ends with it. Brackets and texts inside are followed to their end. */
function argumentsOf(call: string): Written[] {
  const cuts: number[] = [];
  let depth = 0;
  let quote = "";
  for (let at = 0; at < call.length; at++) {
    const char = call[at] ?? "";
    if (quote !== "") {
      if (char === "\\") at++;
      else if (char === quote) quote = "";
    } else if (char === "'" || char === '"') quote = char;
    else if ("([{".includes(char)) {
      if (depth++ === 0) cuts.splice(0, cuts.length, at);
    } else if (")]}".includes(char)) {
      if (--depth === 0) cuts.push(at);
    } else if (char === "," && depth === 1) cuts.push(at);
  }
  if (!call.endsWith(")")) return [];
  return cuts.slice(1).flatMap((end, place) => written(call, (cuts[place] ?? 0) + 1, end));
}

function written(call: string, start: number, end: number): Written[] {
  const text = call.slice(start, end);
  if (text.trim() === "") return [];
  const from = start + (text.length - text.trimStart().length);
  const to = start + text.trimEnd().length;
  const [head, name = null] = /^([A-Za-z_]\w*)\s*=(?!=)\s*/.exec(call.slice(from, to)) ?? [""];
  return [{ name, from, value: from + head.length, to }];
}
