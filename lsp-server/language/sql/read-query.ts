import { isHole } from "./prepare.ts";
import type { Item, Join, Query, Relation, Select, Span } from "./query.ts";
import { type Around, readConditions, readOrdering, readTerm, type Text } from "./read-term.ts";
import { field, kindOf, list, nameOf, spanIn, type Tree } from "./tree.ts";

/** A query of the parser's as ours. */
export function readQuery(tree: Tree, text: Text): Query {
  const around: Around = { text, windows: new Map(), readQuery: (inner) => readQuery(inner, text) };
  const named = list(field(tree, "with", "cte_tables")).map((one) => ({
    name: nameOf(field(one, "alias", "name")),
    query: readQuery(field(one, "query"), text),
  }));
  const order = list(field(tree, "order_by", "kind", "Expressions")).map((one) => readOrdering(one, around));
  const { selects, isUnion } = readBody(field(tree, "body"), text);
  const limit = field(tree, "limit_clause");
  return {
    at: spanIn(tree, text.offset) ?? nowhere,
    named,
    selects,
    isUnion,
    order,
    isLimited: (limit !== undefined && limit !== null) || isGiven(field(tree, "fetch")),
  };
}

function readBody(body: Tree, text: Text): Pick<Query, "selects" | "isUnion"> {
  const [kind, content] = kindOf(body);
  if (kind === "Select") return { selects: [readSelect(content, text)], isUnion: true };
  if (kind === "Query") return { selects: [readQuery(content, text)], isUnion: true };
  if (kind !== "SetOperation") return { selects: [], isUnion: true };
  const [left, right] = [readBody(field(content, "left"), text), readBody(field(content, "right"), text)];
  const isUnion = field(content, "op") === "Union" && left.isUnion && right.isUnion;
  return { selects: [...left.selects, ...right.selects], isUnion };
}

function readSelect(tree: Tree, text: Text): Select {
  const windows = new Map(
    list(field(tree, "named_window")).map((one) => [nameOf(list(one)[0]).toLowerCase(), list(one)[1]]),
  );
  const around: Around = { text, windows, readQuery: (inner) => readQuery(inner, text) };
  const at = spanIn(tree, text.offset) ?? nowhere;
  const tables = list(field(tree, "from"));
  const [distinct, distinctOn] = kindOf(field(tree, "distinct"));
  const [groups, grouped] = kindOf(field(tree, "group_by"));
  const groupBy = groups === "All" ? "all" : list(list(grouped)[0]).map((one) => readTerm(one, around));
  const isFromFirst = field(tree, "flavor") === "FromFirstNoSelect";
  return {
    at,
    items: isFromFirst
      ? [{ op: "all", of: null, except: [], at }]
      : list(field(tree, "projection")).map((one) => readItem(one, around)),
    from: tables.map((one) => readRelation(field(one, "relation"), around)),
    joins: tables.flatMap((one) => list(field(one, "joins")).map((join) => readJoin(join, around))),
    where: readConditions(field(tree, "selection"), around),
    groupBy: groupBy === "all" || groupBy.length > 0 ? groupBy : null,
    qualify: readConditions(field(tree, "qualify"), around),
    isDistinct: distinct === "Distinct",
    distinctOn: distinct === "On" ? list(distinctOn).map((one) => readTerm(one, around)) : [],
    isSample: text.samples.some((place) => place >= at.from),
  };
}

function readItem(tree: Tree, around: Around): Item {
  const [kind, content] = kindOf(tree);
  const at = spanIn(tree, around.text.offset) ?? nowhere;
  if (kind === "Wildcard") return { op: "all", of: null, except: exceptOf(content), at };
  if (kind === "QualifiedWildcard") {
    const [first, options] = list(content);
    return { op: "all", of: nameOf(list(field(first, "ObjectName")).at(-1)), except: exceptOf(options), at };
  }
  const isNamed = kind === "ExprWithAlias";
  const term = readTerm(isNamed ? field(content, "expr") : content, around);
  const name = isNamed
    ? nameOf(field(content, "alias"))
    : (term.column?.name ?? around.text.source.slice(term.at.from, term.at.to));
  return { op: "column", name, term };
}

/** `* EXCLUDE (a, b)`, `* EXCEPT (a, b)`. */
function exceptOf(options: Tree): string[] {
  const exclude = field(options, "opt_exclude");
  const except = field(options, "opt_except");
  const [, excluded] = kindOf(exclude);
  return [
    ...list(Array.isArray(excluded) ? excluded : [excluded]).map(firstName),
    firstName(field(except, "first_element")),
    ...list(field(except, "additional_elements")).map(firstName),
  ].filter((name) => name !== "");
}

function firstName(tree: Tree): string {
  return nameOf(Array.isArray(tree) ? tree.at(-1) : tree);
}

function readRelation(tree: Tree, around: Around): Relation {
  const [kind, content] = kindOf(tree);
  const at = spanIn(tree, around.text.offset) ?? nowhere;
  const alias = nameOf(field(content, "alias", "name")) || null;
  if (kind === "Derived")
    return { at, alias, table: null, file: null, query: around.readQuery(field(content, "subquery")) };
  if (kind === "NestedJoin")
    return { ...readRelation(field(content, "table_with_joins", "relation"), around), at };
  if (kind !== "Table") return { at, alias, table: null, file: null, query: null };
  const name = nameOf(list(field(content, "name")).at(-1));
  const args = list(field(content, "args", "args"));
  if (args.length > 0) {
    const file = readTerm(field(args[0], "Unnamed", "Expr"), around).constant;
    return {
      at,
      alias,
      table: null,
      file: /^(read|scan)_|^(parquet|delta|iceberg)_scan$/i.test(name) ? file : null,
      query: null,
    };
  }
  if (isHole(name)) return { at, alias, table: null, file: null, query: null };
  const isFile =
    /[./]/.test(name) &&
    /^['"]?[\s\S]*\.(parquet|csv|tsv|json|jsonl|ndjson|feather|arrow)(\.gz)?$/i.test(name);
  return {
    at,
    alias: alias ?? (isFile ? null : name),
    table: isFile ? null : name,
    file: isFile ? name : null,
    query: null,
  };
}

function readJoin(tree: Tree, around: Around): Join {
  const [operator, content] = kindOf(field(tree, "join_operator"));
  const relation = readRelation(field(tree, "relation"), around);
  const constraint = field(content, "constraint") ?? content;
  const [how, on] = kindOf(constraint);
  const matched = readConditions(field(content, "match_condition"), around);
  const { text } = around;
  const before = text.source.slice(0, relation.at.from);
  const isMarked = text.asOf.some((place) =>
    /^asof\s+(?:\w+\s+){0,2}join\s*\(?\s*$/i.test(before.slice(place)),
  );
  return {
    at: spanIn(tree, text.offset) ?? relation.at,
    relation,
    kind: /Semi|Anti/.test(operator) ? "only" : /Left|Full|Outer/.test(operator) ? "outer" : "inner",
    isAsOf: operator === "AsOf" || isMarked,
    using: how === "Using" ? list(on).map(firstName) : [],
    on: [...matched, ...(how === "On" ? readConditions(on, around) : [])],
  };
}

function isGiven(tree: Tree): boolean {
  return tree !== undefined && tree !== null;
}

const nowhere: Span = { from: 0, to: 0 };
