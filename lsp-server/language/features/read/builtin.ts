import type { Node } from "../../notebook/python.ts";
import { printed } from "./calculate.ts";
import { itemsOf } from "./comprehension.ts";
import type { Scope } from "./scope.ts";
import { type Arguments, dynamic, type Placed, truthOf, type Value } from "./value.ts";

/** What a builtin function answers, for those that definitions are written with. */
export function builtin(name: string, given: Arguments, scope: Scope, node: Node): Value {
  const { positional, keywords, incomplete } = given;
  const values = positional.map((each) => each.value);
  const [first] = values;
  const unread = dynamic(`${name}(…) is computed when the code runs`);
  if (name === "setattr" && first) {
    scope.taint(first, scope.place(node), "setattr changes it");
    return { kind: "none" };
  }
  if (incomplete !== null) return unread;
  const place = scope.place(node);
  const listOf = (all: readonly Value[]): Value => ({
    kind: "list",
    items: all.map((value): Placed => ({ value, place })),
  });
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
      if (first?.kind === "text") return { kind: "number", number: first.text.length, float: false };
      const items = first && itemsOf(first);
      return items ? { kind: "number", number: items.length, float: false } : unread;
    }
    case "list":
    case "tuple":
    case "set":
    case "frozenset": {
      if (first === undefined) return listOf([]);
      const items = itemsOf(first);
      return items ? listOf(items) : unread;
    }
    case "sorted":
      return (first && keywords.size === 0 && sorted(itemsOf(first), listOf)) || unread;
    case "reversed": {
      const items = first && itemsOf(first);
      return items ? listOf([...items].reverse()) : unread;
    }
    case "range":
      return range(values, listOf) ?? unread;
    case "enumerate": {
      const items = first && itemsOf(first);
      const start = values[1] ?? keywords.get("start")?.value ?? zero;
      if (!items || start.kind !== "number") return unread;
      return listOf(
        items.map((item, at) => listOf([{ kind: "number", number: start.number + at, float: false }, item])),
      );
    }
    case "zip": {
      const columns = values.map(itemsOf);
      if (columns.length === 0 || columns.some((column) => column === null) || keywords.size > 0)
        return unread;
      const rows = Math.min(...columns.map((column) => column!.length));
      return listOf(Array.from({ length: rows }, (_, row) => listOf(columns.map((column) => column![row]!))));
    }
    case "dict":
      return record(first, keywords) ?? unread;
    case "sum":
    case "min":
    case "max":
      return extreme(name, values.length === 1 ? itemsOf(first!) : values) ?? unread;
    default:
      return unread;
  }
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
