import { estimatorEffect, methodEffect } from "../../api/known.ts";
import { foldScores, ownScores } from "../../api/splitters.ts";
import type { Place } from "../../ir.ts";
import { passedAt } from "../calls/arguments.ts";
import { learnedTraits } from "../calls/call-model.ts";
import { readName } from "../calls/call-names.ts";
import { boundTo } from "../calls/call-own.ts";
import { readFoldScore, readOwnScore } from "../calls/score-model.ts";
import { attributesOf } from "../effects/containers/attributes-of.ts";
import { nameOf } from "../import-names.ts";
import type { Program } from "../program.ts";
import { searched } from "../values/decided.ts";
import { asGroups, asMask, inForm, libraryName, listOf, ownCode, scalar, unknown } from "../values/kinds.ts";
import type { ModelFacts } from "../values/model-facts.ts";
import type { Reference } from "../values/reference.ts";
import { brief, expressionRows, isMadeHere } from "../values/rows.ts";
import { noColumns, noTraits, unionMarks } from "../values/traits.ts";
import { unfollowed } from "../values/unfollowed.ts";
import type { Callable, Value } from "../values/value.ts";
import { partOf, traitsOfColumn } from "../values/value-traits.ts";
import { noteColumn } from "./note-column.ts";
import { readHistory } from "./read-history.ts";

/** `owner.name`. */
export function readAttribute(program: Program, owner: Reference, name: string, at: Place): Reference {
  const { store } = program;
  const value = store.read(owner);
  const entry = value.entries?.get(name);
  if (entry !== undefined) return entry;
  if (value.kind === "module") return nameOf(program, owner, name, at);
  if (value.kind === "names") {
    return /^(user_ns|user_global_ns|__dict__)$/.test(name) ? owner : readName(program, name, at);
  }
  if (value.kind === "name") return store.allocate(libraryName(`${value.path}.${name}`));
  if (value.code?.methods) {
    const method = value.code.methods.get(name);
    if (method?.access === "property") return program.invoke({ ...method, self: method.self ?? owner }, []);
    if (method) return store.allocate(ownCode(boundTo(method, owner)));
    if (name === "__dict__") return attributesOf(program, owner);
    if (name === "__class__") return store.allocate({ ...value, path: null });
    if (value.model === null && value.path !== null) return readUnwritten(program, owner, value, name, at);
  }
  if (value.kind === "object") return store.allocate(unknown);
  switch (name) {
    case "shape":
      return store.allocate(
        listOf([
          store.allocate({ ...scalar(undefined), counts: value.rows }),
          store.allocate(scalar(undefined)),
        ]),
      );
    case "size":
    case "ndim":
    case "dtype":
    case "dtypes":
      return store.allocate(scalar(undefined));
    case "columns":
      return store.allocate(
        value.columns && value.isClosed
          ? listOf(
              [...value.columns.keys()].map((column) => store.allocate(scalar(column))),
              value.gone && noColumns,
            )
          : {
              ...scalar(undefined, { marks: value.rest.marks, columns: noTraits.columns }),
              form: "names",
              gone: value.gone,
              frame: value.frame,
            },
      );
    case "index":
      // Of rows, the index says which; of a statistic, it names what the statistic was computed for.
      return store.allocate({
        ...unknown,
        rows: value.rows,
        rest:
          value.rows && !isMadeHere(value.rows)
            ? noTraits
            : { marks: value.rest.marks, columns: noTraits.columns },
      });
    case "name":
      // `pl.col("a").name.suffix("_b")`: what follows renames the expression.
      if (value.rows?.key !== expressionRows.key) break;
      return store.allocate({ ...value, owner: null });
    case "best_estimator_":
      return value.model ? store.allocate(bestOf(value, value.model)) : store.allocate(unknown);
    case "booster_":
    case "model":
      return value.model ? owner : store.allocate(unknown);
    case "loc":
    case "iloc":
    case "ix":
    case "at":
    case "iat":
      return store.allocate({ ...value, owner });
    case "T":
      return store.allocate(inForm({ ...value, owner: null }, value.form === "turned" ? null : "turned"));
    case "str":
    case "dt":
      return store.allocate({ ...partOf(value), owner: null });
    case "values":
    case "cat":
    case "array":
    case "swifter":
    case "sparse":
      return store.allocate({ ...value, owner: null });
  }
  const callable: Callable = { op: "method", owner, name };
  if (value.model) {
    const history = name === "history" ? readHistory(program, value) : null;
    if (history !== null) return history;
    if (foldScores.has(name)) readFoldScore(program, value.model, name, at);
    if (ownScores.has(name)) readOwnScore(program, value.model, name, at);
    return store.allocate({
      ...scalar(undefined, learnedTraits(value.model, name)),
      callable: name.endsWith("_") ? null : callable,
      // What a setting leaves out is `None`: `mean_` of a scaler that does not centre.
      isOptional: true,
    });
  }
  const isColumn =
    (value.kind === "data" || value.kind === "grouped") &&
    (value.columns?.has(name) === true || !name.startsWith("_"));
  if (isColumn && value.items === null) {
    const isMethod = value.columns?.has(name) !== true && isMethodName(name);
    // A part of what a column says, `column.dt.month`, is no column of that name.
    if (value.rest.isPart && value.columns === null)
      return store.allocate({
        ...value,
        column: null,
        owner: isMethod ? owner : null,
        callable: isMethod ? callable : null,
      });
    if (!isMethod) noteColumn(program, value, name);
    return store.allocate({ ...columnOf(value, name, owner), callable: isMethod ? callable : null });
  }
  return store.allocate({ ...unknown, callable: isMethodName(name) ? callable : null });
}

/** An attribute that no text gives an object of the notebook's own: a base that was not read may, of what the object holds. */
function readUnwritten(program: Program, owner: Reference, value: Value, name: string, at: Place): Reference {
  const { store } = program;
  const other = value.code?.methods?.get("__getattr__");
  if (other)
    return program.invoke({ ...other, self: owner }, [passedAt(program, store.allocate(scalar(name)), at)]);
  const what = `What \`${brief(program.textOf(at)).replaceAll("`", "'")}\` holds is not known from the text.`;
  return store.allocate({
    ...unfollowed(program, what, [value], at),
    callable: { op: "method", owner, name },
  });
}

/** The model that a search found best, fitted again on all the rows it was given. */
function bestOf(value: Value, model: ModelFacts): Value {
  const isSearch = model.role === "search";
  const chosenBy = isSearch ? unionMarks(model.chosenBy, searched(model)) : model.chosenBy;
  return { ...value, model: { ...model, role: isSearch ? "model" : model.role, chosenBy } };
}

function isMethodName(name: string): boolean {
  return methodEffect(name) !== undefined || estimatorEffect(name) !== undefined;
}

/** One column of a frame, or of its groups. */
export function columnOf(frame: Value, name: string, owner: Reference): Value {
  const column = {
    ...unknown,
    rows: frame.rows,
    rest: traitsOfColumn(frame, name),
    column: name,
    owner,
    frame: frame.frame,
  };
  if (frame.kind === "mask") return asMask(column, [], frame.learned);
  return frame.kind === "grouped" ? asGroups(column) : column;
}
