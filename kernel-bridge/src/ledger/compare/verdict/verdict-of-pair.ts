import { counted } from "../../../counted.ts";
import type { PairComparison, Verdict } from "../comparison.ts";
import type { Side } from "../side.ts";
import { codeClause } from "./code-clause.ts";
import { dataClause } from "./data-clause.ts";
import { environmentClause } from "./environment-clause.ts";
import { inWords } from "./in-words.ts";
import { scoreClause } from "./score-clause.ts";

/** The comparison of two runs in one sentence: what is the same, what changed, and what became of the score. */
export function verdictOfPair(left: Side, right: Side, pair: PairComparison): Verdict {
  const code = codeClause(left, right, pair.cells);
  const data = dataClause(left, right, pair.data);
  const environment = environmentClause(pair);
  const parameters = parameterChanges(pair);
  const outcome = outcomeChanges(left, right);
  const score = scoreClause(left, right, pair.metrics);
  const outputs = outputChanges(pair);
  const clauses = [code, data, environment];
  const hasChanged =
    clauses.some(({ changes }) => changes.length > 0) || parameters.length > 0 || outcome.length > 0;
  // The environment is the same so often that it is said only where little else is left to say.
  const sames = [...code.same, ...data.same, ...(hasChanged ? [] : environment.same)];
  const lead = code.lead ?? (sames.length > 0 ? `Same ${inWords(sames)}` : null);
  const unknowns = clauses.flatMap(({ unknown }) => unknown ?? []);
  const said = [
    ...(lead === null ? [] : [lead]),
    ...(code.lead === null ? [] : data.same.map((noun) => `same ${noun}`)),
    ...clauses.flatMap(({ changes }) => changes),
    ...parameters,
    ...(unknowns.length > 0 ? [`${inWords(unknowns)} not known`] : []),
    ...(hasChanged ? [] : outputs),
    ...outcome,
  ];
  const before = said.join(", ");
  const start = before === "" ? "" : before[0]!.toUpperCase() + before.slice(1);
  const parts = [
    { text: start, tone: "plain" as const },
    ...(score.parts.length > 0 && start !== "" ? [{ text: ", ", tone: "plain" as const }] : []),
    ...score.parts,
  ].filter(({ text }) => text !== "");
  return {
    parts: parts.length > 0 ? parts : [{ text: "Nothing to compare was recorded", tone: "plain" }],
    doubts: [...clauses.flatMap(({ doubts }) => doubts), ...score.doubts, ...checkDoubts(left, right)],
  };
}

/** One parameter that differs explains more than any count. */
function parameterChanges({ parameters, models }: PairComparison): string[] {
  const scalars = [...parameters, ...models.flatMap((model) => model.parameters)].filter(
    ({ state, left, right }) =>
      state === "changed" && [left, right].every((each) => each !== null && typeof each.value !== "object"),
  );
  const [only] = scalars;
  if (only === undefined) return [];
  if (scalars.length > 1) return [`${counted(scalars.length, "parameter")} changed`];
  return [`${only.name} ${String(only.left?.value)} → ${String(only.right?.value)}`];
}

function outcomeChanges(left: Side, right: Side): string[] {
  const ended = (side: Side, name: string) => {
    const { outcome } = side.run;
    if (outcome.kind === "ok") return [];
    return [
      outcome.kind === "error"
        ? `the ${name} run failed: ${outcome.name}`
        : `the ${name} run was interrupted`,
    ];
  };
  return [...ended(left, "left"), ...ended(right, "right")];
}

/** What came out, in the notebook and in files. */
function outputChanges({ cells, data }: PairComparison): string[] {
  const changed = cells.rows.filter(({ outputs }) => !["same", "none"].includes(outputs.state)).length;
  const written = data.filter(
    ({ access, state }) => access === "write" && state !== "same" && state !== "unknown",
  );
  const said = [
    ...(changed > 0 ? [`outputs of ${counted(changed, "cell")} differ`] : []),
    ...(written.length > 0
      ? [`${counted(written.length, "written file differs", "written files differ")}`]
      : []),
  ];
  if (said.length > 0 || !cells.isKnown) return said;
  return cells.rows.some(({ outputs }) => outputs.state === "same") ? ["same outputs"] : [];
}

function checkDoubts(left: Side, right: Side): string[] {
  return [["left", left] as const, ["right", right] as const].flatMap(([name, side]) => {
    return side.summary.trust === "unchecked" ? [`The ${name} run was not checked for leaks.`] : [];
  });
}
