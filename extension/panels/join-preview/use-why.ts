import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { JoinFeature } from "@lookback/protocol/joins.ts";
import { useEffect, useState } from "react";
import type { Cell, Row } from "../engine/rows-of.ts";
import type { Preview } from "./use-preview.ts";

export interface Candidate {
  /** Position, newest first. */
  readonly id: number;
  readonly eventTime: number;
  /** Null when it never could be read: a row whose created time is missing. */
  readonly availableAt: number | null;
  readonly value: Cell;
  readonly verdict: string;
  readonly naive: boolean;
}

/** Everything that explains one cell. */
export interface Why {
  readonly feature: JoinFeature;
  readonly row: Row;
  readonly candidates: readonly Candidate[];
  readonly history: readonly {
    readonly eventTime: number;
    readonly availableAt: number | null;
    readonly value: Cell;
  }[];
  readonly labels: readonly { readonly time: number; readonly leaked: boolean }[];
  readonly from: number;
  readonly to: number;
}

const hourUs = 3_600_000_000;

/** Asks the engine why a cell holds what it holds. The last answer stays until the next is there. */
export function useWhy(
  preview: Preview,
  feature: JoinFeature,
  rowId: number,
): { why: Why | null; failure: FailureData | null } {
  const [why, setWhy] = useState<Why | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  useEffect(() => {
    let left = false;
    explain(preview, feature, rowId).then(
      (answer) => {
        if (!left) setWhy(answer);
      },
      (error: unknown) => {
        if (!left) setFailure(failureOf(error));
      },
    );
    return () => {
      left = true;
    };
  }, [preview, feature, rowId]);
  return { why, failure };
}

async function explain(preview: Preview, feature: JoinFeature, rowId: number): Promise<Why> {
  const { session } = preview;
  const [row = {}] = await session.query("SELECT * FROM preview WHERE row_id = CAST(? AS BIGINT)", [rowId]);
  const candidates = (await session.query(feature.whySql, [rowId])).map((found, id) => ({
    id,
    eventTime: Number(found.event_time),
    availableAt: found.available_at === null ? null : Number(found.available_at),
    value: found.value ?? null,
    verdict: String(found.verdict),
    naive: found.naive === true,
  }));
  const moment = typeof row.spine_time === "number" ? row.spine_time : (candidates[0]?.eventTime ?? 0);
  for (const reach of [24 * hourUs, 30 * 24 * hourUs]) {
    const [from, to] = [moment - reach, moment + reach / 2];
    const history = await session.query(feature.historySql, [rowId, from, to]);
    if (history.length < 4 && reach === 24 * hourUs) continue;
    const labels = await session.query(labelsSql(preview, feature), [rowId, from, to]);
    return {
      feature,
      row,
      candidates,
      history: history.map((found) => ({
        eventTime: Number(found.event_time),
        availableAt: found.available_at === null ? null : Number(found.available_at),
        value: found.value ?? null,
      })),
      labels: labels.map((found) => ({ time: Number(found.time), leaked: found.leaked === true })),
      from,
      to,
    };
  }
  return { feature, row, candidates, history: [], labels: [], from: moment, to: moment };
}

/** Moments of the same entity, each with whether the naive join leaks there. */
function labelsSql({ plan: { spineColumns } }: Preview, { entityKeys, columns }: JoinFeature): string {
  const same = entityKeys.map((key) => `p.s${spineColumns.indexOf(key)} = o.s${spineColumns.indexOf(key)}`);
  const on = ["o.row_id = CAST(? AS BIGINT)", ...same].join(" AND ");
  return `SELECT DISTINCT p.spine_time AS time, p.${columns.leaked} AS leaked FROM preview p JOIN preview o ON ${on}
WHERE p.spine_time BETWEEN CAST(? AS BIGINT) AND CAST(? AS BIGINT) ORDER BY 1 LIMIT 300`;
}
