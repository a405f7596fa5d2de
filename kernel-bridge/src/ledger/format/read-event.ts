import { z } from "zod";
import { Failure } from "../../failure.ts";
import type { LedgerEvent } from "./event.ts";

/**
 * The event in an `event.json`. Fails with `ledger/newer-event` for one of a version after this, and with `ledger/event-unreadable`: an
 * event may delete, or say what a deployment rested on, so none is passed over.
 */
export function readEvent(text: string): LedgerEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable("it is not JSON", cause);
  }
  const { v } = (value ?? {}) as { v?: unknown };
  if (typeof v === "number" && v > newest) {
    throw new Failure(
      "ledger/newer-event",
      `An event is written in form ${v}, which this version does not know.`,
      { advice: "Update Lookback to read it.", data: { v } },
    );
  }
  const read = form.safeParse(value);
  if (read.success) return withoutVersion(read.data) as LedgerEvent;
  throw unreadable(`its ${read.error.issues[0]?.path.join(".") || "form"} is missing or of another kind`);
}

/** An event as `event.json`. */
export function writeEvent(event: LedgerEvent): string {
  return `${JSON.stringify({ v: newest, ...event }, null, 1)}\n`;
}

/** The first line of the commit of an event. A version that knows none shows it as a record of no run that it cannot read. */
export function eventMessage({ said }: LedgerEvent): string {
  return `${begins}${said.kind}`;
}

/** Whether a commit records an event and not a run, by its message: no notebook's name and id look so. */
export function isEventCommit({ message }: { readonly message: string }): boolean {
  return message.startsWith(begins) && !/ [0-9A-Z]{26}$/.test(message);
}

const begins = "lookback event: ";
const newest = 1;

const text = z.string();
const runs = z.array(text);
const form = z.object({
  v: z.literal(newest),
  at: z.iso.datetime(),
  order: z.number(),
  by: z.object({ name: text.nullable(), email: text.nullable(), agent: text.nullable() }),
  said: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("mark"),
      run: text,
      changes: z.strictObject({
        starred: z.boolean().optional(),
        name: text.nullable().optional(),
        note: text.nullable().optional(),
        addTags: z.array(text).optional(),
        removeTags: z.array(text).optional(),
        official: z.object({ question: text, is: z.boolean(), instead: text.nullable() }).optional(),
      }),
    }),
    z.object({ kind: z.literal("delete"), runs }),
    z.object({ kind: z.literal("undelete"), runs }),
    z.object({ kind: z.literal("free"), runs }),
    z.object({ kind: z.literal("rested"), deployment: text, commit: text, run: text.nullable() }),
  ]),
});

function withoutVersion<Read extends { readonly v: number }>({ v, ...event }: Read) {
  return event;
}

function unreadable(why: string, cause?: unknown): Failure {
  return new Failure("ledger/event-unreadable", `An event of this ledger cannot be read: ${why}.`, {
    advice: "`lookback fsck` says what else is wrong.",
    cause,
  });
}
