import type { LineageGraph } from "@lookback/kernel-bridge/ledger/lineage/lineage-graph.ts";
import type { MetricOrigin } from "@lookback/kernel-bridge/ledger/lineage/origin-of-metric.ts";
import type { LineageOf } from "@lookback/kernel-bridge/ledger/lineage/read-lineage.ts";

export type {
  LineageEdge,
  LineageGraph,
  LineageNode,
} from "@lookback/kernel-bridge/ledger/lineage/lineage-graph.ts";
export type { LineageOf } from "@lookback/kernel-bridge/ledger/lineage/read-lineage.ts";

export interface LineageRequests {
  /** What a run, a file or a deployment rests on (`up`), and what rests on it (`down`); both unless said. Deployments are named as the ledger names them. */
  "lookback/lineage/graph": {
    params: { of: LineageOf; up?: boolean; down?: boolean; most?: number };
    result: LineageGraph;
  };
  /** Where a number of a run comes from: its last metric of the name, or its last, or one by its place among them from 0. The graph says where the data comes from. */
  "lookback/lineage/metric": {
    params: { id: string; name?: string; at?: number };
    result: MetricOrigin & { readonly lineage: LineageGraph };
  };
}
