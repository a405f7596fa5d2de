import { isLibrary } from "../api/libraries.ts";
import type { Expression, Statement } from "../ir.ts";
import { callThing, tableOf } from "./calls.ts";
import { columnOf, isOfNames } from "./column-of.ts";
import { callImplicit, codeOf, isRemembering, makeClass } from "./definitions.ts";
import { give, gone, type Here, type Run } from "./run.ts";
import { type Code, keepsObjects, only, plainValue, type Thing, type Things, thing } from "./thing.ts";

export function runAll(statements: readonly Statement[], here: Here): void {
  for (const one of statements) runOne(one, here);
}

function runOne(one: Statement, here: Here): void {
  const { run } = here;
  const maybe = { ...here, isMaybe: true };
  switch (one.op) {
    case "assign": {
      const value = run.evaluate(one.value, here);
      for (const target of one.targets) assign(target, value, one.value, here);
      return;
    }
    case "augment": {
      const value = run.reachable(run.evaluate(one.value, here));
      if (one.target.op !== "name") {
        changePart(one.target, here, value);
        return;
      }
      const before = run.evaluate(one.target, here);
      for (const each of before) {
        run.change(each);
        if (keepsObjects(each)) run.hold(each, value);
      }
      give(one.target.name, new Set([...before, run.make(one, "library")]), here);
      return;
    }
    case "do":
      run.evaluate(one.value, here);
      return;
    case "branch":
      for (const test of one.tests) run.evaluate(test, here);
      for (const arm of one.arms) runAll(arm, maybe);
      return;
    case "loop": {
      const source = gone(run.evaluate(one.source, here), run);
      // What a turn leaves behind is met by the next one.
      for (let turn = 0, known = -1; known !== run.knownIn(here.scope) && !run.isAnything; turn++) {
        known = run.knownIn(here.scope);
        if (one.target) assign(one.target, source, null, maybe);
        runAll(one.body, maybe);
        if (turn >= mostTurns) run.isAnything = true;
      }
      return;
    }
    case "block":
      runAll(one.body, maybe);
      return;
    case "function":
      define(
        one.name,
        thing("function", [], {
          code: codeOf(one.params, one.body, here, whoseOf(one)),
          isRemembering: one.decorators.some(isRemembering),
        }),
        one,
        here,
      );
      return;
    case "class":
      define(one.name, makeClass(one, here), one, here);
      return;
    case "return":
      if (one.value) for (const each of run.evaluate(one.value, here)) here.answers.add(each);
      return;
    case "import":
      importNames(one, here);
      return;
    case "forget":
      for (const target of one.targets) forget(target, here);
      return;
    case "global":
    case "nonlocal":
      for (const name of one.names) here.scope.lend(name, one.op === "global");
      return;
  }
}

/** Names that a loop hands on to each other, one a turn. */
const mostTurns = 9;

type Definition = Extract<Statement, { op: "function" | "class" }>;

function whoseOf({ decorators }: Definition): Code["isOf"] {
  const has = (name: string) => decorators.some((one) => one.op === "name" && one.name === name);
  if (has("staticmethod")) return "nothing";
  return has("classmethod") ? "class" : "object";
}

/** A definition, or what its decorators make of it: calling that may still run what was defined. */
function define(name: string, made: Thing, { decorators }: Definition, here: Here): void {
  const { run } = here;
  let all: Things = only(made);
  for (const one of [...decorators].reverse()) {
    const by = run.evaluate(one, here);
    if (run.isStrict && one.op !== "name") register(all, by, run);
    if ([...by].every(({ kind }) => kind === "path" || kind === "library")) continue;
    const asked = {
      at: one,
      column: null,
      run,
      args: [],
      given: [{ name: null, isSpread: false, things: all }],
    };
    all = new Set([...all, ...[...by].flatMap((each) => [...callThing(each, asked)])]);
  }
  give(name, all, here);
}

/** `@app.get("/")`: what stands before the dot may keep what is defined. */
function register(made: Things, by: Things, run: Run): void {
  for (const one of run.reachable(by)) {
    run.change(one);
    if (one.kind !== "path") run.hold(one, made);
  }
}

function importNames(one: Extract<Statement, { op: "import" }>, here: Here): void {
  const isRead = isLibrary(one.module.split(".")[0] ?? "");
  if (one.isStar) {
    if (isRead) here.run.stars.paths.push(one.module);
    else here.run.stars.isUnread = true;
  }
  for (const { name, path } of one.bindings) {
    const made = isRead ? here.run.path(path) : here.run.unreadModule();
    give(name, only(made), here);
  }
}

function forget(target: Expression, here: Here): void {
  if (target.op === "name") give(target.name, new Set(), here);
  else if (target.op === "tuple" || target.op === "list") for (const one of target.items) forget(one, here);
  else changePart(target, here, new Set());
}

/** `said` is what the value is written as, where that is written out. */
export function assign(target: Expression, value: Things, said: Expression | null, here: Here): void {
  const { run } = here;
  switch (target.op) {
    case "name":
      give(target.name, value, here);
      return;
    case "tuple":
    case "list": {
      const items = said?.op === "tuple" || said?.op === "list" ? said.items : [];
      const isTold = items.length === target.items.length && ![...items, ...target.items].some(isSpread);
      const values = isTold ? items.map((one) => run.evaluate(one, here)) : [];
      const parts = run.reachable(value);
      for (const [at, one] of target.items.entries())
        assign(one, values[at] ?? parts, items[at] ?? null, here);
      return;
    }
    case "unary":
      assign(target.of, only(run.make(target, "plain", run.reachable(value))), null, here);
      return;
    default:
      changePart(target, here, value);
  }
}

function isSpread(one: Expression): boolean {
  return one.op === "unary" && one.operator === "*";
}

/** `table["a"] = …`, `box.table = …`: what stands before the last part is changed, and may hold what it is given. */
function changePart(target: Expression, here: Here, value: Things): void {
  const { run } = here;
  if (target.op === "index") run.evaluate(target.index, here);
  const column = columnOf(target, here.scope);
  const changed = target.op === "attribute" || target.op === "index" ? target.of : target;
  for (const one of run.evaluate(changed, here)) {
    callImplicit(one, run, value);
    // What the columns of a view are called is its own.
    if (one.isView && isOfNames(target)) run.changed.set(one, null);
    else run.change(tableOf(one, column), column);
    if (!keepsObjects(one) && !(run.isStrict && takes(target, value))) continue;
    const held = target.op === "index" && target.index.op === "slice" ? run.reachable(value) : value;
    for (const each of run.isStrict && one.isView ? run.reachable([one]) : [one]) run.hold(each, held);
  }
}

/** Whether what a library has made keeps what it is given here, and no copy: an attribute, or a list in a column of objects. */
function takes(target: Expression, value: Things): boolean {
  return target.op === "attribute" || [...value].some((one) => one !== plainValue && keepsObjects(one));
}
