import type { FunctionEffect } from "../../api/effects.ts";
import type { Reference } from "../values/reference.ts";
import type { FunctionCall } from "./effect.ts";
import { ahead } from "./functions/ahead.ts";
import { batches, dataset } from "./functions/batches.ts";
import { bin } from "./functions/bin.ts";
import { byRow } from "./functions/by-row.ts";
import { clock } from "./functions/clock.ts";
import { column } from "./functions/column.ts";
import { concat, concatColumns } from "./functions/concat.ts";
import { copy } from "./functions/copy.ts";
import { count } from "./functions/count.ts";
import { crossTable } from "./functions/cross-table.ts";
import { crossValidate } from "./functions/cross-validate.ts";
import { cutRows } from "./functions/cut-rows.ts";
import { dict } from "./functions/dict.ts";
import { dummies } from "./functions/dummies.ts";
import { elements } from "./functions/elements.ts";
import { enumerate } from "./functions/enumerate.ts";
import { formula, formulaTables } from "./functions/formula.ts";
import { frame } from "./functions/frame.ts";
import { hashed } from "./functions/hashed.ts";
import { layer } from "./functions/layer.ts";
import { layerNow } from "./functions/layer-now.ts";
import { learned } from "./functions/learned.ts";
import { loss } from "./functions/loss.ts";
import { merge, mergeAsOf } from "./functions/merge.ts";
import { metric } from "./functions/metric.ts";
import { moments } from "./functions/moments.ts";
import { nothing } from "./functions/nothing.ts";
import { number } from "./functions/number.ts";
import { open } from "./functions/open.ts";
import { pipeline, union } from "./functions/pipeline.ts";
import { product } from "./functions/product.ts";
import { read } from "./functions/read.ts";
import { repeat } from "./functions/repeat.ts";
import { resample } from "./functions/resample.ts";
import { reshape } from "./functions/reshape.ts";
import { rows } from "./functions/rows.ts";
import { scoreModel } from "./functions/score-model.ts";
import { shuffle } from "./functions/shuffle.ts";
import { split } from "./functions/split.ts";
import { statisticOf } from "./functions/statistic.ts";
import { take } from "./functions/take.ts";
import { train } from "./functions/train.ts";
import { withConstant } from "./functions/with-constant.ts";
import { withoutRows } from "./functions/without-rows.ts";
import { zip } from "./functions/zip.ts";

/** What each effect of a library's function makes of the rows it is given. */
export const functionEffects: { readonly [id in FunctionEffect]: (of: FunctionCall) => Reference } = {
  ahead,
  batches,
  bin,
  "by-row": byRow,
  clock,
  column,
  concat,
  "concat-columns": concatColumns,
  copy,
  count,
  "cross-table": crossTable,
  "cross-validate": crossValidate,
  "cut-rows": cutRows,
  dataset,
  dict,
  dummies,
  elements,
  enumerate,
  formula,
  "formula-tables": formulaTables,
  frame,
  hashed,
  layer,
  "layer-now": layerNow,
  learned,
  loss,
  merge,
  "merge-as-of": mergeAsOf,
  metric,
  moments,
  nothing,
  number,
  open,
  pipeline,
  product,
  read,
  repeat,
  resample,
  reshape,
  rows,
  "score-model": scoreModel,
  shuffle,
  split,
  statistic: statisticOf,
  take,
  train,
  union,
  "with-constant": withConstant,
  "without-rows": withoutRows,
  zip,
};
