import type { z } from "zod";
import type { journalSchema } from "./journal-schema.ts";

type Schema = typeof journalSchema;
type EventName = keyof Schema;

/** One kind of event. `at` is ISO-8601 UTC. */
export type EventOf<Name extends EventName> = { readonly t: Name; readonly at: string } & {
  readonly [Field in keyof Schema[Name]]: z.output<Schema[Name][Field]>;
};

/** What the observer writes: one JSON object a line. */
export type JournalEvent = { [Name in EventName]: EventOf<Name> }[EventName];

/** A file that a cell used; size and time as they were at that moment, null where they could not be taken. */
export type FileEvent = EventOf<"read"> | EventOf<"write">;
