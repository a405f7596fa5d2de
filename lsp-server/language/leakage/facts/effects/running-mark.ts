import type { Mark } from "../values/mark.ts";
import { alongMark } from "./along.ts";
import type { MethodCall } from "./effect.ts";

/** The mark of what has come together up to each row: of its own value too where values come together, not where rows are counted. */
export function runningMark(of: MethodCall): Mark {
  return alongMark("carried", of, {
    isOwnRowIn: /^cum_?(max|min|prod|sum)$/.test(of.name),
    isSum: /sum$/.test(of.name),
  });
}
