import { counted } from "../../../counted.ts";
import type { DataComparison, State } from "../comparison.ts";
import type { Side } from "../side.ts";
import type { Clause } from "./clause.ts";
import { inWords } from "./in-words.ts";

/** What became of the data that was read. A run that went on in its kernel has what cells before it read without reading it again. */
export function dataClause(left: Side, right: Side, data: readonly DataComparison[]): Clause {
  const read = data.filter(({ access }) => access === "read");
  const named = nameIn(read);
  const of = (state: State) => read.filter((each) => each.state === state).map(named);
  const rewritten = read.filter(({ state, isSameRows }) => state === "changed" && isSameRows === true);
  const changed = read.filter(({ state, isSameRows }) => state === "changed" && isSameRows !== true);
  const changes = [
    ...said(changed.map(named), "changed"),
    ...said(rewritten.map(named), "rewritten with the same rows"),
    ...said(of("added"), "added"),
    ...said(of("removed"), right.run.session.cellsBefore === 0 ? "no longer read" : "not read again"),
  ];
  const unknown = read.filter(({ state }) => state === "unknown");
  return {
    same: read.length > 0 && read.every(({ state }) => state === "same") ? ["data"] : [],
    changes,
    unknown: unknown.length === 0 ? null : inWords(unknown.map(named), 2),
    doubts: [
      ...unknown.map(
        ({ path, reason }) => `Whether ${path} is the same is not known: ${reason ?? "it was not recorded"}.`,
      ),
      ...(of("added").length > 0 ? sayBefore("left", left) : []),
      ...(of("removed").length > 0 ? sayBefore("right", right) : []),
    ],
  };
}

function sayBefore(name: string, { run }: Side): string[] {
  const { cellsBefore } = run.session;
  if (cellsBefore === 0) return [];
  const what = cellsBefore === null ? "cells may have run" : `${counted(cellsBefore, "cell")} had run`;
  return [`The ${name} run went on in a kernel in which ${what}: it may rest on what was read there.`];
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
