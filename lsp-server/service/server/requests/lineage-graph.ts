import { isFileName } from "@lookback/kernel-bridge/ledger/format/is-file-name.ts";
import type { LineageGraph } from "@lookback/kernel-bridge/ledger/lineage/lineage-graph.ts";
import { readLineage } from "@lookback/kernel-bridge/ledger/lineage/read-lineage.ts";
import { handler } from "../handler.ts";
import type { Ledger } from "../ledgers.ts";

export const lineageGraph = handler("lookback/lineage/graph", async (session, { of, ...options }) => {
  if ("run" in of)
    return session.ledgers.withRun(of.run, async (ledger) =>
      inEditor(ledger, await readLineage(ledger.store, of, options)),
    );
  if ("path" in of && isFileName(of.path)) {
    const ledger = await session.ledgers.of(of.path);
    const path = ledger.toLedger(of.path);
    return inEditor(ledger, await readLineage(ledger.store, { ...of, path }, options));
  }
  // An address or a deployment lies in no folder.
  const { ledgers, failures } = await session.ledgers.all();
  let missing: unknown = failures[0];
  for (const ledger of ledgers) {
    try {
      return inEditor(ledger, await readLineage(ledger.store, of, options));
    } catch (error) {
      missing = error;
    }
  }
  throw missing;
});

/** A graph with its files named as the editor names them. */
export function inEditor({ toEditor }: Ledger, graph: LineageGraph): LineageGraph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (node.kind === "run") return { ...node, notebook: toEditor(node.notebook) };
      return node.kind === "data" ? { ...node, paths: node.paths.map(toEditor) } : node;
    }),
  };
}
