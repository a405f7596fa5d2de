import type { z } from "zod";
import type { journalSchema } from "./journal-schema.ts";

type Schema = typeof journalSchema;
export type EventName = keyof Schema;

/** One kind of event. `at` is ISO-8601 UTC. */
export type EventOf<Name extends EventName> = { readonly t: Name; readonly at: string } & {
  readonly [Field in keyof Schema[Name]]: z.output<Schema[Name][Field]>;
};

/** The same as it may be written: a field that came later may be left out, and is read as its default. */
export type WrittenOf<Name extends EventName> = { readonly t: Name; readonly at: string } & Readonly<
  z.input<z.ZodObject<Schema[Name]>>
>;

/** What the observer writes: one JSON object a line. */
export type JournalEvent = { [Name in EventName]: EventOf<Name> }[EventName];

/** A file that a cell used; size and time as they were at that moment, null where they could not be taken. */
export type FileEvent = EventOf<"read"> | EventOf<"write">;
