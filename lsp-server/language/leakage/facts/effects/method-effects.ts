import type { MethodEffect } from "../../api/effects.ts";
import type { Value } from "../values/value.ts";
import type { MethodCall } from "./effect.ts";
import { affix } from "./methods/affix.ts";
import { ahead } from "./methods/ahead.ts";
import { alias } from "./methods/alias.ts";
import { align } from "./methods/align.ts";
import { append } from "./methods/append.ts";
import { apply } from "./methods/apply.ts";
import { argsort } from "./methods/argsort.ts";
import { assign } from "./methods/assign.ts";
import { backward } from "./methods/backward.ts";
import { byRow } from "./methods/by-row.ts";
import { compare } from "./methods/compare.ts";
import { copy } from "./methods/copy.ts";
import { drop } from "./methods/drop.ts";
import { duplicated } from "./methods/duplicated.ts";
import { fill } from "./methods/fill.ts";
import { filter } from "./methods/filter.ts";
import { group } from "./methods/group.ts";
import { head, tail } from "./methods/head.ts";
import { index } from "./methods/index.ts";
import { insert } from "./methods/insert.ts";
import { isIn } from "./methods/is-in.ts";
import { isNull, notNull } from "./methods/is-null.ts";
import { items } from "./methods/items.ts";
import { join, joinAsOf } from "./methods/join.ts";
import { lag, window } from "./methods/lag.ts";
import { learned } from "./methods/learned.ts";
import { matches } from "./methods/matches.ts";
import { nothing } from "./methods/nothing.ts";
import { number } from "./methods/number.ts";
import { order } from "./methods/order.ts";
import { over } from "./methods/over.ts";
import { pop } from "./methods/pop.ts";
import { product } from "./methods/product.ts";
import { reindex } from "./methods/reindex.ts";
import { rename } from "./methods/rename.ts";
import { repeat } from "./methods/repeat.ts";
import { reshapeRows } from "./methods/reshape-rows.ts";
import { running } from "./methods/running.ts";
import { sample } from "./methods/sample.ts";
import { select } from "./methods/select.ts";
import { selectKinds } from "./methods/select-kinds.ts";
import { shuffle } from "./methods/shuffle.ts";
import { slice } from "./methods/slice.ts";
import { someRows } from "./methods/some-rows.ts";
import { statisticOf } from "./methods/statistic.ts";
import { sum } from "./methods/sum.ts";
import { take } from "./methods/take.ts";
import { toArray } from "./methods/to-array.ts";
import { trainingSet } from "./methods/training-set.ts";
import { uniqueRows } from "./methods/unique-rows.ts";
import { zone } from "./methods/zone.ts";

/** What each effect of a method of frames, columns and arrays makes of the rows it is called on. */
export const methodEffects: { readonly [id in MethodEffect]: (of: MethodCall) => Value } = {
  affix,
  ahead,
  alias,
  align,
  append,
  apply,
  argsort,
  assign,
  "by-row": byRow,
  backward,
  compare,
  copy,
  drop,
  duplicated,
  fill,
  filter,
  group,
  head,
  index,
  insert,
  "is-in": isIn,
  "is-null": isNull,
  items,
  join,
  "join-as-of": joinAsOf,
  lag,
  learned,
  matches,
  "not-null": notNull,
  nothing,
  number,
  order,
  over,
  pop,
  product,
  reindex,
  rename,
  repeat,
  "reshape-rows": reshapeRows,
  running,
  sample,
  select,
  "select-kinds": selectKinds,
  shuffle,
  slice,
  "some-rows": someRows,
  statistic: statisticOf,
  sum,
  tail,
  take,
  "to-array": toArray,
  "training-set": trainingSet,
  "unique-rows": uniqueRows,
  window,
  zone,
};
