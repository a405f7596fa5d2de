import type { Node } from "../../../notebook/python.ts";
import { printed } from "../values/calculate.ts";
import {
  type Arguments,
  allOf,
  distinct,
  dynamic,
  type Placed,
  truthOf,
  type Value,
} from "../values/value.ts";
import { assignAttribute } from "./change.ts";
import { isUsedUpAtOnce, itemsOf } from "./comprehension.ts";
import { calledBack, letEscape } from "./escape.ts";
import type { Scope } from "./scope.ts";
import { everythingBy, isTame } from "./tame.ts";

/**
 * What a builtin function answers, for those that definitions are written with. Of the others some hand out every name
 * there is, some are known to change nothing; whatever is given to the rest may be changed.
 */
export function builtin(name: string, given: Arguments, scope: Scope, node: Node): Value {
  const { positional, keywords, incomplete } = given;
  const values = positional.map((each) => each.value);
  const [first] = values;
  const place = scope.place(node);
  const why = `${name}(…) is computed when the code runs`;
  if (everythingBy.has(name) || (name === "vars" && values.length === 0))
    return { kind: "dynamic", why, reach: "everything" };
  if (name === "setattr" || name === "delattr") {
    const [, attribute, value] = values;
    if (first && attribute?.kind === "text")
      assignAttribute(first, attribute.text, value ?? dynamic("it is deleted"), node, scope);
    else letEscape(values, place, `${name} changes it`, scope);
    return { kind: "none" };
  }
  if (name === "exec" || name === "eval" || name === "execfile" || name === "compile") {
    // Code that is given names of its own has no others.
    const apart = node.childForFieldName("arguments")?.namedChildren[1]?.type === "dictionary";
    if (name !== "compile") {
      if (!apart) scope.loseEverything(place, `${name}(…) may change it`);
      else letEscape(allOf(given), place, `${name}(…) may change it`, scope);
    }
    return dynamic(why);
  }
  if (name === "__import__" && first?.kind === "text")
    return scope.moduleNamed(first.text) ?? { kind: "imported", name: first.text };
  if (!isTame({ kind: "unbound", name })) {
    letEscape(allOf(given), place, `${name}(…) is given it`, scope);
    return dynamic(why, ...allOf(given));
  }
  const unread = dynamic(
    why,
    ...allOf(given),
    ...calledBack(allOf(given), place, scope, calledBy(name, given)),
  );
  if (incomplete !== null) return unread;
  const listOf = (all: readonly Value[]): Value => ({
    kind: "list",
    items: all.map((value): Placed => ({ value, place })),
  });
  const row = (all: readonly Value[]): Value => ({ ...listOf(all), fixed: true }) as Value;
  const iterator = (all: readonly Value[]): Value => (isUsedUpAtOnce(node) ? listOf(all) : unread);
  switch (name) {
    case "str": {
      const text = first && printed(first);
      return text === undefined || text === null ? unread : { kind: "text", text };
    }
    case "int":
    case "float":
      return first && values.length === 1 ? (numberOf(name, first) ?? unread) : unread;
    case "bool": {
      const truth = first && truthOf(first);
      return typeof truth === "boolean" ? { kind: "truth", truth } : unread;
    }
    case "len": {
      if (first?.kind === "text") return { kind: "number", number: [...first.text].length, float: false };
      const items = first && inAnyOrder(first);
      return items ? { kind: "number", number: items.length, float: false } : unread;
    }
    case "list":
    case "tuple": {
      const items = first === undefined ? [] : itemsOf(first);
      const made = items && listOf(items);
      return made?.kind === "list" ? { ...made, fixed: name === "tuple" } : unread;
    }
    case "set":
    case "frozenset": {
      const items = first === undefined ? [] : inAnyOrder(first);
      const made = items && listOf(items);
      return made?.kind === "list"
        ? { ...made, items: distinct(made.items), fixed: name === "frozenset", unordered: true }
        : unread;
    }
    case "sorted":
      return (first && keywords.size === 0 && sorted(inAnyOrder(first), listOf)) || unread;
    case "reversed": {
      const items = first && itemsOf(first);
      return items ? iterator([...items].reverse()) : unread;
    }
    case "range":
      return range(values, listOf) ?? unread;
    case "enumerate": {
      const items = first && itemsOf(first);
      const start = values[1] ?? keywords.get("start")?.value ?? zero;
      if (!items || start.kind !== "number") return unread;
      return iterator(
        items.map((item, at) => row([{ kind: "number", number: start.number + at, float: false }, item])),
      );
    }
    case "zip": {
      const columns = values.map(itemsOf);
      if (columns.length === 0 || columns.some((column) => column === null) || keywords.size > 0)
        return unread;
      const rows = Math.min(...columns.map((column) => column!.length));
      return iterator(Array.from({ length: rows }, (_, at) => row(columns.map((column) => column![at]!))));
    }
    case "dict":
      return record(first, keywords) ?? unread;
    case "sum":
    case "min":
    case "max":
      return extreme(name, values.length === 1 ? inAnyOrder(first!) : values) ?? unread;
    default:
      return unread;
  }
}

/** What a builtin function calls of what it is given. */
function calledBy(name: string, { positional, keywords }: Arguments): readonly Value[] {
  const key = keywords.get("key");
  if (key && key.value.kind !== "none") return [key.value];
  return /^(map|filter)$/.test(name) ? positional.slice(0, 1).map(({ value }) => value) : [];
}

function inAnyOrder(value: Value): readonly Value[] | null {
  return value.kind === "list" ? value.items.map((item) => item.value) : itemsOf(value);
}

const zero: Value = { kind: "number", number: 0, float: false };

function numberOf(name: "int" | "float", value: Value): Value | null {
  const text = value.kind === "text" ? value.text.trim().replace(/(?<=\d)_(?=\d)/g, "") : null;
  if (
    text !== null &&
    !/^[+-]?\d+$/.test(text) &&
    (name === "int" || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
  )
    return null;
  const number =
    text !== null
      ? Number(text)
      : value.kind === "number"
        ? value.number
        : value.kind === "truth"
          ? Number(value.truth)
          : null;
  if (number === null || !Number.isFinite(number)) return null;
  if (name === "float") return { kind: "number", number, float: true };
  return Number.isSafeInteger(Math.trunc(number))
    ? { kind: "number", number: Math.trunc(number), float: false }
    : null;
}

function sorted(items: readonly Value[] | null, listOf: (all: readonly Value[]) => Value): Value | null {
  if (!items) return null;
  const texts = items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
  if (texts.length === items.length)
    return listOf(texts.sort().map((text): Value => ({ kind: "text", text })));
  const numbers = items.flatMap((item) => (item.kind === "number" ? [item] : []));
  return numbers.length === items.length ? listOf(numbers.sort((a, b) => a.number - b.number)) : null;
}

function range(values: readonly Value[], listOf: (all: readonly Value[]) => Value): Value | null {
  const numbers = values.flatMap((value) => (value.kind === "number" && !value.float ? [value.number] : []));
  if (numbers.length !== values.length || numbers.length === 0) return null;
  const [start, end, step] =
    numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  const count = step === 0 ? Number.NaN : Math.max(0, Math.ceil((end - start) / step));
  if (!(count <= 1_000)) return null;
  return listOf(
    Array.from({ length: count }, (_, at) => ({ kind: "number", number: start + at * step, float: false })),
  );
}

function record(first: Value | undefined, keywords: Arguments["keywords"]): Value | null {
  if (first && first.kind !== "record") return null;
  return { kind: "record", entries: new Map<string, Placed>([...(first?.entries ?? []), ...keywords]) };
}

function extreme(name: "sum" | "min" | "max", items: readonly Value[] | null): Value | null {
  const numbers = items?.flatMap((item) => (item.kind === "number" ? [item] : []));
  if (!items || !numbers || numbers.length !== items.length) return null;
  if (name === "sum") {
    const float = numbers.some((each) => each.float);
    return { kind: "number", number: numbers.reduce((total, each) => total + each.number, 0), float };
  }
  return numbers.reduce<Value | null>((best, each) => {
    if (best?.kind !== "number") return each;
    return (name === "min" ? each.number < best.number : each.number > best.number) ? each : best;
  }, null);
}
