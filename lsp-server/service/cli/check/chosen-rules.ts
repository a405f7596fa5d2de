import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { didYouMean } from "@lookback/language/features/read/constructors/did-you-mean.ts";
import { ruleIds } from "@lookback/language/leakage/known-rules.ts";

/** Which rules a check looks for. Every id is in one of the two, in catalog order. */
export interface ChosenRules {
  readonly lookedFor: readonly string[];
  readonly leftOut: readonly string[];
}

/** What `--select` names, or all, without what `--ignore` names. Each may be given often and holds ids between commas. An id that is none is refused. */
export function chosenRules(select: readonly string[], ignore: readonly string[]): ChosenRules {
  const selected = select.length === 0 ? ruleIds : idsIn(select, "--select");
  const ignored = idsIn(ignore, "--ignore");
  const isLookedFor = (id: string) => selected.includes(id) && !ignored.includes(id);
  const lookedFor = ruleIds.filter(isLookedFor);
  if (lookedFor.length === 0) throw refusal("--select and --ignore leave no rule to look for.");
  return { lookedFor, leftOut: ruleIds.filter((id) => !isLookedFor(id)) };
}

/** What is left out, in one sentence: by its names or by those of the rest, whichever are fewer; null when nothing is. */
export function sayLeftOut({ lookedFor, leftOut }: ChosenRules): string | null {
  if (leftOut.length === 0) return null;
  if (leftOut.length <= lookedFor.length) return `Not looked for: ${leftOut.join(", ")}.`;
  return `Looked for only: ${lookedFor.join(", ")}.`;
}

function idsIn(given: readonly string[], option: string): string[] {
  const ids = given.flatMap((list) => list.split(",").map((id) => id.trim()));
  for (const id of ids) {
    if (ruleIds.includes(id)) continue;
    throw refusal(`${option} names ${JSON.stringify(id)}, which is no rule.${didYouMean(id, ruleIds)}`);
  }
  return ids;
}

function refusal(reason: string): Failure {
  return new Failure("check/usage", `Nothing was checked: ${reason}`, {
    advice: `Rules: ${ruleIds.join(", ")}.`,
  });
}
