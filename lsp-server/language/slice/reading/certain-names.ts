import { partsOf } from "../../leakage/inside.ts";
import type { Expression, Statement } from "../../leakage/ir.ts";

/** Which names a cell gives whatever happens in it, and where it reads them after that. */
export interface Certain {
  /** For each of its outermost statements: the names given for certain once it has run. */
  readonly givenAfter: readonly ReadonlySet<string>[];
  /** Places where a name is read that the cell itself has given: what it was before does not matter. */
  readonly ownReads: WeakSet<Expression>;
}

export function certainNames(statements: readonly Statement[]): Certain {
  const ownReads = new WeakSet<Expression>();
  let given: ReadonlySet<string> = new Set();
  const givenAfter = statements.map((one) => {
    given = after(one, given, ownReads);
    return given;
  });
  return { givenAfter, ownReads };
}

type Names = ReadonlySet<string>;

/** Notes what a statement reads of names that are given, and answers the names given after it. */
function after(one: Statement, given: Names, own: WeakSet<Expression>): Names {
  const see = (...parts: readonly (Expression | null)[]) => {
    for (const part of parts) if (part) note(part, given, own);
  };
  switch (one.op) {
    case "assign":
      see(one.value, ...one.targets);
      return and(given, one.targets.flatMap(namesOf));
    case "augment":
      see(one.value, one.target);
      return and(given, namesOf(one.target));
    case "loop":
      see(one.source);
      allAfter(one.body, and(given, one.target ? namesOf(one.target) : []), own);
      return given;
    case "branch": {
      see(...one.tests);
      const arms = one.arms.map((arm) => allAfter(arm, given, own));
      const [first, ...others] = arms;
      return new Set([...(first ?? given)].filter((name) => others.every((arm) => arm.has(name))));
    }
    case "block":
      allAfter(one.body, given, own);
      return given;
    case "function":
      see(...one.decorators, ...one.params.map(({ otherwise }) => otherwise));
      return and(given, [one.name]);
    case "class":
      see(...one.decorators, ...one.bases);
      return and(given, [one.name]);
    case "import":
      return and(
        given,
        one.bindings.map(({ name }) => name),
      );
    case "do":
    case "return":
      see(one.value);
      return given;
    case "forget":
      see(...one.targets);
      return new Set([...given].filter((name) => !one.targets.flatMap(namesOf).includes(name)));
    default:
      return given;
  }
}

function allAfter(statements: readonly Statement[], given: Names, own: WeakSet<Expression>): Names {
  return statements.reduce((names, one) => after(one, names, own), given);
}

function and(given: Names, names: readonly string[]): Names {
  return names.length === 0 ? given : new Set([...given, ...names]);
}

function namesOf(target: Expression): string[] {
  if (target.op === "name") return [target.name];
  if (target.op === "tuple" || target.op === "list") return target.items.flatMap(namesOf);
  return target.op === "unary" && target.operator === "*" ? namesOf(target.of) : [];
}

/** What a function reads it reads when it is called. */
function note(part: Expression, given: Names, own: WeakSet<Expression>): void {
  if (part.op === "name" && given.has(part.name)) own.add(part);
  if (part.op === "lambda") {
    for (const { otherwise } of part.params) if (otherwise) note(otherwise, given, own);
    return;
  }
  for (const inner of partsOf(part)) note(inner as Expression, given, own);
}
