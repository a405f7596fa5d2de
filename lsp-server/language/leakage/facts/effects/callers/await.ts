import { listOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `asyncio.run(f())`: what it is given was called already. */
export function runToEnd({ path, args }: FunctionCall): Reference | null {
  return path.startsWith("asyncio.") ? (args[0]?.reference ?? null) : null;
}

/** All that is waited for. */
export function gather({ program, path, args }: FunctionCall): Reference | null {
  return /^(asyncio|concurrent|dask|distributed)\b/.test(path)
    ? program.store.allocate(listOf(args.flatMap((arg) => arg.value.items ?? [arg.reference])))
    : null;
}
