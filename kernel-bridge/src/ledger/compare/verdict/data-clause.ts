import type { DataComparison, State } from "../comparison.ts";
import type { Clause } from "./clause.ts";
import { inWords } from "./in-words.ts";

/** What became of the data that was read. */
export function dataClause(data: readonly DataComparison[]): Clause {
  const read = data.filter(({ access }) => access === "read");
  const named = nameIn(read);
  const of = (state: State) => read.filter((each) => each.state === state).map(named);
  const rewritten = read.filter(({ state, isSameRows }) => state === "changed" && isSameRows === true);
  const changed = read.filter(({ state, isSameRows }) => state === "changed" && isSameRows !== true);
  const changes = [
    ...said(changed.map(named), "changed"),
    ...said(rewritten.map(named), "rewritten with the same rows"),
    ...said(of("added"), "added"),
    ...said(of("removed"), "no longer read"),
  ];
  const unknown = read.filter(({ state }) => state === "unknown");
  return {
    same: read.length > 0 && read.every(({ state }) => state === "same") ? ["data"] : [],
    changes,
    unknown: unknown.length === 0 ? null : inWords(unknown.map(named), 2),
    doubts: unknown.map(
      ({ path, reason }) => `Whether ${path} is the same is not known: ${reason ?? "it was not recorded"}.`,
    ),
  };
}

/** Data as people say it: a file without folder and ending, unless two would be called alike; a query is one. */
function nameIn(data: readonly DataComparison[]): (each: DataComparison) => string {
  const base = ({ path, kind }: DataComparison) =>
    kind === "made" ? path.replace(/^made:/, "") : (path.split(/[\\/]/).filter(Boolean).at(-1) ?? path);
  const stem = (each: DataComparison) =>
    each.kind === "made"
      ? base(each)
      : base(each).replace(/(?<=.)\.[A-Za-z0-9]{1,8}(\.(gz|zst|bz2|xz))?$/, "");
  return (each) => {
    if (each.query !== null) return each.path === "query:" ? "a query" : `a query of ${stem(each)}`;
    if (data.filter((other) => stem(other) === stem(each)).length === 1) return stem(each);
    return data.filter((other) => base(other) === base(each)).length === 1 ? base(each) : each.path;
  };
}

function said(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [] : [`${inWords(names, 2)} ${what}`];
}
