import type { OfficialMark, RunMarks } from "../format/run.ts";
import { noMarks } from "../format/run-summary.ts";
import type { EventEntry } from "../index/index-file.ts";

/** The marks of each run that has any, by run, from events in the order they count. Of one field the last has it; a tag is a field of its own. */
export function foldMarks(events: readonly EventEntry[]): ReadonlyMap<string, RunMarks> {
  const marks = new Map<string, Folded>();
  const questions = new Map<string, Question>();
  for (const { event } of events) {
    if (event.said.kind !== "mark") continue;
    const { run, changes } = event.said;
    const now = marks.get(run) ?? { ...noMarks, tags: new Set() };
    marks.set(run, now);
    if (changes.starred !== undefined) now.starred = changes.starred;
    if (changes.name !== undefined) now.name = changes.name;
    if (changes.note !== undefined) now.note = changes.note;
    for (const tag of changes.addTags ?? []) now.tags.add(tag);
    for (const tag of changes.removeTags ?? []) now.tags.delete(tag);
    if (changes.official === undefined) continue;
    const { question, is, instead } = changes.official;
    const held = questions.get(question) ?? null;
    if (!is) {
      if (held?.run === run) questions.delete(question);
      continue;
    }
    const unseen = held !== null && held.run !== run && held.run !== instead;
    const disputed = unseen ? { run: held.run, by: held.by, at: held.at } : null;
    questions.set(question, { run, by: event.by, at: event.at, disputed });
  }
  const official = new Map<string, OfficialMark[]>();
  for (const [question, { run, ...mark }] of questions)
    official.set(run, [...(official.get(run) ?? []), { question, ...mark }]);
  return new Map(
    [...marks].map(([run, { tags, ...each }]) => [
      run,
      { ...each, tags: [...tags].sort(), official: official.get(run) ?? [] },
    ]),
  );
}

/** The run that is the official answer to a question; null when none is. */
export function officialRun(marks: ReadonlyMap<string, RunMarks>, question: string): string | null {
  for (const [run, { official }] of marks)
    if (official.some((mark) => mark.question === question)) return run;
  return null;
}

type Question = Omit<OfficialMark, "question"> & { readonly run: string };

interface Folded {
  starred: boolean;
  name: string | null;
  note: string | null;
  readonly tags: Set<string>;
}
