import { Failure } from "../../failure.ts";
import type { RunEntry } from "../index/index-file.ts";
import { type RunIndex, readIndex } from "../index/run-index.ts";
import { sayAuthor } from "../marks/author.ts";
import type { Store } from "../store/store.ts";

/** The run of an id or of an unambiguous beginning of one. Fails with `ledger/no-such-run`, `ledger/ambiguous-run`, `ledger/run-deleted`, or `ledger/run-unreadable` for one that is there and cannot be read. */
export async function findRun(store: Store, id: string): Promise<RunEntry> {
  return findIn(await readIndex(store), id);
}

/** As `findRun`, in an index that was read. */
export function findIn(index: RunIndex, id: string): RunEntry {
  const { entries, tombstones } = index;
  const unreadable = index.unreadable.filter((run) => run.id === null || !tombstones.has(run.id));
  const wanted = id.toUpperCase();
  const [exact, double] = entries.filter((entry) => entry.summary.id === wanted);
  if (exact !== undefined && double !== undefined) throw recordedTwice(exact, double);
  if (exact !== undefined) return exact;
  const begins = (each: string | null) => wanted !== "" && each !== null && each.startsWith(wanted);
  const matches = entries.filter((entry) => begins(entry.summary.id));
  const lost = unreadable.filter((run) => begins(run.id));
  const [only] = matches;
  if (matches.length + lost.length > 1) {
    const ids = [...matches.map((entry) => entry.summary.id), ...lost.map((run) => run.id)];
    throw new Failure("ledger/ambiguous-run", `${ids.length} runs begin with ${id}. None was chosen.`, {
      advice: `Give more of its id: ${ids.slice(0, 3).join(", ")} …`,
      data: { id },
    });
  }
  if (only !== undefined) return only;
  if (lost[0] !== undefined) {
    throw new Failure("ledger/run-unreadable", `Run ${lost[0].id} cannot be read. ${lost[0].reason}`, {
      advice: "`lookback fsck` says what else is wrong.",
      data: { id, commit: lost[0].commit },
    });
  }
  const deleted = [...index.tombstones.keys()].filter(begins);
  if (deleted.length === 1) throw wasDeleted(index, deleted[0]!);
  throw new Failure("ledger/no-such-run", `There is no run ${id} in this workspace.`, {
    advice: "`lookback runs` lists them.",
    data: { id },
  });
}

/** No two records have one id but where somebody made one of another's. */
function recordedTwice({ summary, writer }: RunEntry, other: RunEntry): Failure {
  return new Failure(
    "ledger/ambiguous-run",
    `Run ${summary.id} is recorded twice, in the chains ${writer} and ${other.writer}, and nobody can say which is meant. None was chosen.`,
    {
      advice: "One of them came from a remote: ask whoever pushes there.",
      data: { id: summary.id, writers: [writer, other.writer] },
    },
  );
}

function wasDeleted({ tombstones }: RunIndex, id: string): Failure {
  const { by, at, freedAt } = tombstones.get(id)!;
  const when = at.slice(0, 16).replace("T", " ");
  return new Failure("ledger/run-deleted", `Run ${id} was deleted by ${sayAuthor(by)} on ${when} UTC.`, {
    advice:
      freedAt === null
        ? `\`lookback delete --undo ${id}\` brings it back, until \`lookback gc\` frees its bytes.`
        : "Its bytes were freed since: it cannot come back.",
    data: { id, by, at, freedAt },
  });
}
