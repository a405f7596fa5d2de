import { constantArgument } from "../../calls/arguments.ts";
import { asGroups } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import { alongMark, isReversedInTime } from "../along.ts";
import type { MethodCall } from "../effect.ts";

/** A window of pandas that begins with the row. */
const forwardWindow = "FixedForwardWindowIndexer";

/** Values of earlier rows beside each, or of later ones: `shift`, `diff`, `pct_change`. */
export function lag(of: MethodCall): Value {
  const mark = besideMark(of);
  const { frame } = of.value;
  const isBefore = mark.kind === "lag" && mark.along?.isOwnRowIn === false;
  // Bars beside the next moment are over by then.
  return withMark(isBefore && frame ? { ...of.value, frame: { ...frame, bars: null } } : of.value, mark);
}

/** A window over earlier rows opens: `rolling`, `expanding`, `ewm`. */
export function window(of: MethodCall): Value {
  return asGroups(lag(of), true);
}

/** The mark of values of earlier rows, or of later ones: where the latest row stands first, they change places. */
export function besideMark(of: MethodCall) {
  const { program, value, name, args } = of;
  if (value.column !== null) program.facts.shifted.add(value.column);
  const isWindow = /^(rolling|expanding|ewm)/.test(name);
  const written = isWindow
    ? constantArgument(args, 0, "window", "window_size")
    : (constantArgument(args, 0, "periods", "n") ?? 1);
  const isCentered = constantArgument(args, -1, "center") === true;
  const isReversed = isReversedInTime(of);
  const periods = typeof written === "number" ? (isReversed && !isWindow ? -written : written) : null;
  const isForward = args.some(({ value }) => value.path?.endsWith(forwardWindow));
  const isAhead = isCentered || isForward || (isWindow ? isReversed : periods !== null && periods < 0);
  const closed = constantArgument(args, -1, "closed");
  const isOwnRowIn = isWindow ? closed !== "left" && closed !== "neither" : name !== "shift";
  const isSum = /sum$|^diff$/.test(name);
  const mark = alongMark(isAhead ? "ahead" : "lag", of, { periods, isOwnRowIn, isSum });
  return isForward ? { ...mark, label: forwardWindow } : mark;
}
