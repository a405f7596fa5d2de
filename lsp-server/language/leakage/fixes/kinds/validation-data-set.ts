import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { giversIn, outermost } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { replaceNames } from "../replace-names.ts";
import { partAgain } from "../training-rows/part-again.ts";

/** `lgb.train(params, train_set, valid_sets=[test_set])`: the set that says when to stop is made of validation rows, split from the training rows. */
export const validationDataSet: FixKind = {
  id: "validation-data-set",
  rules: ["early-stop-on-test"],
  plan({ evaluations: [first] = [], isStopped = false }, facts) {
    const fit = isStopped && first ? outermost(facts, first.fit.at) : null;
    if (!first || !fit || /^(async\s+)?(def|class|for|while)\b|^@/.test(fit.text)) return [];
    const sets = [...fit.needs].flatMap((name) => dataSet(facts, name, fit) ?? []);
    const learned = sets.find(({ name }) => name === facts.textOf(first.fit.inputs.at));
    const split = [...facts.splits.values()].find(
      ({ label, targets }) =>
        label === "train_test_split" && targets?.[0] === learned?.rows && targets?.[2] === learned?.labels,
    );
    const [train, test, trainLabels, testLabels] = split?.targets ?? [];
    const watched = sets.find(({ rows, labels }) => rows === test && labels === testLabels);
    if (!learned) return [];
    if (!split || !watched || !train || !test || !trainLabels || !testLabels)
      return new Obstacle(
        "the set that says when to stop is not made of both test parts of a `train_test_split`",
      );
    // Answers for either would be answers for fewer rows, or for validation rows.
    const given = giversIn(facts, null);
    const isUsed = (one: FlowStatement) =>
      one !== fit &&
      [learned, watched].some(
        ({ name, statement }) => one !== watched.statement && given.get(one)?.get(name) === statement,
      );
    const flow = facts.flow();
    const user = flow.find(isUsed);
    if (user)
      return new Obstacle(
        `${quoted(user.text)} asks the same sets, and would get fewer rows: give the call sets of its own`,
      );
    const sources = [learned.statement, watched.statement];
    const [above] = sources.toSorted((a, b) => flow.indexOf(a) - flow.indexOf(b));
    const pairs = [[train, test] as const, [trainLabels, testLabels] as const];
    const parted = above && partAgain(facts, split, pairs, sources, above);
    if (!parted) return [];
    if (parted instanceof Obstacle) return parted;
    return [
      {
        title: "Stop by validation rows, split from the training rows",
        kind: "suggestion",
        edits: [...parted.edits, ...sources.flatMap((one) => replaceNames(facts, one, parted.names))],
      },
    ];
  },
};

interface DataSet {
  readonly name: string;
  readonly statement: FlowStatement;
  readonly rows: string;
  readonly labels: string;
}

/** What a name holds before a statement, where it is a set of rows and their labels by name. */
function dataSet(facts: NotebookFacts, name: string, before: FlowStatement): DataSet | null {
  const flow = facts.flow();
  const statement = flow.slice(0, flow.indexOf(before)).findLast(({ binds }) => binds.has(name));
  const written = new RegExp(
    `^${name}\\s*=\\s*(?:\\w+\\.)?(?:Dataset|DMatrix|QuantileDMatrix|Pool)\\(\\s*(?:data\\s*=\\s*)?(\\w+)\\s*,\\s*(?:label\\s*=\\s*)?(\\w+)\\s*[,)]`,
  );
  const [, rows, labels] = written.exec(statement?.text ?? "") ?? [];
  return statement && rows !== undefined && labels !== undefined ? { name, statement, rows, labels } : null;
}
