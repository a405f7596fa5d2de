import { createHash } from "node:crypto";
import { counted } from "../../counted.ts";
import type { EventOf } from "../../journal/journal-event.ts";
import { describeReplaced } from "../../secrets/redact/describe-replaced.ts";
import { redactJson } from "../../secrets/redact/redact-json.ts";
import { type Redaction, redacted } from "../../secrets/redact/redaction.ts";
import type { Note, Run } from "../format/run.ts";
import type { CellExecution } from "./cells-of-journal.ts";

/** A run with the secrets in its names, values and messages replaced as its notebook's were, and a note of how many, of what kind and where. */
export function withoutSecrets(run: Run, redaction: Redaction, cells: readonly CellExecution[]): Run {
  const clean = redactJson(run, "what the run recorded", redaction) as Run;
  const ran = clean.cells.map((cell, at) => ({
    ...cell,
    sourceSha256: hashOfKept(cells[at]?.start, redaction) ?? cell.sourceSha256,
  }));
  return { ...clean, cells: ran, notes: [...clean.notes, ...notesOf(redaction, cells)] };
}

/** What ran, as it may be kept. */
export function keptSource({ source }: Pick<EventOf<"cell">, "source">, { known }: Redaction): string {
  let kept = source;
  for (const value of known) kept = kept.replaceAll(value, () => redacted);
  return kept;
}

/** Beside a text with one word missing, a hash of the whole would give that word away; null where the kernel left none in. */
function hashOfKept(ran: EventOf<"cell"> | undefined, redaction: Redaction): string | null {
  if (ran === undefined) return null;
  const kept = keptSource(ran, redaction);
  return kept === ran.source ? null : createHash("sha256").update(kept, "utf8").digest("hex");
}

function notesOf({ found }: Redaction, cells: readonly CellExecution[]): Note[] {
  const count = found.reduce((sum, each) => sum + each.count, 0);
  if (count > 0) {
    const what = counted(count, "secret was", "secrets were");
    return [
      {
        code: "secrets/redacted",
        message: `${what} replaced by ${redacted} before anything was stored (${describeReplaced(found)}); a restored notebook shows it so.`,
      },
    ];
  }
  // The notebook shows none any more: what ran did, and the kernel wrote it down without them.
  const marks = cells.reduce(
    (sum, { start, done }) => sum + marksIn(start.source) + marksIn(done?.error?.message ?? ""),
    0,
  );
  if (marks === 0) return [];
  return [
    {
      code: "secrets/redacted",
      message: `${counted(marks, "secret")} in what ran, replaced by ${redacted} before it was written down.`,
    },
  ];
}

function marksIn(text: string): number {
  return text.split(redacted).length - 1;
}
