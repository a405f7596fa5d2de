import { isPlaceholder } from "../find/judge-value.ts";
import { secondOpinion } from "../find/second-opinion.ts";
import { redactJson } from "./redact-json.ts";
import type { Redaction } from "./redaction.ts";

/**
 * A notebook's JSON with every secret in it replaced, cell by cell, so that the redaction can say where; the same object when
 * there is none. A value that one cell shows to be a secret is replaced in all of them, those before it too.
 */
export async function redactNotebook<T extends { readonly cells: readonly object[] }>(
  notebook: T,
  redaction: Redaction,
): Promise<T> {
  const once = redactCells(notebook, redaction);
  const more = (await secondOpinion(JSON.stringify(once))).filter((value) => !isPlaceholder(value));
  redaction.learn(more);
  return redaction.known.size > 0 ? redactCells(once, redaction) : once;
}

function redactCells<T extends { readonly cells: readonly object[] }>(notebook: T, redaction: Redaction): T {
  const { cells, ...rest } = notebook;
  const cleanRest = redactJson(rest, "the notebook's metadata", redaction);
  const cleanCells = cells.map((cell, at) => redactCell(cell, `cell ${at + 1}`, redaction));
  const isSame = cleanRest === rest && cleanCells.every((cell, at) => cell === cells[at]);
  return isSame ? notebook : (withinOrder(notebook, cleanRest as object, cleanCells) as T);
}

function redactCell(cell: object, where: string, redaction: Redaction): object {
  const { outputs, ...rest } = cell as { readonly outputs?: unknown };
  const cleanRest = redactJson(rest, where, redaction) as object;
  const cleanOutputs = redactJson(outputs, `the output of ${where}`, redaction);
  return cleanRest === rest && cleanOutputs === outputs
    ? cell
    : withinOrder(cell, cleanRest, cleanOutputs, "outputs");
}

/** Keys in the order they had: a notebook is compared by its bytes. */
function withinOrder(whole: object, rest: object, inner: unknown, key = "cells"): object {
  const renamed = Object.entries(rest);
  let next = 0;
  return Object.fromEntries(
    Object.keys(whole).map((each) => (each === key ? [key, inner] : (renamed[next++] ?? [each, null]))),
  );
}
