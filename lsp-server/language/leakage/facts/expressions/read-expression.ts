import { isBuiltin, isOfShell, wasBuiltin } from "../../api/builtin-names.ts";
import { isKnownName, usualImports } from "../../api/usual-names.ts";
import type { Clause, Expression, Place } from "../../ir.ts";
import { passedAt } from "../calls/arguments.ts";
import { callValue } from "../calls/call.ts";
import { names, readName } from "../calls/call-names.ts";
import { plainCode } from "../calls/define.ts";
import { heldAgainst } from "../calls/judge-answers.ts";
import { productOf } from "../effects/product-of.ts";
import type { Program } from "../program.ts";
import { readQuery } from "../sql/ask-sql.ts";
import { bestInOrder } from "../values/decided.ts";
import { derived, elementsOf } from "../values/derive.ts";
import { chosen, impliedBy, implying } from "../values/implied.ts";
import {
  asData,
  asMask,
  constantOf,
  cutsOf,
  dictOf,
  learnedOf,
  libraryName,
  listOf,
  ownCode,
  placeOf,
  scalar,
  unknown,
} from "../values/kinds.ts";
import { lessItems } from "../values/less-items.ts";
import type { Reference } from "../values/reference.ts";
import { allOf } from "../values/rows.ts";
import { scaledBy } from "../values/scaled.ts";
import { noColumns, noTraits } from "../values/traits.ts";
import { unfollowed } from "../values/unfollowed.ts";
import type { Value } from "../values/value.ts";
import { withoutMarks, withTraits } from "../values/value-traits.ts";
import { bindTarget } from "./bind-target.ts";
import { compareConstants } from "./compare-constants.ts";
import { bothLimits, boundsCompared, comparisonLimits, eitherLimits, flipLimits } from "./masks.ts";
import { namesLeft } from "./names-left.ts";
import { noteColumn } from "./note-column.ts";
import { readOwnOperator } from "./own-operators.ts";
import { columnOf, readAttribute } from "./read-attribute.ts";
import { readEpochs } from "./read-history.ts";
import { selectRows } from "./select-rows.ts";
import { somePart } from "./some-part.ts";
import { chosenSide, decidingSide } from "./truth.ts";
import { withOwnRow } from "./with-own-row.ts";
import { withoutOwnRow } from "./without-own-row.ts";

/** What an expression stands for now; runs whatever it calls. */
export function readExpression(program: Program, expression: Expression): Reference {
  const { store } = program;
  switch (expression.op) {
    case "name": {
      const known = store.lookup(expression.name);
      if (known !== undefined) return known;
      if (isKernelName(program, expression.name))
        return readKernelName(program, expression.name, expression.at);
      const library = usualImports[expression.name] ?? null;
      const isGiven = isBuiltin(expression.name) || wasBuiltin(expression.name);
      const mayBeGiven = isOfShell(expression.name);
      const isLibrary = library !== null || isGiven || mayBeGiven || isKnownName(expression.name);
      const fresh = store.allocate(
        isLibrary
          ? libraryName(library ?? expression.name)
          : { ...unknown, path: expression.name, rows: allOf(`name:${expression.name}`), gone: noColumns },
      );
      if (expression.isTorn) return fresh;
      if (!isGiven) store.bind(expression.name, fresh);
      if ((!isLibrary || mayBeGiven) && program.running === null && !expression.at.module)
        program.unbound.set(expression.name, { at: expression.at, reference: fresh });
      return fresh;
    }
    case "constant":
      return store.allocate({ ...scalar(expression.value), at: expression.at });
    case "sql":
      return readQuery(program, expression.text, expression.at);
    case "attribute":
      return readAttribute(program, program.evaluate(expression.of), expression.name, expression.at);
    case "index":
      if (expression.of.op === "name" && isKernelName(program, expression.of.name))
        return readKernelName(program, program.textOf(expression.at), expression.at);
      return readIndex(program, program.evaluate(expression.of), expression.index);
    case "call":
      return callValue(program, expression);
    case "list":
    case "tuple":
      return store.allocate(
        listOf(
          expression.items
            .slice(0, mostItems)
            .flatMap((item) => {
              const reference = program.evaluate(
                item.op === "unary" && item.operator === "*" ? item.of : item,
              );
              return item.op === "unary" && item.operator === "*"
                ? (store.read(reference).items ?? [reference])
                : [reference];
            })
            .slice(0, mostItems),
          noColumns,
        ),
      );
    case "dict": {
      const entries = new Map<string, Reference>();
      for (const [key, value] of expression.entries.slice(0, mostItems)) {
        if (key === null) {
          const others = program.evaluate(value);
          const known = store.read(others).entries;
          if (known) for (const [name, entry] of known) entries.set(name, entry);
          else entries.set(`?${entries.size}`, others);
          continue;
        }
        const name = constantOf(store.read(program.evaluate(key)));
        entries.set(name === undefined ? `?${entries.size}` : String(name), program.evaluate(value));
      }
      return store.allocate(dictOf(entries, expression.entries.length > mostItems ? null : noColumns));
    }
    case "binary":
      return readBinary(program, expression);
    case "unary": {
      if (expression.operator === "*") return program.evaluate(expression.of);
      const of = program.evaluate(expression.of);
      const value = store.read(of);
      const own = value.code?.methods?.get(ownSigns[expression.operator] ?? "");
      if (own) return program.invoke({ ...own, self: of }, []);
      if (value.kind === "mask") {
        return store.allocate({ ...value, limits: flipLimits(value.limits) });
      }
      const constant = constantOf(value);
      if (expression.operator === "-" && typeof constant === "number")
        return store.allocate(scalar(-constant));
      if (expression.operator === "not")
        return store.allocate(scalar(typeof constant === "boolean" ? !constant : undefined));
      // `-np.inf` is known by its name, too.
      if (value.kind === "name") return of;
      const { rows, rest, frame } = derived(program, [value]);
      const blank = value.kind === "scalar" ? scalar(undefined) : unknown;
      return store.allocate({ ...blank, rows, rest, frame });
    }
    case "choose": {
      const side = chosenSide(program, expression);
      if (side !== undefined) return program.evaluate(side);
      const implied = impliedBy(program, [store.read(program.evaluate(expression.test))]);
      const [a, b] = [expression.chosen, expression.otherwise].map((one) =>
        store.read(program.evaluate(one)),
      );
      if (!a || !b) return store.allocate(unknown);
      const either = { ...derived(program, [a, b]), model: a.model ?? b.model };
      return store.allocate(withTraits(either, implied));
    }
    case "lambda":
      return store.allocate(
        ownCode({
          ...plainCode,
          name: "lambda",
          params: expression.params,
          answer: expression.body,
          closure: store.around(),
        }),
      );
    case "each":
      return readEach(program, expression.clauses, expression.yields);
    case "bind": {
      const value = program.evaluate(expression.value);
      bindTarget(program, expression.target, value);
      return value;
    }
    case "slice":
      return store.allocate(scalar(undefined));
    case "parts":
      for (const part of expression.parts) program.evaluate(part);
      return store.allocate({ ...scalar(undefined), at: expression.isText ? expression.at : null });
  }
}

const ownSigns: Readonly<Record<string, string>> = { "-": "__neg__", "+": "__pos__", "~": "__invert__" };

/** What IPython keeps under a name of its own: the last answers, and those before. */
function readKernelName(program: Program, name: string, at: Place): Reference {
  const rows = allOf(`name:${name}`);
  const what = `What \`${name}\` holds when this runs is not known from the text.`;
  return program.store.allocate(unfollowed(program, what, [{ ...unknown, rows }], at));
}

function isKernelName(program: Program, name: string): boolean {
  if (!name.startsWith("_") && name !== "Out") return false;
  return /^(_{1,3}|_\d+|Out|_oh)$/.test(name) && program.store.lookup(name) === undefined;
}

function readIndex(program: Program, owner: Reference, index: Expression): Reference {
  const { store } = program;
  const value = store.read(owner);
  if (value.kind === "names")
    return readName(program, constantOf(store.read(program.evaluate(index))), index.at);
  if (value.kind === "name" && value.path === "sys.modules") {
    const module = constantOf(store.read(program.evaluate(index)));
    return store.allocate(module === "__main__" ? names : libraryName(String(module)));
  }
  const getter = value.code?.methods?.get("__getitem__");
  if (getter) {
    const key = passedAt(program, program.evaluate(index), index.at);
    return program.invoke({ ...getter, self: owner }, [key]);
  }
  const key = index.op === "slice" || index.op === "tuple" ? null : program.evaluate(index);
  const keyValue = key === null ? null : store.read(key);
  const constant = constantOf(keyValue);
  const best = index.op === "slice" ? null : bestInOrder(program, value, constant);
  if (best !== null) return best;
  const epochs = readEpochs(program, value, constant, index.at);
  if (epochs !== null) return epochs;
  if (value.items && typeof constant === "number") {
    const item = value.items.at(constant);
    if (item !== undefined) return item;
  }
  if (value.entries && constant !== undefined) {
    const entry = value.entries.get(String(constant));
    if (entry !== undefined) return entry;
  }
  if (value.items && keyValue && constant === undefined && keyValue.rest.marks.size > 0) {
    // Some of the items, and a statistic says which.
    return store.allocate({ ...unknown, rest: { marks: keyValue.rest.marks, columns: noTraits.columns } });
  }
  if (value.items && value.items.length > 0 && !keyValue?.rows && index.op !== "slice") {
    if (value.items.length === 1) return value.items[0] ?? owner;
    return store.allocate(somePart(program, value.items, index) ?? mixOf(program, value.items));
  }
  if (value.entries && value.entries.size > 0) {
    return store.allocate(mixOf(program, [...value.entries.values()]));
  }
  if (value.kind === "name" || value.kind === "object" || value.model || value.kind === "code") {
    return value.model ? owner : store.allocate(unknown);
  }
  if (
    typeof constant === "string" &&
    (value.owner === null || value.kind === "data" || value.kind === "grouped")
  ) {
    noteColumn(program, value, constant);
    return store.allocate(columnOf(value, constant, owner));
  }
  return store.allocate(selectRows(program, value, index, keyValue, owner));
}

function mixOf(program: Program, references: readonly Reference[]): Value {
  const values = references.map((reference) => program.store.read(reference));
  const first = values[0] ?? unknown;
  const mixed = derived(program, values);
  if (values.every((value) => value.kind === "data")) return mixed;
  const { rest } = mixed;
  return first.kind === "scalar" ? { ...first, constant: undefined, rest } : { ...first, rest };
}

function readBinary(program: Program, expression: Extract<Expression, { op: "binary" }>): Reference {
  const { store } = program;
  const side = decidingSide(program, expression);
  if (side !== undefined) return program.evaluate(side);
  const leftReference = program.evaluate(expression.left);
  const rightReference = program.evaluate(expression.right);
  const left = store.read(leftReference);
  const right = store.read(rightReference);
  const { operator } = expression;
  if (operator === "+" && left.items && right.items) {
    const gone = left.gone && right.gone && noColumns;
    return store.allocate(listOf([...left.items, ...right.items].slice(0, mostItems), gone));
  }
  const [text, other] = [constantOf(left), constantOf(right)];
  if (typeof text === "string" && typeof other === "string" && operator === "+")
    return store.allocate(scalar(text + other));
  if (operator === "-" && left.items && right.items)
    return store.allocate(lessItems(program, { ...left, items: left.items }, right.items.map(store.read)));
  const verdict = compareConstants(program, operator, left, right);
  if (verdict !== undefined) return store.allocate(scalar(verdict));
  // Values filled into a text: it stands where it is written.
  if (operator === "%" && typeof text === "string" && placeOf(left) !== null)
    return store.allocate({ ...scalar(undefined, derived(program, [right]).rest), at: placeOf(left) });
  const own = readOwnOperator(program, operator, leftReference, rightReference, expression.at);
  if (own !== null) return own;
  if (operator === "@") return store.allocate(productOf(program, left, right, operator, expression.at));
  const sides = rowsAndNumbers(operator === "-" ? withoutOwnRow(left, right) : left, right);
  const made = withOwnRow(operator, left, right, scaledBy(operator, left, right, derived(program, sides)));
  const value = heldAgainst(program, operator, [left, right], made, expression.at);
  if (operator === "and" || operator === "or") return store.allocate(value);
  const isComparison = ["<", "<=", ">", ">=", "==", "!="].includes(operator);
  if (isComparison && value.rows) {
    const limits = comparisonLimits(program, expression, left, leftReference, right, rightReference);
    // Which rows pass a test is not what they hold.
    return store.allocate(
      asMask(withoutMarks(value, "scaled"), limits, boundsCompared(program, expression, left, right)),
    );
  }
  if (operator === "&" && (left.kind === "mask" || right.kind === "mask")) {
    return store.allocate(asMask(value, bothLimits(cutsOf(left), cutsOf(right)), learnedOf(left, right)));
  }
  if (operator === "|" && (left.kind === "mask" || right.kind === "mask")) {
    return store.allocate(asMask(value, eitherLimits(cutsOf(left), cutsOf(right)), learnedOf(left, right)));
  }
  return store.allocate({ ...value, column: left.column ?? right.column });
}

/** What is computed of rows and a number is of the rows' columns alone. */
function rowsAndNumbers(left: Value, right: Value): readonly Value[] {
  const without = (value: Value, other: Value): Value =>
    value.kind === "scalar" && other.kind !== "scalar" && other.rows !== null
      ? { ...value, rest: { ...value.rest, columns: noColumns } }
      : value;
  return [without(left, right), without(right, left)];
}

function readEach(program: Program, clauses: readonly Clause[], yields: readonly Expression[]): Reference {
  const { store } = program;
  const [outermost] = clauses;
  if (!outermost) return store.allocate(unknown);
  const over = store.read(program.evaluate(outermost.source));
  const left = namesLeft(program, clauses, yields, over);
  if (left !== null) return store.allocate(left);
  const results: Reference[] = [];
  let isKnown = true;
  let isWhole = true;
  let rows: Value["rows"] = null;
  let turns = 0;
  const run = (at: number): void => {
    if (++turns > 600) return;
    const clause = clauses[at];
    if (!clause) {
      const answers = yields.map((one) => program.evaluate(one));
      const last = answers.at(-1);
      const tests = answers.slice(0, -1).map(store.read);
      if (last === undefined || results.length >= 200) return;
      if (tests.some((test) => constantOf(test) === false)) return;
      isWhole &&= tests.every((test) => constantOf(test) === true);
      implying(program, impliedBy(program, tests), () => results.push(chosen(program, last)));
      return;
    }
    const source = at === 0 ? over : store.read(program.evaluate(clause.source));
    if (source.items === null) {
      isKnown = false;
      rows ??= source.rows;
    } else isWhole &&= source.gone !== null;
    const { turns: around } = program;
    for (const [turn, element] of elementsOf(program, source).entries()) {
      program.turns = [...around, `${clause.source.at.cell}:${clause.source.at.from}#${turn}`];
      bindTarget(program, clause.target, element);
      run(at + 1);
    }
    program.turns = around;
  };
  run(0);
  if (isKnown) return store.allocate(listOf(results, isWhole ? noColumns : null));
  const value = derived(
    program,
    results.map((result) => store.read(result)),
  );
  return store.allocate(rows ? { ...asData(value), rows } : value);
}

/** More than any hand-written list of columns; lists that double in a loop end here. */
export const mostItems = 1000;
