import { z } from "zod";
import type { EventName, EventOf, JournalEvent, WrittenOf } from "./journal-event.ts";
import { journalSchema, journalVersion } from "./journal-schema.ts";

/**
 * Reads the lines of a journal one after the other: the session's own line says by which version. Null for a line that is no
 * event, of this version or any other; a version that is not known here makes every line of its session one of those.
 */
export function eventReader(): (line: string) => JournalEvent | null {
  // Journals before there were versions name none.
  let version = 1;
  return (line) => {
    const value = parsed(line);
    if (value === null) return null;
    if (value.t === "session") version = typeof value.v === "number" ? value.v : 1;
    return readers[version]?.(value) ?? null;
  };
}

/** An event that another than the kernel tells: what it leaves out is read as in the lines of before there was such a field. */
export function eventOf<Name extends EventName>(written: WrittenOf<Name>): EventOf<Name> {
  return event.parse(written) as EventOf<Name>;
}

/** The fields that an event got since it was first written, each as it is read where it is missing. */
export function laterFields(shape: Readonly<Record<string, z.ZodType>>): Fields {
  const missing = Object.entries(shape).map(([field, type]) => [field, type.safeParse(undefined)] as const);
  return Object.fromEntries(missing.flatMap(([field, read]) => (read.success ? [[field, read.data]] : [])));
}

type Fields = Readonly<Record<string, unknown>>;

const readers: Readonly<Record<number, (value: Fields) => JournalEvent | null>> = {
  1: (value) => readCurrent({ ...added[String(value.t)], ...value }),
  [journalVersion]: readCurrent,
};

/** What the second version added, as the first one's events are read. */
const added: Readonly<Record<string, Fields>> = {
  session: { v: 1, host: null, started: null, ranBefore: null },
  note: { scope: "cell" },
};

const fields = { at: z.string() };
const event = z.discriminatedUnion(
  "t",
  // One schema a kind, made from the one table: the compiler cannot follow a list that is made.
  Object.entries(journalSchema).map(([t, shape]) =>
    z.object({ t: z.literal(t), ...fields, ...shape }),
  ) as never,
);

function readCurrent(value: Fields): JournalEvent | null {
  const read = event.safeParse(value);
  return read.success ? (read.data as JournalEvent) : null;
}

function parsed(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
