import { mostSteps, notFollowed } from "../bounds.ts";
import type { Program } from "../program.ts";
import type { Code } from "../values/code.ts";
import { unknown } from "../values/kinds.ts";
import { allOf } from "../values/rows.ts";
import type { Passed } from "../values/value.ts";

/**
 * What may be called from outside, or by a library it is handed to, each once, with arguments that are tables of their own: what nothing
 * here calls; and, with every way through it open, what has an arm that no call here reached.
 */
export function* fromOutside(program: Program): Generator<{ code: Code; args: readonly Passed[] }> {
  for (const code of program.defined) {
    if (program.invoked.has(code.body) || !code.body[0]) continue;
    if (isToBeFollowed(program, code, "is called nowhere here and")) yield given(program, code);
  }
  const { leftOut, reached } = program;
  const open = new Set([...leftOut].flatMap(([arm, code]) => (reached.has(arm) ? [] : [code])));
  program.isOpen = true;
  for (const code of open)
    if (isToBeFollowed(program, code, "has a branch that no call here reaches, which"))
      yield given(program, code);
  program.isOpen = false;
}

function isToBeFollowed(program: Program, { name, body, answer }: Code, why: string): boolean {
  const at = body[0]?.at ?? answer?.at;
  if (program.steps <= mostSteps / 2 || !at) return at !== undefined;
  program.note(at, notFollowed(`\`${name}\` ${why} was not followed`));
  return false;
}

function given(program: Program, code: Code): { code: Code; args: readonly Passed[] } {
  const at = code.body[0]?.at ?? code.answer?.at;
  if (!at) return { code, args: [] };
  const params = code.self === null ? code.params : code.params.slice(1);
  const args = params.map((param): Passed => {
    const value = { ...unknown, rows: allOf(`argument:${at.cell}:${at.from}.${param.name}`) };
    const expression = { op: "constant", value: null, at } as const;
    return { name: param.name, spread: null, reference: program.store.allocate(value), value, expression };
  });
  return { code, args };
}
