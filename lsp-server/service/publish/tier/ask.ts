import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { PlanValue } from "@lookback/pipeline/plan/plan.ts";
import type { Model, Rows } from "@lookback/pipeline/serve/runtimes/model.ts";

export type Served = Readonly<Record<string, PlanValue>>;

/** What a loaded model answers for each row; null for one it refuses. Rows that are asked together are refused together, so those are asked apart. */
export async function ask(model: Model, rows: Rows): Promise<readonly (Served | null)[]> {
  if (rows.length === 0) return [];
  try {
    return await model.answer(rows);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "serve/no-answer") throw error;
    if (rows.length === 1) return [null];
    const middle = rows.length >> 1;
    const first = await ask(model, rows.slice(0, middle));
    return [...first, ...(await ask(model, rows.slice(middle)))];
  }
}
