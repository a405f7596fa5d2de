import type { GroupEffect } from "../../api/effects.ts";
import type { Value } from "../values/value.ts";
import type { MethodCall } from "./effect.ts";
import { ahead } from "./groups/ahead.ts";
import { answer } from "./groups/answer.ts";
import { apply } from "./groups/apply.ts";
import { fill } from "./groups/fill.ts";
import { groups } from "./groups/groups.ts";
import { lag, window } from "./groups/lag.ts";
import { pipe } from "./groups/pipe.ts";
import { rows } from "./groups/rows.ts";
import { sample } from "./groups/sample.ts";
import { someRows } from "./groups/some-rows.ts";
import { transform } from "./groups/transform.ts";

/** What each effect of a method of groups makes of their rows. */
export const groupEffects: { readonly [id in GroupEffect]: (of: MethodCall) => Value } = {
  ahead,
  answer,
  apply,
  fill,
  groups,
  lag,
  pipe,
  rows,
  sample,
  "some-rows": someRows,
  transform,
  window,
};
