import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Value } from "../values/value.ts";

/** What a reader calls a model: its class; where that is not known, the name it has where a method of it is called. */
export function modelName(program: Program, { path }: Pick<Value, "path">, call: Place): string {
  return path ?? /^([A-Za-z_][\w.]*?)(?:\.\w+)?\(/.exec(program.textOf(call))?.[1] ?? "the model";
}
