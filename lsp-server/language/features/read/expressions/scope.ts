import type { Node } from "../../../notebook/python.ts";
import type { Place } from "../../model.ts";
import type { Arguments, Placed, Value } from "../values/value.ts";

/** What an expression is evaluated in: its names, its places, and what its calls may do. */
export interface Scope {
  evaluate(node: Node | null): Value;
  place(node: Node): Place;
  /** The value of a name; `unbound` when nothing gives it one. */
  lookup(name: string): Value;
  bind(name: string, value: Value): void;
  /** A scope with names of its own, as a comprehension has. */
  within(names: ReadonlyMap<string, Value>): Scope;
  /** What a name of a module that was not read stands for: a type, or the same name still. */
  imported(name: string): Value;
  /** A name of a module of the workspace. */
  moduleMember(path: string, name: string): Value;
  /** Gives a module of the workspace another value for a name. */
  setModuleMember(path: string, name: string, value: Value): void;
  /** The module that a dotted name means when it is imported here; null when it is not of the workspace. */
  moduleNamed(dotted: string): Value | null;
  /** Called for a call of something imported that is not known to the language itself. */
  construct(name: string, call: Node, given: Arguments): Value;
  /** A function or lambda as a value. */
  define(node: Node, name: string): Value;
  /** What a generator gives, now or later. */
  yields(value: Value): void;
  /** Carries out an assignment to a part of something. */
  assignPart(target: Node, value: Value): void;
  /** Says that a definition, or a part of one, is changed after it was made. */
  taint(changed: Value, place: Place, why: string): void;
  /** Says that a class that definitions are made with is not what it was. */
  replaceClass(place: Place, why: string): void;
  /** Makes all names of a module of the workspace unknown. */
  loseModule(path: string, place: Place, why: string): void;
  /** Says that code which is not read may have changed every name and everything made so far. */
  loseEverything(place: Place, why: string): void;
  /** Runs what may not run at all: what it assigns may have been assigned. */
  perhaps<T>(why: string, run: () => T): T | undefined;
  /** Why what runs now may not run at all; null when it does. */
  doubt(): string | null;
  /** Counts a step; false when no more are followed. */
  spend(node: Node): boolean;
  /** Goes to another working folder; null when the text does not tell which. */
  changeFolder(path: string | null, place: Place): void;
  /** The working folder, relative to the document's; null when the text went to another. */
  workingFolder(): string | null;
  /** Another folder that imports are looked for in; null when the text does not tell which. */
  addImportFolder(path: string | null, first: boolean): void;
}

/** An expression's value and where it stands. */
export function placed(node: Node, scope: Scope): Placed {
  return { value: scope.evaluate(node), place: scope.place(node) };
}

/** The first child that is not a comment. */
export function firstOf(node: Node | null): Node | null {
  return node?.namedChildren.find((child) => child?.type !== "comment") ?? null;
}

/** The parts of an expression that is not followed as a whole. */
export function parts(node: Node, scope: Scope): readonly Value[] {
  return node.namedChildren.flatMap((child) =>
    child && child.type !== "comment" ? [scope.evaluate(child)] : [],
  );
}
