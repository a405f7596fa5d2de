import type { Node } from "../notebook/python.ts";
import { handsOn, writesBy } from "./in-place.ts";
import { isPureCall, isPureMethod } from "./pure-calls.ts";

/** What a cell does to the names of a notebook, as its text says. Too much is safe, too little is not. */
export interface CellEffects {
  /** Names it may read, files (`file:data.csv`) and the state of the process (`<random>`, `<environment>`, `<files>`) among them; `*` is any name. */
  readonly reads: ReadonlySet<string>;
  /** Names it binds, changes in place or deletes; `*` is any name. */
  readonly affects: ReadonlySet<string>;
  /** Pairs of names that may stand for one object afterwards. */
  readonly aliases: readonly (readonly [string, string])[];
  /** The notebook's own functions and classes that it defines → what calling them may affect. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names and methods that it calls. */
  readonly calls: ReadonlySet<string>;
}

/**
 * The effects of one cell. `root` is the syntax of its Python, `source` its text as written, magics included. A cell nested deeper
 * than anybody writes may read and affect any name.
 */
export function cellEffects(root: Node, source: string): CellEffects {
  const found: Found = {
    reads: new Set(),
    affects: new Set(),
    aliases: [],
    functions: new Map(),
    calls: new Set(),
  };
  if (isTooDeep(root, source)) {
    found.reads.add("*");
    found.affects.add("*");
  } else visit(root, found);
  if (/^\s*(!|%(pip|conda|env|set_env|cd|run|load|load_ext|store|%(bash|sh|writefile)))/m.test(source)) {
    found.affects.add("<environment>");
    found.affects.add("<files>");
  }
  return found;
}

/** Deeper than the walks below may recurse. Text this short cannot be. */
export function isTooDeep(root: Node, source: string): boolean {
  const deepest = 600;
  if (source.length < 2 * deepest) return false;
  const cursor = root.walk();
  let depth = 0;
  let isInside = true;
  while (isInside && depth <= deepest) {
    if (cursor.gotoFirstChild()) depth++;
    else {
      while (isInside && !cursor.gotoNextSibling()) {
        isInside = cursor.gotoParent();
        depth--;
      }
    }
  }
  cursor.delete();
  return depth > deepest;
}

interface Found {
  readonly reads: Set<string>;
  readonly affects: Set<string>;
  readonly aliases: [string, string][];
  readonly functions: Map<string, ReadonlySet<string>>;
  readonly calls: Set<string>;
}

function visit(node: Node, found: Found): void {
  switch (node.type) {
    case "import_statement":
    case "import_from_statement":
    case "future_import_statement":
      for (const name of importedNames(node)) found.affects.add(name);
      return;
    case "function_definition":
    case "class_definition":
      define(node, found);
      return;
    case "assignment":
    case "augmented_assignment":
    case "named_expression": {
      const target = node.childForFieldName("left") ?? node.childForFieldName("name");
      const value = node.childForFieldName("right") ?? node.childForFieldName("value");
      bind(target, found);
      alias(target, value, found);
      if (value?.type === "lambda") defineLambda(target, value, found);
      break;
    }
    case "for_statement":
    case "for_in_clause": {
      const target = node.childForFieldName("left");
      bind(target, found);
      alias(target, node.childForFieldName("right"), found);
      break;
    }
    case "as_pattern":
      bind(node.childForFieldName("alias"), found);
      break;
    case "delete_statement":
    case "global_statement":
    case "nonlocal_statement":
    case "case_pattern":
      bind(node, found);
      break;
    case "call":
      call(node, found);
      break;
    case "decorator": {
      const root = rootName(node.namedChildren[0] ?? node);
      if (root !== null) found.affects.add(root);
      break;
    }
    case "identifier":
      if (isRead(node)) found.reads.add(node.text);
      return;
  }
  for (const child of node.namedChildren) if (child !== null) visit(child, found);
}

/** A definition reads what its body reads; what the body affects happens when it is called, and counts here too. */
function define(node: Node, found: Found): void {
  const affects = new Set<string>();
  const inner = { ...found, affects };
  for (const child of node.namedChildren) if (child !== null) visit(child, inner);
  bind(node.childForFieldName("name"), found);
  for (const name of affects) found.affects.add(name);
  found.functions.set(node.childForFieldName("name")?.text ?? "", affects);
}

function defineLambda(target: Node | null, value: Node, found: Found): void {
  const affects = new Set<string>();
  visit(value, { ...found, affects });
  for (const name of targetNames(target)) found.functions.set(name, affects);
}

/** Everything a target names is affected: `x`, the `x` of `x.a` and `x[0]`, each of `x, *y`. */
function bind(target: Node | null, found: Found): void {
  for (const name of targetNames(target)) found.affects.add(name);
}

function targetNames(target: Node | null): string[] {
  if (target === null) return [];
  if (target.type === "identifier") return [target.text];
  if (target.type === "attribute" || target.type === "subscript") {
    return rootNames(target);
  }
  return target.namedChildren.flatMap((child) => targetNames(child));
}

/** After `a = b.c[0]`, `a = f(b)` or `a = b.fit(x)`, changing `a` may change `b`. */
function alias(target: Node | null, value: Node | null, found: Found): void {
  if (value === null) return;
  const names = targetNames(target);
  for (const source of sourcesOf(value))
    for (const name of names) if (name !== source) found.aliases.push([name, source]);
}

function sourcesOf(value: Node): string[] {
  switch (value.type) {
    case "identifier":
      return [value.text];
    case "attribute":
    case "subscript": {
      return rootNames(value);
    }
    case "call": {
      const callee = value.childForFieldName("function");
      if (callee === null || (isPureCall(callee.text) && !handsOn(callee.text))) return [];
      return [...receiversOf(callee), ...argumentNames(value)];
    }
    case "assignment": {
      const inner = value.childForFieldName("right");
      return [...targetNames(value.childForFieldName("left")), ...(inner === null ? [] : sourcesOf(inner))];
    }
    case "conditional_expression":
    case "parenthesized_expression":
    case "tuple":
    case "list":
    case "expression_list":
    case "await":
    case "set":
    case "dictionary":
    case "list_splat":
    case "dictionary_splat":
      return value.namedChildren.flatMap((child) => (child === null ? [] : sourcesOf(child)));
    case "pair": {
      const held = value.childForFieldName("value");
      return held === null ? [] : sourcesOf(held);
    }
    case "named_expression": {
      const held = value.childForFieldName("value");
      return [...targetNames(value.childForFieldName("name")), ...(held === null ? [] : sourcesOf(held))];
    }
    // Each of what it goes through may be in it.
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      return value.namedChildren.flatMap((child) => {
        const held = child?.type === "for_in_clause" ? child.childForFieldName("right") : child;
        return held === null || held === undefined ? [] : sourcesOf(held);
      });
    default:
      return [];
  }
}

/** A call may change its receiver and whatever it is given, unless it is known not to. */
function call(node: Node, found: Found): void {
  const callee = node.childForFieldName("function");
  if (callee === null) return;
  const name = callee.text;
  found.calls.add(rootName(callee) ?? name);
  // A number taken from the process's generator changes those taken after it, as a seed does.
  if (/(^|\.)(seed|manual_seed|set_seed|set_random_seed)$|^((np|numpy)\.)?random\.(?!default_rng)/.test(name))
    found.affects.add("<random>");
  if (/^os\.(environ|putenv|chdir)|^sys\.path|(^|\.)(set_option|set_config|seterr)$/.test(name))
    found.affects.add("<environment>");
  if (/^(exec|eval|globals|locals)$/.test(name)) {
    found.reads.add("*");
    found.affects.add("*");
  }
  files(node, name, found);
  const method = callee.type === "attribute" ? callee.childForFieldName("attribute")?.text : undefined;
  if (method !== undefined) found.calls.add(method);
  const written = writtenBy(node);
  for (const each of written) found.affects.add(each);
  if (isPureCall(name)) return;
  if (method === undefined || !isPureMethod(method))
    for (const each of [...receiversOf(callee), ...argumentNames(node)]) found.affects.add(each);
}

/** What a call writes into by what its arguments tell it: `inplace=True`, `out=a`, `copy=False`. */
function writtenBy(node: Node): string[] {
  const callee = node.childForFieldName("function");
  return (node.childForFieldName("arguments")?.namedChildren ?? []).flatMap((child) => {
    if (child?.type !== "keyword_argument") return [];
    const value = child.childForFieldName("value");
    if (value === null) return [];
    switch (writesBy(child.childForFieldName("name")?.text ?? "", constantOf(value))) {
      case "value":
        return sourcesOf(value);
      case "receiver":
      case "given":
        return [...(callee === null ? [] : receiversOf(callee)), ...argumentNames(node)];
      default:
        return [];
    }
  });
}

/** `undefined` where the text does not tell. */
function constantOf(value: Node): boolean | number | null | undefined {
  switch (value.type) {
    case "false":
      return false;
    case "true":
      return true;
    case "none":
      return null;
    case "integer":
      return Number(value.text);
    default:
      return undefined;
  }
}

function files(node: Node, name: string, found: Found): void {
  const text = node.childForFieldName("arguments")?.text ?? "";
  const path = /["']([^"'\n]+\.\w+)["']/.exec(text)?.[1];
  const key = path === undefined ? "<files>" : `file:${path}`;
  const method = name.split(".").at(-1) ?? "";
  const opensToWrite = method === "open" && /["'][^"']*[wax+]/.test(text.slice(text.indexOf(",") + 1));
  if (
    /^(to_(csv|parquet|feather|json|pickle|excel)|save\w*|dump|write_\w+|write_text|write_bytes|copy\w*|move|urlretrieve)$/.test(
      method,
    ) ||
    opensToWrite
  ) {
    found.affects.add(key);
    if (path === undefined) found.affects.add("<files>");
  } else if (/^(read_\w+|load\w*|open|FileSource|scan_\w+)$/.test(method)) {
    found.reads.add(key);
    found.reads.add("<files>");
  }
}

function argumentNames(node: Node): string[] {
  const given = node.childForFieldName("arguments");
  return (given?.namedChildren ?? []).flatMap((child) => {
    if (child === null) return [];
    const value = child.type === "keyword_argument" ? child.childForFieldName("value") : child;
    return value === null ? [] : sourcesOf(value);
  });
}

function rootName(node: Node): string | null {
  const root = innermost(node);
  return root.type === "identifier" ? root.text : null;
}

/** The names whose objects `a.b`, `a["b"]` or `[a, b][0]` may be of. */
function rootNames(node: Node): string[] {
  const root = innermost(node);
  return root.id === node.id ? [] : sourcesOf(root);
}

/** The names that a method may be called on. */
function receiversOf(callee: Node): string[] {
  return callee.type === "attribute" ? rootNames(callee) : [];
}

/** What stands before all attributes, places and calls. */
function innermost(node: Node): Node {
  const of = (at: Node) =>
    at.type === "attribute" || at.type === "subscript" || at.type === "call"
      ? (at.childForFieldName("object") ?? at.childForFieldName("value") ?? at.childForFieldName("function"))
      : null;
  let at = node;
  for (let next = of(at); next !== null; next = of(at)) at = next;
  return at;
}

export function importedNames(node: Node): string[] {
  if (node.text.includes("*") && /import\s*\*/.test(node.text)) return ["*"];
  const module = node.childForFieldName("module_name");
  return node.namedChildren.flatMap((child) => {
    if (child === null || child.id === module?.id) return [];
    if (child.type === "aliased_import") return [child.childForFieldName("alias")?.text ?? ""];
    return child.type === "dotted_name" ? [child.text.split(".")[0] ?? ""] : [];
  });
}

/** An identifier that stands for a value: not an attribute's name, not a keyword's. */
export function isRead(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return true;
  if (parent.type === "attribute") return parent.childForFieldName("attribute")?.id !== node.id;
  if (parent.type === "keyword_argument") return parent.childForFieldName("name")?.id !== node.id;
  return true;
}
