import { constantArgument } from "../../calls/arguments.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { asData } from "../../values/kinds.ts";
import { limited } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { latestOf } from "../methods/unique-rows.ts";

/** The rows of each group that stand at some place in it: `head(1)`, `tail(1)`, `nth(-1)`. */
export function someRows(of: MethodCall): Value {
  const { value, name, call } = of;
  const frame = value.frame ?? noFrame;
  const end = oneEnd(of);
  return {
    ...asData(value),
    owner: null,
    rows:
      value.rows &&
      limited(value.rows, { cut: `${name}:${call.at.cell}:${call.at.from}`, side: "yes", bound: "" }),
    frame: {
      ...frame,
      isOneRowPer: end === null ? null : frame.isOneRowPer,
      latest: end === null ? null : latestOf(frame, end, call.at),
    },
  };
}

/** Which end of each group's rows the one that is left stood at; null where more than one may be left, or it stood elsewhere. */
function oneEnd({ name, args }: MethodCall): "first" | "last" | null {
  const place = constantArgument(args, 0, "n");
  if (name === "nth") return place === -1 ? "last" : place === 0 ? "first" : null;
  if (place !== 1) return null;
  return name === "tail" ? "last" : "first";
}
