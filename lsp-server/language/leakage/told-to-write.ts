import { writesBy } from "../slice/in-place.ts";
import type { Argument } from "./ir.ts";

/** What an argument of a call, as it is written, tells it to write into; null where it does not. What the text does not tell may be any. */
export function toldToWrite({ name, value }: Argument): ReturnType<typeof writesBy> {
  return writesBy(name, value.op === "constant" ? value.value : undefined);
}
