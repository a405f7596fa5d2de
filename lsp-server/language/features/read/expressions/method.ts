import { printed } from "../values/calculate.ts";
import { joinPaths, normalPath } from "../values/path-text.ts";
import { type Arguments, dynamic, type Placed, type Value } from "../values/value.ts";

/** What a method of text, a path, a list or a dictionary answers, for those that change nothing. */
export function method(object: Value, name: string, { positional, keywords, incomplete }: Arguments): Value {
  if (object.kind === "dynamic" || object.kind === "unbound") return object;
  const unread = dynamic(`.${name}(…) is computed when the code runs`, object);
  if (incomplete !== null) return unread;
  const values = positional.map((each) => each.value);
  if (object.kind === "text") return textMethod(object.text, name, values, keywords) ?? unread;
  if (object.kind === "record") return recordMethod(object.entries, name, values) ?? unread;
  if (object.kind === "list" && name === "copy") return { ...object, items: [...object.items] };
  return unread;
}

function textMethod(
  text: string,
  name: string,
  values: readonly Value[],
  keywords: Arguments["keywords"],
): Value | null {
  const texts = values.flatMap((value) => (value.kind === "text" ? [value.text] : []));
  const plain = texts.length === values.length && keywords.size === 0;
  const answer = (made: string): Value => ({ kind: "text", text: made });
  switch (name) {
    case "lower":
      return answer(text.toLowerCase());
    case "upper":
      return answer(text.toUpperCase());
    case "strip":
      return values.length === 0 ? answer(text.trim()) : null;
    case "replace":
      return plain && texts.length === 2 ? answer(text.replaceAll(texts[0]!, () => texts[1]!)) : null;
    case "split":
      return plain && texts.length === 1 && texts[0] !== "" ? list(text.split(texts[0]!)) : null;
    case "startswith":
      return plain && texts.length === 1 ? { kind: "truth", truth: text.startsWith(texts[0]!) } : null;
    case "endswith":
      return plain && texts.length === 1 ? { kind: "truth", truth: text.endsWith(texts[0]!) } : null;
    case "join": {
      const parts =
        values[0]?.kind === "list" && !values[0].unordered ? values[0].items.map((item) => item.value) : null;
      const words = parts?.flatMap((part) => (part.kind === "text" ? [part.text] : []));
      return words && words.length === parts?.length ? answer(words.join(text)) : null;
    }
    case "format":
      return formatted(text, values, keywords);
    // Of paths.
    case "resolve":
    case "absolute":
    case "as_posix":
    case "expanduser":
      return name === "expanduser" && text.startsWith("~") ? null : answer(normalPath(text));
    case "joinpath":
      return plain ? answer(texts.reduce(joinPaths, text)) : null;
    case "with_suffix":
      return plain && texts.length === 1 ? answer(text.replace(/(\.[^./]*)?$/, texts[0]!)) : null;
    case "with_name":
      return plain && texts.length === 1 ? answer(text.replace(/[^/]*$/, texts[0]!)) : null;
    default:
      return null;
  }
}

/** `"{}_{name}".format(a, name=b)`; no format specifications, no attributes. */
function formatted(text: string, values: readonly Value[], keywords: Arguments["keywords"]): Value | null {
  let next = 0;
  let unread = false;
  const made = text.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return whole[0]!;
    const value =
      name === "" ? values[next++] : /^\d+$/.test(name) ? values[Number(name)] : keywords.get(name)?.value;
    const plain = value ? printed(value) : null;
    if (plain === null) unread = true;
    return plain ?? "";
  });
  return unread ? null : { kind: "text", text: made };
}

function recordMethod(
  entries: ReadonlyMap<string, Placed>,
  name: string,
  values: readonly Value[],
): Value | null {
  const [key] = values;
  // Keys that are no text begin with a NUL and have lost their value.
  if (
    name !== "get" &&
    name !== "copy" &&
    name !== "values" &&
    [...entries.keys()].some((each) => each.startsWith("\0"))
  )
    return null;
  switch (name) {
    case "keys":
      return list([...entries.keys()]);
    case "values":
      return { kind: "list", items: [...entries.values()] };
    case "items":
      return {
        kind: "list",
        items: [...entries].map(
          ([text, entry]): Placed => ({
            place: entry.place,
            value: { kind: "list", items: [{ value: { kind: "text", text }, place: entry.place }, entry] },
          }),
        ),
      };
    case "get":
      if (key?.kind !== "text") return null;
      return entries.get(key.text)?.value ?? values[1] ?? { kind: "none" };
    case "copy":
      return { kind: "record", entries: new Map(entries) };
    default:
      return null;
  }
}

function list(texts: readonly string[]): Value {
  const nowhere = { cellId: null, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return {
    kind: "list",
    items: texts.map((text): Placed => ({ value: { kind: "text", text }, place: nowhere })),
  };
}
