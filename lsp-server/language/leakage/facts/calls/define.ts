import { handingOn } from "../../api/handing-on.ts";
import { callerEffect, classRole } from "../../api/known.ts";
import type { Expression, Parameter, Statement } from "../../ir.ts";
import { noteDecorated } from "../definitions/note-definition.ts";
import type { Program } from "../program.ts";
import type { Code } from "../values/code.ts";
import { ownCode, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { notFollowed } from "../values/unfollowed.ts";
import { passedAt } from "./arguments.ts";

type FunctionStatement = Extract<Statement, { op: "function" }>;
type ClassStatement = Extract<Statement, { op: "class" }>;

/** What nothing says about a piece of code. */
export const plainCode: Omit<Code, "name"> = {
  params: [],
  body: [],
  answer: null,
  methods: null,
  inherited: null,
  bases: [],
  self: null,
  access: "method",
  closure: null,
};

/** Binds a function's name to it, or to what its decorators make of it; answers the function itself. */
export function defineFunction(program: Program, statement: FunctionStatement): Code {
  const { store } = program;
  const code = codeOf(program, statement);
  const own = store.allocate(ownCode(code));
  store.bind(statement.name, decorated(program, statement.decorators, own));
  return code;
}

/** Binds a class's name to it, its bases' methods and attributes included; answers the methods it writes out itself. */
export function defineClass(program: Program, statement: ClassStatement): readonly Code[] {
  const { store } = program;
  const bases = statement.bases.map((base) => store.read(program.evaluate(base)));
  const inherited = new Map<string, Code>();
  const entries = new Map<string, Reference>();
  const params: Parameter[] = [];
  for (const { code, entries: attributes } of bases.toReversed()) {
    for (const [name, method] of code?.methods ?? []) inherited.set(name, method);
    for (const [name, attribute] of attributes ?? []) entries.set(name, attribute);
    params.push(...(code?.params ?? []));
  }
  const own = statement.body.flatMap((part) =>
    part.op === "function" ? [methodOf(program, part, inherited)] : [],
  );
  const fields = statement.fields.filter(({ name }) => !params.some((param) => param.name === name));
  const code: Code = {
    ...plainCode,
    name: statement.name,
    params: [...params, ...fields],
    methods: new Map([...inherited, ...own]),
    inherited,
    bases: [...namesOf(statement.bases), ...bases.flatMap((base) => base.code?.bases ?? [])],
  };
  store.inScope(() => {
    program.execute(statement.body.filter((part) => part.op !== "function"));
    for (const [name, reference] of store.locals()) entries.set(name, reference);
  }, store.around());
  const made = store.allocate({ ...ownCode(code), entries });
  store.bind(statement.name, decorated(program, statement.decorators, made));
  return own.map(([, method]) => method);
}

function codeOf(program: Program, statement: FunctionStatement): Code {
  return {
    ...plainCode,
    name: statement.name,
    params: statement.params,
    body: statement.body,
    closure: program.store.around(),
  };
}

function methodOf(
  program: Program,
  statement: FunctionStatement,
  inherited: ReadonlyMap<string, Code>,
): readonly [string, Code] {
  const { store } = program;
  const names = namesOf(statement.decorators);
  const others = statement.decorators.filter((_, at) => !ownDecorators.has(names[at] ?? ""));
  const plain = codeOf(program, statement);
  const answer =
    others.length === 0 ? null : store.read(decorated(program, others, store.allocate(ownCode(plain))));
  const access = names.includes("staticmethod")
    ? "static"
    : names.some((name) => name === "property" || name === "cached_property" || name === "getter")
      ? "property"
      : "method";
  const code: Code = {
    ...(answer?.code ?? (others.length === 0 ? plain : wrapped(plain))),
    inherited,
    access,
  };
  return [names.includes("setter") ? `${statement.name}=` : statement.name, code];
}

const ownDecorators: ReadonlySet<string> = new Set(
  "staticmethod classmethod property cached_property setter getter deleter abstractmethod override".split(
    " ",
  ),
);

/**
 * What decorators make of a function or class. A library's hand it on, though with which arguments only some are known to; one that
 * nobody knows is not followed.
 */
function decorated(program: Program, decorators: readonly Expression[], own: Reference): Reference {
  const { store } = program;
  return decorators.reduceRight((plain, decorator) => {
    const reference = program.evaluate(decorator);
    const value = store.read(reference);
    const { code } = store.read(plain);
    noteDecorated(program, reference, code);
    const isHanded = !code || handsArgumentsOn(program, decorator);
    const made = isHanded ? plain : store.allocate({ ...store.read(plain), ...ownCode(wrapped(code)) });
    if (value.code || value.callable) {
      const call = { op: "call", callee: decorator, args: [], at: decorator.at } as const;
      const answer = program.call(reference, [passedAt(program, plain, decorator.at)], call);
      return store.read(answer).code || store.read(answer).callable ? answer : made;
    }
    const isOfNobody = value.rows?.key === `name:${value.path}`;
    if (!isOfNobody) return made;
    const what = notFollowed(program.textOf(decorator.at));
    return store.allocate({ ...unknown, callable: { op: "unfollowed", of: made, what } });
  }, own);
}

function wrapped(code: Code): Code {
  const methods = code.methods && new Map([...code.methods].map(([name, method]) => [name, wrapped(method)]));
  return { ...code, methods, isWrapped: true };
}

/** Whether a decorator is known to call what it is given with the arguments it is called with. */
function handsArgumentsOn(program: Program, decorator: Expression): boolean {
  const named = decorator.op === "call" ? decorator.callee : decorator;
  const { kind, path } = program.store.read(program.evaluate(named));
  if (path === null || (kind === "name" && isUnread(program, path))) return false;
  return callerEffect(path) === "hand-on" || handingOn.has(path.slice(path.lastIndexOf(".") + 1));
}

function isUnread({ unreadModules }: Program, path: string): boolean {
  return [...unreadModules.keys()].some((module) => path.startsWith(`${module}.`));
}

function namesOf(expressions: readonly Expression[]): string[] {
  return expressions.map((one) => {
    const named = one.op === "call" ? one.callee : one;
    return named.op === "name" || named.op === "attribute" ? named.name : "";
  });
}

/** Whether a class has a base whose methods were not read, and which is not one that only names what the class is. */
export function hasUnreadBase({ bases, methods }: Code): boolean {
  return methods !== null && bases.some((base) => !plainBases.has(base) && classRole(base) === undefined);
}

const plainBases: ReadonlySet<string> = new Set(
  "object ABC Enum IntEnum Protocol Generic NamedTuple TypedDict Exception BaseEstimator TransformerMixin ClassifierMixin RegressorMixin Dataset Module Layer".split(
    " ",
  ),
);
