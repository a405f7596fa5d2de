import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { composeCopy, type Look } from "./compose-copy.ts";
import { mostFixesInEveryOrder } from "./fix-orders.ts";

/** What is fixed or left as one: a finding, those that go by the same fix, or, where there are many, all of a rule. */
export interface Part {
  /** The first stands for it. */
  readonly findings: readonly Finding[];
  /** What is done about each, in the order of `findings`. */
  readonly fixes: readonly Fix[];
  /** The notebook with these fixes alone; null where they hold only after others. */
  readonly alone: Notebook | null;
}

export interface Parts {
  readonly parts: readonly Part[];
  /** Whose fix does not hold, or that have none. */
  readonly unfixed: readonly Finding[];
  /** That have no fix of their own, and are gone with those of others. */
  readonly gone: readonly Finding[];
}

/** Which of the findings can be fixed, and which of them as one. */
export function partsOf(
  notebook: Notebook,
  findings: readonly Finding[],
  originals: readonly Finding[],
  look: Look,
): Parts {
  const whole = composeCopy(notebook, new Set(findings), originals, look);
  const unfixed = findings.filter((finding) => whole.stuck.includes(finding));
  const gone: Finding[] = [];
  const byText = new Map<string, [Finding, Fix][]>();
  for (const finding of findings) {
    if (unfixed.includes(finding)) continue;
    const alone = composeCopy(notebook, new Set([finding]), originals, look);
    const fix = alone.made.get(finding) ?? whole.made.get(finding) ?? null;
    if (fix === null) {
      gone.push(finding);
      continue;
    }
    const text = alone.made.has(finding) ? textOf(alone.notebook) : `only after others ${byText.size}`;
    byText.set(text, [...(byText.get(text) ?? []), [finding, fix]]);
  }
  const each = [...byText.values()];
  const pairs = each.length > mostFixesInEveryOrder ? byRule(each) : each;
  return { parts: pairs.map(partOf), unfixed, gone };

  function partOf(of: Pairs): Part {
    const own = of.map(([finding]) => finding);
    const copy = composeCopy(notebook, new Set(own), originals, look);
    const isAlone = copy.made.size > 0 && copy.stuck.length === 0;
    return { findings: own, fixes: of.map(([, fix]) => fix), alone: isAlone ? copy.notebook : null };
  }
}

/** What tells copies apart. */
export function textOf({ cells }: Notebook): string {
  return JSON.stringify(cells.map(({ source }) => source));
}

type Pairs = readonly (readonly [Finding, Fix])[];

function byRule(parts: readonly Pairs[]): Pairs[] {
  const rules = new Map<string, Pairs>();
  for (const pairs of parts) {
    const [first] = pairs;
    if (first === undefined) continue;
    const [{ rule }] = first;
    rules.set(rule, [...(rules.get(rule) ?? []), ...pairs]);
  }
  return [...rules.values()];
}
