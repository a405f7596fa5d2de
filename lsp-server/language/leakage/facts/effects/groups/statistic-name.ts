import { constantOf } from "../../values/kinds.ts";
import type { MethodCall } from "../effect.ts";

/** What a reader calls the statistic: `transform("mean")` and `agg(np.mean)` are means; else the method's own name. */
export function statisticName({ name, args }: Pick<MethodCall, "name" | "args">): string {
  const asked = /^(agg|aggregate|transform)$/.test(name) ? args[0]?.value : undefined;
  const written = constantOf(asked);
  if (typeof written === "string") return written;
  return asked?.kind === "name" && asked.path !== null
    ? asked.path.slice(asked.path.lastIndexOf(".") + 1)
    : name;
}
