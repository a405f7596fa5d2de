import type { NotebookFacts } from "./rule.ts";

/** Asks facts the same only once, and remembers the answer as long as the facts: many fixes are planned on one notebook, and ask alike. */
export function remembered<Of, Answer>(
  answer: (facts: NotebookFacts, of: Of) => Answer,
  keyOf: (of: Of) => unknown,
): (facts: NotebookFacts, of: Of) => Answer {
  const known = new WeakMap<NotebookFacts, Map<unknown, Answer>>();
  return (facts, of) => {
    const answers = known.get(facts) ?? new Map<unknown, Answer>();
    known.set(facts, answers);
    const key = keyOf(of);
    const before = answers.get(key);
    if (before !== undefined || answers.has(key)) return before as Answer;
    const now = answer(facts, of);
    answers.set(key, now);
    return now;
  };
}
