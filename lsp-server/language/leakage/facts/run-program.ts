import { placeWith, type Statement } from "../ir.ts";
import { seenAt } from "../modules/stand-in.ts";
import {
  cutShort,
  moreGaps,
  mostCalls,
  mostFollowed,
  mostGaps,
  mostNested,
  mostRounds,
  mostSteps,
  nestedTooDeep,
  notFollowed,
  stopped,
  wornOut,
} from "./bounds.ts";
import { passedAt } from "./calls/arguments.ts";
import { bindParameters } from "./calls/bind-parameters.ts";
import { broughtHere } from "./calls/brought-here.ts";
import { callAttribute, callReference } from "./calls/call.ts";
import { defineClass, defineFunction } from "./calls/define.ts";
import { fromOutside } from "./calls/from-outside.ts";
import { noteAnswers } from "./definitions/note-answers.ts";
import { bindTarget } from "./expressions/bind-target.ts";
import { forgetTarget } from "./expressions/forget-target.ts";
import { readOwnOperator } from "./expressions/own-operators.ts";
import { mostItems, readExpression } from "./expressions/read-expression.ts";
import { noteTurning, openArms } from "./expressions/truth.ts";
import { heldNames } from "./held-names.ts";
import { importNames } from "./import-names.ts";
import type { Facts, Program } from "./program.ts";
import { sayUnfollowed } from "./say-unfollowed.ts";
import { sayUngiven } from "./say-ungiven.ts";
import { noTrail, type Trail, type World } from "./trail.ts";
import type { Code } from "./values/code.ts";
import type { Data } from "./values/data.ts";
import { choosing, decidedBy, deciding, noteCompared } from "./values/decided.ts";
import { derived, elementsOf } from "./values/derive.ts";
import { inTurn, isElement } from "./values/elements.ts";
import { impliedBy, implying } from "./values/implied.ts";
import { joinValues } from "./values/join-values.ts";
import { scalar, someObject, unknown } from "./values/kinds.ts";
import type { Reference } from "./values/reference.ts";
import { brief } from "./values/rows.ts";
import { noTraits } from "./values/traits.ts";
import { anotherOf } from "./values/turns.ts";
import type { Passed } from "./values/value.ts";

/**
 * Runs a notebook's statements on facts instead of data, in the order given, and answers what happened to its rows.
 *
 * Bounded: at most 60,000 statements, 30,000 with calls of the notebook's own functions, 5 of them inside each other; beyond that a
 * call is taken to keep its arguments' rows and history, and a loop ends after two turns, or after one where it
 * stands in 5 others or one statement has been through it for 400. What was not followed stands among the gaps. Never throws on any notebook. It goes on from where `trail`
 * remembers an earlier run to have been the same.
 */
export function runProgram(
  cells: readonly (readonly Statement[])[],
  world: World,
  trail: Trail = noTrail,
): Facts {
  const begun = trail.begin(cells, world);
  const { store, facts, defined, invoked } = begun.memory;
  let held: ReadonlyMap<string, Data> | null = null;
  let returns: Reference[] = [];
  const calls: Code[] = [];
  // Whether the function that runs now has returned, and in how many of its loops it is.
  let isOver = false;
  let loops = 0;
  // How often one statement, of no loop and no function, went through the body of a loop or a function.
  let rounds = new Map<readonly Statement[], number>();

  const program: Program = {
    ...begun.memory,
    current: null,
    running: null,
    transforming: null,
    cell: null,
    site: "",
    turns: [],
    implied: noTraits,
    decided: new Map(),
    grown: new Map(),
    isDecided: false,
    isOpen: false,
    turnBegan: 0,
    sql: world.sql,
    modules: world.modules,
    textOf: world.textOf,
    isAnyones: world.isAnyones,
    schemaOf: begun.schemaOf,
    evaluate: (expression) => readExpression(program, expression),
    execute,
    invoke,
    call: (target, args, call) => callReference(program, target, args, call),
    callAttribute: (owner, name, args, call) => callAttribute(program, owner, name, args, call),
    note(place, said) {
      const at = seenAt(place);
      const gap = place.module ? { ...said, reason: `${place.module.where}: ${said.reason}` } : said;
      const key = `${gap.code}:${at.cell}:${at.from}:${gap.reason}`;
      if (facts.gaps.size >= mostGaps || facts.gaps.has(key)) return;
      facts.gaps.set(key, {
        ...(facts.gaps.size === mostGaps - 1 ? moreGaps : gap),
        cellId: at.cell,
        cellIndex: null,
        range: { start: at.start, end: at.end },
      });
    },
    callBack(callee, args, at) {
      const passed = args.map((value) => passedAt(program, store.allocate(value), at));
      const call = { op: "call", callee: { op: "constant", value: null, at }, args: [], at } as const;
      return store.read(callReference(program, callee, passed, call));
    },
  };

  for (const [index, cell] of cells.entries()) {
    if (index < begun.at) continue;
    trail.pass(index, program);
    const [first] = cell;
    if (program.steps > mostSteps && first)
      program.note(placeWith(first.at, { end: cell.at(-1)?.at.end ?? first.at.end }), stopped);
    program.cell = first?.at.cell ?? null;
    execute(cell);
  }
  program.cell = null;
  for (const { code, args } of fromOutside(program)) {
    rounds = new Map();
    invoke(code, args);
  }
  sayUnfollowed(program);
  sayUngiven(program);
  return { ...facts, heldNames: () => (held ??= heldNames(store, cells)) };

  function invoke(code: Code, args: readonly Passed[]): Reference {
    const isWorn = countRound(code.body) > mostFollowed;
    const isAgain = isRunning(code);
    // What a call of itself does is nothing new, unless the outer call had not come that way.
    const isNew = isAgain && program.isDecided && !program.isOpen;
    if (isWorn || calls.length >= mostCalls || program.steps > mostSteps / 2 || (isAgain && !isNew)) {
      if (code.body.length > 0 || code.answer) {
        sayNotFollowed(code, args);
        return store.allocate(
          derived(
            program,
            args.map((arg) => arg.value),
          ),
        );
      }
    }
    const outer = { returns, isOver, loops };
    const { isOpen } = program;
    program.isOpen ||= isNew;
    program.isDecided &&= calls.length > 0;
    returns = [];
    isOver = false;
    loops = 0;
    let answer: Reference | null = null;
    calls.push(code);
    invoked.add(code.body);
    const { site } = program;
    const [given] = args;
    if (given) program.site = brief(`${site}@${given.expression.at.cell}:${given.expression.at.from}`);
    const { running, transforming } = program;
    program.running = code;
    const here = broughtHere(program, code);
    const own = facts.transformations.get(code.body);
    program.transforming = own ?? transforming;
    store.inScope(() => {
      bindParameters(program, here, args);
      if (here.answer) answer = program.evaluate(here.answer);
      else execute(here.body);
    }, code.closure);
    program.running = running;
    program.transforming = transforming;
    if (own) noteAnswers(program, own, returns);
    calls.pop();
    program.site = site;
    const [first, ...others] = returns;
    const isEnded = isOver;
    ({ returns, isOver, loops } = outer);
    program.isOpen = isOpen;
    if (answer !== null) return answer;
    if (first === undefined) return store.allocate(scalar(null));
    // Who comes to the end of a function without a word is answered `None`.
    if (!isEnded) store.write(first, { ...store.read(first), isOptional: true });
    if (others.length === 0) return first;
    return store.allocate(
      others.reduce((joined, other) => joinValues(joined, store.read(other)), store.read(first)),
    );
  }

  /** One body may run inside itself and mean another function: what a decorator makes of each. */
  function isRunning({ body, answer, closure }: Code): boolean {
    return calls.some((one) => one.body === body && one.answer === answer && one.closure === closure);
  }

  function execute(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (isOver) return;
      if (calls.length === 0 && program.turns.length === 0) rounds = new Map();
      if (++program.steps > mostSteps) {
        const last = statements.at(-1)?.at ?? statement.at;
        program.note(placeWith(statement.at, { end: last.end, to: last.to }), stopped);
        return;
      }
      const outer = program.current;
      program.current = { at: statement.at, targets: statement.op === "assign" ? statement.targets : [] };
      step(statement);
      program.current = outer;
    }
  }

  function step(statement: Statement): void {
    switch (statement.op) {
      case "assign": {
        const reference = program.evaluate(statement.value);
        if (loops > 0) noteTurning(program, reference);
        // Two names of a number are two numbers; two names of a frame are one frame.
        for (const target of statement.targets) bindTarget(program, target, decidedBy(program, reference));
        return;
      }
      case "augment": {
        const before = program.evaluate(statement.target);
        const added = program.evaluate(statement.value);
        const own = readOwnOperator(program, statement.operator, before, added, statement.at, true);
        if (own !== null) {
          bindTarget(program, statement.target, own);
          return;
        }
        const [a, b] = [store.read(before), store.read(added)];
        if (a.items && b.items) {
          store.write(before, { ...a, items: [...a.items, ...b.items].slice(0, mostItems) });
          return;
        }
        bindTarget(
          program,
          statement.target,
          store.allocate({ ...derived(program, [a, b]), column: a.column }),
        );
        return;
      }
      case "do":
        program.evaluate(statement.value);
        return;
      case "block":
        execute(statement.body);
        isOver = false; // Whether a `try` came that far is not known.
        return;
      case "branch":
        branch(statement);
        return;
      case "loop":
        loop(statement);
        return;
      case "function":
        define(defineFunction(program, statement));
        return;
      case "class": {
        const methods = defineClass(program, statement);
        const self = store.allocate(someObject);
        for (const method of methods) define(method.access === "static" ? method : { ...method, self });
        return;
      }
      case "return":
        if (statement.value) returns.push(program.evaluate(statement.value));
        isOver = calls.length > 0 && !statement.goesOn;
        return;
      case "import":
        importNames(program, statement);
        return;
      case "forget":
        for (const target of statement.targets) forgetTarget(program, target);
        return;
      case "global":
        for (const name of statement.names) store.declareGlobal(name);
        return;
      case "nonlocal":
        for (const name of statement.names) store.declareNonlocal(name);
    }
  }

  function branch(statement: Extract<Statement, { op: "branch" }>): void {
    const { tests, arms } = openArms(program, statement);
    const [only, ...others] = arms;
    if (only && others.length === 0) {
      execute(only);
      return;
    }
    if (arms.some((arm) => arm.some(({ op }) => op === "assign"))) noteCompared(program, tests);
    const ends: boolean[] = [];
    const runs = arms.map((arm) => () => {
      isOver = false;
      execute(arm);
      ends.push(isOver);
    });
    implying(program, impliedBy(program, tests), () =>
      deciding(program, choosing(program, tests), () => store.branch(runs)),
    );
    isOver = ends.length > 0 && ends.every(Boolean);
  }

  /** What a module defines and the notebook does not call is of no account here. */
  function define(code: Code): void {
    if (!code.body[0]?.at.module) defined.push(code);
  }

  function loop(statement: Extract<Statement, { op: "loop" }>): void {
    const source = store.read(program.evaluate(statement.source));
    const { target } = statement;
    const elements = target ? elementsOf(program, source) : [];
    const isAll = target !== null && source.items !== null && source.kind !== "folds";
    const [only] = elements;
    // One row, or a list of one, that stands for all of a table's.
    const isOfRows = elements.length === 1 && only !== undefined && isElement(program, store.read(only));
    const met = !target
      ? [null, null]
      : isAll && !isOfRows
        ? elements
        : [...elements, ...elements].slice(0, 2);
    let followed = 0;
    for (const [turn, element] of met.entries()) {
      // What comes after loops that hold loops is worth more than their last turns.
      if (turn >= 2 && program.steps > mostSteps / 2) break;
      if (turn >= 1 && isWornOut(statement)) return;
      followed++;
      if (target && element)
        bindTarget(
          program,
          target,
          isOfRows
            ? store.allocate(inTurn(program, store.read(element), turn))
            : turn < elements.length
              ? element
              : anotherOf(program, element),
        );
      executeTurn(statement, turn);
      if (program.steps > mostSteps) return;
    }
    const turns = source.items?.length ?? 0;
    if (isAll && turns > followed) program.note(statement.source.at, cutShort(followed, turns));
  }

  /** Each loop inside another doubles the turns, or worse: one that is met too often is followed for one turn a time. */
  function isWornOut(statement: Extract<Statement, { op: "loop" }>): boolean {
    const why =
      program.turns.length >= mostNested
        ? nestedTooDeep
        : (rounds.get(statement.body) ?? 0) >= mostRounds
          ? wornOut
          : null;
    if (why) program.note(statement.source.at, why);
    return why !== null;
  }

  function executeTurn(statement: Extract<Statement, { op: "loop" }>, turn: number): void {
    const { at, body } = statement;
    const { turns } = program;
    countRound(body);
    // A loop that runs again, as its cell or its function does, has turns of its own.
    if (turns.length === 0) {
      program.turnBegan = store.allocate(unknown);
      program.grown = new Map();
    }
    program.turns = [...turns, `${at.cell}:${at.from}#${turn}`];
    loops++;
    execute(body);
    loops--;
    // Whether there is such a turn is not known.
    isOver = false;
    program.turns = turns;
  }

  function countRound(body: readonly Statement[]): number {
    const count = (rounds.get(body) ?? 0) + 1;
    rounds.set(body, count);
    return count;
  }

  /** A call of itself is nothing new; one that is too deep or too late is. */
  function sayNotFollowed(code: Code, args: readonly Passed[]): void {
    if (isRunning(code)) return;
    const at = program.current?.at ?? args[0]?.expression.at;
    if (!at) return;
    const what = `The call of \`${code.name}\` here was not followed`;
    const why =
      calls.length >= mostCalls
        ? `it is more than ${mostCalls} calls deep.`
        : (rounds.get(code.body) ?? 0) > mostFollowed
          ? `this statement had called it ${mostFollowed} times before.`
          : null;
    program.note(at, why === null ? notFollowed(what) : { ...notFollowed(what), reason: `${what}: ${why}` });
  }
}
