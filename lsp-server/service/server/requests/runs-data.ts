import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { getFile } from "@lookback/kernel-bridge/objects/read-file.ts";
import { handler } from "../handler.ts";

/** Only what the run itself names is given out, and only what was stored: of a file with secrets nothing was. */
export const runsData = handler("lookback/runs/data", (session, { id, sha256, limit }) =>
  session.ledgers.withRun(id, async ({ store }) => {
    const run = await showRun(store, id);
    const use = run.datasets.find((dataset) => dataset.sha256 === sha256 && dataset.stored);
    if (use === undefined) {
      throw new Failure(
        "data/not-stored",
        "The bytes of this version are not stored, so they cannot be shown.",
        {
          data: { id, sha256 },
        },
      );
    }
    if (use.size === null || use.size > limit) {
      throw new Failure(
        "data/too-large",
        `${use.path} is larger than what is compared row by row here: ${inMegabytes(use.size)}, at most ${inMegabytes(limit)}.`,
        {
          advice:
            "Restore both versions with `lookback restore RUN --to DIR`, and compare them with DuckDB or pandas.",
          data: { id, sha256 },
        },
      );
    }
    return { base64: (await getFile(store.objects, sha256)).toString("base64") };
  }),
);

function inMegabytes(bytes: number | null): string {
  return bytes === null
    ? "of unknown size"
    : `${(bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 })} MB`;
}
