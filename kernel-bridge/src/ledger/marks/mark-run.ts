import { Failure } from "../../failure.ts";
import { redactText } from "../../secrets/redact/redact-text.ts";
import type { MarkChanges } from "../format/event.ts";
import type { Author, RunMarks } from "../format/run.ts";
import { noMarks } from "../format/run-summary.ts";
import { inFoldOrder } from "../index/fold-order.ts";
import { readIndex } from "../index/run-index.ts";
import { findIn } from "../read/find-run.ts";
import type { WritableStore } from "../store/store.ts";
import { appendEvent } from "./append-event.ts";
import { foldMarks, officialRun } from "./fold-marks.ts";

/** What is asked of a run's marks; what is absent stays. Empty names and notes take them away. */
export type MarkWish = {
  readonly starred?: boolean;
  readonly name?: string | null;
  readonly note?: string | null;
  readonly addTags?: string[];
  readonly removeTags?: string[];
  /** Whether the run is the official answer to a question: the notebook's path unless it is named. */
  readonly official?: { readonly question?: string; readonly is: boolean };
};

/** A run's marks after a change. */
export interface Marked {
  readonly run: string;
  readonly marks: RunMarks;
  /** The run that was the official answer until now. */
  readonly insteadOf: string | null;
}

/**
 * Marks a run in its writer's own chain. Secrets in names, notes and tags are replaced as everywhere. Fails as finding a run does, and with
 * `marks/bad-mark`; nothing was marked then.
 */
export async function markRun(store: WritableStore, id: string, wish: MarkWish, by: Author): Promise<Marked> {
  const index = await readIndex(store);
  const { summary } = findIn(index, id);
  const before = foldMarks(index.events);
  const question = wish.official?.question ?? summary.notebook;
  const instead = wish.official === undefined ? null : officialRun(before, question);
  const { official, ...fields } = checked(wish);
  const changes: MarkChanges = {
    ...fields,
    ...(official === undefined ? {} : { official: { question, is: official.is, instead } }),
  };
  if (Object.keys(changes).length === 0) throw bad("Nothing was asked of the run.");
  const entry = await appendEvent(store, { kind: "mark", run: summary.id, changes }, { by, seen: index });
  const marks = foldMarks(inFoldOrder([...index.events, entry])).get(summary.id) ?? noMarks;
  return { run: summary.id, marks, insteadOf: official?.is && instead !== summary.id ? instead : null };
}

function checked(wish: MarkWish): MarkWish {
  const tags = (list: readonly string[]) => list.map((tag) => line("A tag", tag, 100));
  return {
    ...(wish.starred === undefined ? {} : { starred: wish.starred }),
    ...(wish.name === undefined ? {} : { name: wish.name ? line("A name", wish.name, 200) : null }),
    ...(wish.note === undefined ? {} : { note: wish.note ? text("A note", wish.note, 20_000) : null }),
    ...(wish.addTags?.length ? { addTags: tags(wish.addTags) } : {}),
    ...(wish.removeTags?.length ? { removeTags: tags(wish.removeTags) } : {}),
    ...(wish.official === undefined
      ? {}
      : {
          official: {
            is: wish.official.is,
            ...(wish.official.question === undefined
              ? {}
              : { question: line("A question", wish.official.question, 200) }),
          },
        }),
  };
}

function line(what: string, value: string, most: number): string {
  const trimmed = value.trim();
  if (trimmed === "") throw bad(`${what} is at least one sign.`);
  if (/[\r\n]/.test(trimmed)) throw bad(`${what} is one line.`);
  return text(what, trimmed, most);
}

function text(what: string, value: string, most: number): string {
  if (value.length > most) throw bad(`${what} is at most ${most.toLocaleString("en-US")} signs long.`);
  return redactText(value).text;
}

function bad(why: string): Failure {
  return new Failure("marks/bad-mark", `${why} Nothing was marked.`, {
    advice: "`lookback tag --help` says how.",
  });
}
