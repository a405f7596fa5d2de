import { lineMagic } from "../../../notebook/magics/line-magics.ts";
import type { Node } from "../../../notebook/python.ts";
import { signatureOf } from "../constructors/signatures.ts";
import { folderOf, joinPaths, normalPath } from "../values/path-text.ts";
import { durationCall } from "../values/timedelta.ts";
import { type Arguments, allOf, type Dynamic, dynamic, type Value } from "../values/value.ts";
import { argumentsOf } from "./arguments-of.ts";
import { attributeOf } from "./attribute.ts";
import { builtin } from "./builtin.ts";
import { changing } from "./change.ts";
import { calledBack, letEscape } from "./escape.ts";
import { instance } from "./instance.ts";
import { method } from "./method.ts";
import type { Scope } from "./scope.ts";
import { everythingBy, isTame } from "./tame.ts";

/** What a call answers: of a duration's maker, a path's, a class, a function whose text is here, a method of known text. */
export function call(node: Node, scope: Scope): Value {
  const callee = node.childForFieldName("function");
  if (callee?.type === "attribute") return methodCall(node, callee, scope);
  const made = scope.evaluate(callee);
  return apply(made, node, argumentsOf(node, scope), scope);
}

function methodCall(node: Node, callee: Node, scope: Scope): Value {
  const holder = callee.childForFieldName("object");
  const object = scope.evaluate(holder);
  const name = callee.childForFieldName("attribute")?.text ?? "";
  const given = argumentsOf(node, scope);
  if (object.kind === "module" || object.kind === "imported" || object.kind === "namespace") {
    const member = attributeOf(object, name, scope, scope.place(callee));
    if (
      member.kind === "imported" &&
      (member.name === "sys.path.append" || member.name === "sys.path.insert")
    ) {
      const folder = given.positional.at(-1)?.value;
      scope.addImportFolder(folder?.kind === "text" ? folder.text : null, member.name === "sys.path.insert");
      return { kind: "none" };
    }
    if (
      object.kind !== "namespace" ||
      object.made !== "object" ||
      member.kind !== "function" ||
      member.unbound
    )
      return apply(member, node, given, scope);
    const self = { value: object, place: scope.place(callee) };
    return apply(member, node, { ...given, positional: [self, ...given.positional] }, scope);
  }
  if (object.kind === "dynamic" && object.reach === "everything")
    return everythingMethod(object, name, given, node, scope);
  const changed = changing(object, holder, name, given, node, scope);
  if (changed) return changed;
  const own = object.kind === "training-set" ? attributeOf(object, name, scope, scope.place(callee)) : null;
  if (own?.kind === "function") return own.call(given, scope.place(node));
  if (object.kind === "unbound") return apply(attributeOfUnbound(object, name), node, given, scope);
  if (object.kind === "dynamic") return unreadMethod(object, name, given, node, scope);
  const answer = method(object, name, given);
  if (answer.kind !== "dynamic") return answer;
  return dynamic(answer.why, object, ...allOf(given), ...calledBack(allOf(given), scope.place(node), scope));
}

/** A method of a builtin class may do with an object what it likes (`object.__setattr__(view, …)`). */
function attributeOfUnbound(object: Extract<Value, { kind: "unbound" }>, name: string): Value {
  return { kind: "unbound", name: `${object.name}.${name}` };
}

/** A method of an object whose class was not read: of a library known to change nothing it is given, or of anyone. */
function unreadMethod(object: Dynamic, name: string, given: Arguments, node: Node, scope: Scope): Value {
  const all = allOf(given);
  if (object.tame)
    return dynamic(object.why, object, ...all, ...calledBack([object, ...all], scope.place(node), scope));
  const behind = object.reach === undefined || object.reach === "everything" ? [] : object.reach;
  const ways = behind.filter((each) => each.kind === "function" || each.kind === "namespace");
  letEscape(all, scope.place(node), `.${name}(…) was not read and is given it`, scope);
  return dynamic(object.why, object, ...calledBack([...ways, ...all], scope.place(node), scope, []));
}

/** A method of what holds every name, or of the shell: some only ask. */
function everythingMethod(object: Value, name: string, given: Arguments, node: Node, scope: Scope): Value {
  const [first] = given.positional.map(({ value }) => value);
  const asks = /^(get|keys|values|items|copy|__contains__|__getitem__|system|getoutput|show_usage|ask_exit)$/;
  const magic = name === "run_line_magic" || name === "magic" ? first : null;
  const word = magic?.kind === "text" ? (magic.text.replace(/^%/, "").split(/\s/)[0] ?? "") : null;
  if (!asks.test(name) && !(word !== null && lineMagic(word).does === "nothing"))
    scope.loseEverything(scope.place(node), `.${name}(…) may change it`);
  return object;
}

function apply(callee: Value, node: Node, given: Arguments, scope: Scope): Value {
  switch (callee.kind) {
    case "unbound":
      return builtin(callee.name, given, scope, node);
    case "function":
      return callee.call(given, scope.place(node));
    case "namespace":
      return instance(callee, given, scope, scope.place(node));
    case "imported":
      return (
        durationCall(callee.name, given) ??
        folderCall(callee.name, given, node, scope) ??
        pathCall(callee.name, given) ??
        partial(callee.name, given, scope, node) ??
        importCall(callee.name, given, scope) ??
        unreadCall(callee, scope.construct(callee.name, node, given), given, node, scope)
      );
    case "dynamic":
      return replacedClass(callee, node, given, scope) ?? unreadCall(callee, callee, given, node, scope);
    default:
      return dynamic("a function's result is known when the code runs", callee, ...allOf(given));
  }
}

/** A call of what was not read: what it is given reaches code that nobody followed, unless that is known to change nothing. */
function unreadCall(callee: Value, answer: Value, given: Arguments, node: Node, scope: Scope): Value {
  if (answer.kind !== "dynamic") return answer;
  if (callee.kind === "imported" && everythingBy.has(callee.name)) return { ...answer, reach: "everything" };
  const all = allOf(given);
  if (isTame(callee))
    return {
      ...dynamic(answer.why, answer, ...all, ...calledBack(all, scope.place(node), scope)),
      tame: true,
    };
  const name = node.childForFieldName("function")?.text ?? "it";
  const said = name.length <= 40 && !name.includes("\n") ? name : "a function";
  letEscape(
    [callee, ...all].filter((each) => each !== callee || callee.kind === "dynamic"),
    scope.place(node),
    `${said}(…) was not read and is given it`,
    scope,
  );
  return answer;
}

/** What a class's name makes that may no longer be that class: read as if it were, and doubted. */
function replacedClass({ why }: Dynamic, node: Node, given: Arguments, scope: Scope): Value | null {
  const className = /\w+$/.exec(node.childForFieldName("function")?.text ?? "")?.[0] ?? "";
  const makes = signatureOf(className)?.makes;
  if (!makes || !["entity", "source", "view", "training-set"].includes(makes)) return null;
  return scope.perhaps(why, () => scope.construct(`lookback.${className}`, node, given)) ?? null;
}

function importCall(name: string, given: Arguments, scope: Scope): Value | null {
  const [module] = given.positional;
  if (name !== "importlib.import_module") return null;
  if (module?.value.kind !== "text")
    return { kind: "dynamic", why: "which module it is is known when the code runs", reach: "everything" };
  return scope.moduleNamed(module.value.text) ?? { kind: "imported", name: module.value.text };
}

/** `functools.partial(made, **some)`: a function that gives the rest. */
function partial(name: string, given: Arguments, scope: Scope, node: Node): Value | null {
  if (name !== "functools.partial") return null;
  const [made, ...first] = given.positional;
  if (!made || given.incomplete !== null)
    return dynamic("what it calls is known when the code runs", ...allOf(given));
  return {
    kind: "function",
    name: "partial",
    mayRun: (more) =>
      made.value.kind === "function"
        ? made.value.mayRun([...allOf(given), ...more])
        : [...allOf(given), ...more],
    call: (rest) =>
      apply(
        made.value,
        node,
        {
          positional: [...first, ...rest.positional],
          keywords: new Map([...given.keywords, ...rest.keywords]),
          incomplete: rest.incomplete,
        },
        scope,
      ),
  };
}

function folderCall(name: string, given: Arguments, node: Node, scope: Scope): Value | null {
  switch (name) {
    case "os.chdir": {
      const [first] = given.positional;
      const path = first?.value.kind === "text" && given.incomplete === null ? first.value.text : null;
      scope.changeFolder(path, scope.place(node));
      return { kind: "none" };
    }
    case "os.fchdir":
    case "contextlib.chdir":
      scope.changeFolder(null, scope.place(node));
      return null;
    case "pathlib.Path.cwd":
    case "os.getcwd": {
      const folder = scope.workingFolder();
      return folder === null ? dynamic("the working folder was changed") : { kind: "text", text: folder };
    }
    default:
      return null;
  }
}

function pathCall(name: string, { positional, incomplete }: Arguments): Value | null {
  const parts = positional.map((each) => each.value);
  const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  const whole = texts.length === parts.length && incomplete === null;
  switch (name) {
    case "pathlib.Path":
    case "pathlib.PurePath":
    case "pathlib.PosixPath":
    case "os.path.join":
      if (!whole)
        return (
          parts.find((part) => part.kind === "dynamic") ??
          dynamic("a part of the path is known when the code runs")
        );
      return { kind: "text", text: texts.reduce(joinPaths, ".") };
    case "os.path.dirname":
      return whole && texts[0] !== undefined ? { kind: "text", text: folderOf(texts[0]) } : null;
    case "os.path.abspath":
    case "os.path.realpath":
    case "os.path.normpath":
    case "os.fspath":
      return whole && texts[0] !== undefined ? { kind: "text", text: normalPath(texts[0]) } : null;
    case "os.path.basename":
      return whole && texts[0] !== undefined
        ? { kind: "text", text: texts[0].slice(texts[0].lastIndexOf("/") + 1) }
        : null;
    default:
      return null;
  }
}
