import type { CallerEffect } from "../../api/effects.ts";
import type { Reference } from "../values/reference.ts";
import { getAttribute, setAttribute } from "./callers/attribute.ts";
import { gather, runToEnd } from "./callers/await.ts";
import { attributeGetter, methodCaller } from "./callers/by-name.ts";
import { alongAxis, toThread } from "./callers/call-now.ts";
import { handOn, parallel } from "./callers/hand-on.ts";
import { importModule } from "./callers/import-module.ts";
import { map, starMap } from "./callers/map.ts";
import { namespace } from "./callers/namespace.ts";
import { optimize } from "./callers/optimize.ts";
import { partial } from "./callers/partial.ts";
import { reduce } from "./callers/reduce.ts";
import { superObject } from "./callers/super.ts";
import type { FunctionCall } from "./effect.ts";

/** What functions do that call another, or find or make one; null where a call is none of these. */
export const callerEffects: { readonly [id in CallerEffect]: (of: FunctionCall) => Reference | null } = {
  "along-axis": alongAxis,
  "attribute-getter": attributeGetter,
  gather,
  "get-attribute": getAttribute,
  "hand-on": handOn,
  "import-module": importModule,
  map,
  "method-caller": methodCaller,
  namespace,
  optimize: (of) => optimize(of),
  parallel,
  partial,
  reduce,
  "run-to-end": runToEnd,
  "set-attribute": setAttribute,
  "star-map": starMap,
  super: superObject,
  "to-thread": toThread,
};
