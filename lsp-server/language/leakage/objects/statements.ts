import { isLibrary } from "../api/libraries.ts";
import type { Expression, Statement } from "../ir.ts";
import { columnOf } from "./column-of.ts";
import { codeOf, makeClass } from "./definitions.ts";
import { give, type Here } from "./run.ts";
import { elementsOf, hold, keepsObjects, only, type Thing, type Things, thing } from "./thing.ts";

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
      const value = run.evaluate(one.value, here);
      for (const each of run.evaluate(one.target, here)) {
        run.change(each);
        if (keepsObjects(each)) hold(each, elementsOf(value));
      }
      if (one.target.op === "name") give(one.target.name, only(run.make(one, "library")), maybe);
      else changePart(one.target, here, value);
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
      const source = elementsOf(run.evaluate(one.source, here));
      // What a turn leaves behind is met by the next one.
      for (let turn = 0; turn < 2; turn++) {
        if (one.target) assign(one.target, source, null, maybe);
        runAll(one.body, maybe);
      }
      return;
    }
    case "block":
      runAll(one.body, maybe);
      return;
    case "function": {
      const code = codeOf(one.params, one.body, here.scope, one.decorators.some(isStatic));
      define(one.name, thing("function", [], { code }), one.decorators, here);
      return;
    }
    case "class":
      define(one.name, makeClass(one, here), one.decorators, here);
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

function isStatic(one: Expression): boolean {
  return one.op === "name" && one.name === "staticmethod";
}

/** What a decorator makes of a definition may do whatever the decorator's own code does. */
function define(name: string, made: Thing, decorators: readonly Expression[], here: Here): void {
  const { run } = here;
  const wrapped = decorators.flatMap((one) => [...run.evaluate(one, here)]);
  const isKnown = wrapped.every(({ kind }) => kind === "path" || kind === "library");
  const wrapper = thing("unread", [made, ...wrapped], { isUnreadCode: true });
  give(name, isKnown ? only(made) : new Set([made, wrapper]), here);
}

function importNames(one: Extract<Statement, { op: "import" }>, here: Here): void {
  const isRead = isLibrary(one.module.split(".")[0] ?? "");
  if (one.isStar) {
    if (isRead) here.run.stars.paths.push(one.module);
    else here.run.stars.isUnread = true;
  }
  for (const { name, path } of one.bindings) {
    const made = isRead ? here.run.path(path) : thing("unread", [], { isUnreadCode: true });
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
      for (const [at, one] of target.items.entries())
        assign(one, values[at] ?? elementsOf(value), items[at] ?? null, here);
      return;
    }
    case "unary":
      assign(target.of, only(run.make(target, "plain", value)), null, here);
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
  const column = columnOf(target);
  const changed = target.op === "attribute" || target.op === "index" ? target.of : target;
  for (const one of run.evaluate(changed, here)) {
    run.change(one, column);
    // An array shows what it was made of; its names are its own.
    if (one.kind === "library" && target.op === "index") run.changeAll(one.holds);
    if (keepsObjects(one)) hold(one, value);
  }
}
