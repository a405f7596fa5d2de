import { runFrom, seenAt } from "../../modules/stand-in.ts";
import type { Program } from "../program.ts";
import type { Code } from "../values/code.ts";

/** A module's code, as run from where the notebook runs it now. */
export function broughtHere({ current }: Program, code: Code): Code {
  const [first] = code.body;
  const at = first?.at ?? code.answer?.at;
  const from = current && seenAt(current.at);
  if (!at?.module || !from) return code;
  const { params, body, answer } = code;
  return {
    ...code,
    params: runFrom(params, from),
    body: runFrom(body, from),
    answer: answer && runFrom(answer, from),
  };
}
