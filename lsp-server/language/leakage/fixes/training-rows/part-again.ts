import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Argument, Expression, Place, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { importLine } from "../imports.ts";
import { changeBetween } from "../left-alone.ts";
import { placeOf } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { partName } from "../part-name.ts";

/**
 * `pairs` are the names that are learned from, each beside the one that it is tested by; labels last. Whatever else stands at the places where
 * they are said and holds a value for each row is cut with them. An obstacle where it is not sure what does, or where a name holds other rows by then.
 */
export function partAgain(
  facts: NotebookFacts,
  split: Split,
  pairs: readonly Pair[],
  places: readonly Span[],
  above: FlowStatement,
): PartedAgain | Obstacle {
  if (/^(async\s+)?(def|class)\b|^@/.test(above.text))
    return new Obstacle(
      "the models learn in a function: split the training rows once more where it is called",
    );
  const beside = besideOf(facts, split, pairs, places);
  if (beside === null)
    return new Obstacle(
      "a call is told something of each row, or of groups of rows, that would not be cut with them",
    );
  const all = [...pairs, ...beside];
  const change = changeOf(facts, all, places, above);
  if (change) return change;
  const names = new Map<string, string>();
  const targets = all.flatMap(([learned, tested]) => {
    const [learn, valid] = [partName(facts, learned, "learn"), partName(facts, tested ?? learned, "valid")];
    names.set(learned, learn);
    if (tested !== null) names.set(tested, valid);
    return [learn, valid];
  });
  const at = placeOf(facts, above);
  const { name, edits } = importLine(facts, "sklearn.model_selection", "train_test_split", at);
  const start = { line: at.start.line, character: 0 };
  // Of rows in order the last ones judge, as they did.
  const how = split.how === "random" ? "random_state=0" : "shuffle=False";
  const newText = `${targets.join(", ")} = ${name}(${all.map(([learned]) => learned).join(", ")}, ${how})\n`;
  return {
    names,
    learned: new Set(all.map(([learned]) => learned)),
    edits: [...edits, { cellId: above.cell, range: { start, end: start }, newText }],
  };
}

/** The training rows once more in two, for what learns from one and is judged by the other. Names that hold all of them hold them still. */
interface PartedAgain {
  /** What learning calls and their judges say in place of the names of both old parts. */
  readonly names: ReadonlyMap<string, string>;
  /** Those of the names that hold rows to learn from, and what stands beside these. */
  readonly learned: ReadonlySet<string>;
  readonly edits: readonly Edit[];
}

type Pair = readonly [learned: string, tested: string | null];

type Span = Pick<Place, "cell" | "from" | "to">;

/** What stands in the way of the names holding at every place what they held above, where they are cut. */
function changeOf(
  facts: NotebookFacts,
  pairs: readonly Pair[],
  places: readonly Span[],
  above: FlowStatement,
): Obstacle | null {
  const flow = facts.flow();
  const ends = places.map(({ cell, from }) =>
    flow.findIndex((one) => one.cell === cell && one.from <= from && one.to > from),
  );
  const names = pairs.flat().flatMap((name) => name ?? []);
  return changeBetween(facts, names, flow.indexOf(above) - 1, Math.max(...ends) + 1);
}

/** What else stands beside the rows, a value each. */
function besideOf(
  facts: NotebookFacts,
  { targets }: Split,
  pairs: readonly Pair[],
  places: readonly Span[],
): readonly Pair[] | null {
  const parts = targets ?? [];
  const beside: Pair[] = [];
  const all = () => [...pairs, ...beside];
  const isCut = (name: string) => all().flat().includes(name);
  const calls = places.flatMap((place) => callsIn(facts, place));
  const said = new Set(calls.flatMap(({ at }) => namesOf(facts.textOf(at))));
  for (const name of said) {
    const at = parts.indexOf(name);
    const [train, test] = [parts[at - (at % 2)], parts[at - (at % 2) + 1]];
    if (at >= 0 && !isCut(name) && train !== undefined && test !== undefined) beside.push([train, test]);
  }
  for (const { args } of calls) {
    const own = args.filter(({ value }) => value.op !== "call");
    const met = own.flatMap(({ value }) => namesOf(facts.textOf(value.at)));
    const isLearning = all().some(([learned]) => met.includes(learned));
    if (!isLearning && !met.some(isCut)) continue;
    for (const [at, { name, value, spread }] of args.entries()) {
      if (spread !== null || (name !== null && ofGroups.test(name))) return null;
      const isOfRows = name === null ? at > 1 && value.op === "name" : ofRows.test(name);
      if (!isOfRows) continue;
      // Whatever a model takes as weights of the rows that it learns from has as many values.
      if (isLearning && value.op === "name" && name !== null && !/eval/.test(name) && !isCut(value.name))
        beside.push([value.name, null]);
      if (!namesOf(facts.textOf(value.at)).every((one) => isCut(one) || isLibrary(facts, one))) return null;
    }
  }
  return beside;
}

/** Arguments that hold a value for each row. */
const ofRows =
  /^(\w+__)?(eval_)?(sample_weights?|weights?|init_score|base_margin|baseline|sample_weight_eval_set|base_margin_eval_set|label_lower_bound|label_upper_bound)$/;
/** Arguments that say which rows belong together: a cut would part them. */
const ofGroups = /^(\w+__)?(eval_)?(groups?|qid|group_id|group_weight|subgroup_id|pairs)$/;

function isLibrary(facts: NotebookFacts, name: string): boolean {
  return [...facts.imports.values()].includes(name);
}

function namesOf(text: string): string[] {
  return (
    text.replace(/"[^"]*"|'[^']*'|#[^\n]*/g, '""').match(/(?<![.\w])[A-Za-z_]\w*(?!\w|\s*\(|\s*=(?!=))/g) ??
    []
  ).filter((name) => !words.has(name));
}

const words: ReadonlySet<string> = new Set("None True False for in if else and or not is lambda".split(" "));

type Call = { readonly at: Place; readonly args: readonly Argument[] };

/** The calls that stand inside a place of a cell. */
function callsIn(facts: NotebookFacts, { cell, from, to }: Pick<Place, "cell" | "from" | "to">): Call[] {
  const calls: Call[] = [];
  const search = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) search(one);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Partial<Expression | Statement>;
    if (node.at && (node.at.from >= to || node.at.to <= from)) return;
    if (node.op === "call" && node.at && node.at.from >= from && node.at.to <= to) calls.push(node as Call);
    for (const [key, inside] of Object.entries(value)) if (key !== "at") search(inside);
  };
  search(facts.statementsOf(cell));
  return calls;
}
