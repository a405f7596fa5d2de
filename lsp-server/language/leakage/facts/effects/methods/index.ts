import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { isTimeColumn } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";
import { without } from "../without.ts";

/** Another index beside the same rows. */
export function index(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
  if (name !== "set_index") return keeping(of, () => value);
  const keys = textsOf(argument(args, 0, "keys"), program.store.read);
  const frame = value.frame ?? noFrame;
  const [column = null] = keys?.length === 1 ? keys : [];
  const isTime = column !== null && isTimeColumn(frame, column);
  const isKept = constantArgument(args, -1, "drop") === false;
  return keeping(of, () => {
    const indexed: Value = { ...value, frame: { ...frame, index: { column, isTime, at: call.at } } };
    if (isKept) return indexed;
    return keys === null ? { ...indexed, gone: null } : without(indexed, keys);
  });
}
