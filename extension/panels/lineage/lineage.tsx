import type { LineageGraph, LineageNode, LineageOf } from "@lookback/protocol/lineage.ts";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Host, Mount, PanelParams } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { TabList } from "../kit/tab-list.tsx";
import { useAnswer } from "../kit/use-answer.ts";
import { useWidth } from "../kit/use-width.ts";
import { Waiting } from "../kit/waiting.tsx";
import { Header } from "./header.tsx";
import { IfDeleted } from "./if-deleted.tsx";
import { lineageSentence } from "./lineage-words.ts";
import { MetricChain } from "./metric-chain.tsx";
import { NodeList } from "./node-list.tsx";
import { Picture } from "./picture.tsx";
import { Unknowns } from "./unknowns.tsx";
import "./lineage.css";

/** What rests on what around a run, a file or a deployment, drawn and as a list; where a number comes from; what breaks when it goes. */
export const mountLineage: Mount<"lineage"> = (element, host, params) =>
  draw(element, <Lineage host={host} params={params} />);

type Asked = PanelParams["lineage"];

function Lineage(props: { host: Host; params: Asked }): ReactNode {
  const { host, params } = props;
  const [trail, setTrail] = useState<readonly Asked[]>([params]);
  const asked = trail.at(-1) ?? params;
  const go = (node: LineageNode) => {
    if (node.kind === "run") host.openPanel("run", { id: node.id });
    else setTrail([...trail, { of: nodeOf(node) }]);
  };
  const back = trail.length > 1 ? () => setTrail(trail.slice(0, -1)) : null;
  return (
    <main className="lb-panel lb-lineage">
      {"run" in asked.of && asked.metric !== undefined ? (
        <OfMetric
          key={`${asked.of.run} ${asked.metric}`}
          host={host}
          id={asked.of.run}
          at={asked.metric}
          go={go}
          back={back}
        />
      ) : (
        <OfThing key={JSON.stringify(asked.of)} host={host} of={asked.of} go={go} back={back} />
      )}
    </main>
  );
}

interface Ways {
  readonly host: Host;
  readonly go: (node: LineageNode) => void;
  readonly back: (() => void) | null;
}

function OfThing(props: Ways & { of: LineageOf }): ReactNode {
  const { host, of, go, back } = props;
  const { answer, failure, again } = useAnswer(host, "lookback/lineage/graph", { of, most: MOST });
  const [tab, setTab] = useState<"graph" | "deleted">("graph");
  useEffect(() => host.on("lookback/runs/changed", again), [host, again]);
  if (answer === null)
    return failure ? (
      <FailureNotice failure={failure} onRetry={again} />
    ) : (
      <Waiting>Following what rests on what</Waiting>
    );
  return (
    <>
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      <Header title={lineageSentence(of, answer)} back={back}>
        {"run" in of ? (
          <button type="button" className="lb-button" onClick={() => host.openPanel("run", { id: of.run })}>
            Open run
          </button>
        ) : "deployment" in of ? (
          <button type="button" className="lb-button" onClick={() => host.openPanel("deployments", {})}>
            Open deployments
          </button>
        ) : null}
      </Header>
      {"deployment" in of ? (
        <Body graph={answer} go={go} />
      ) : (
        <>
          <TabList
            tabs={[
              { id: "graph", title: "Lineage", count: null },
              { id: "deleted", title: "If it is deleted", count: null },
            ]}
            chosen={tab}
            label="What is shown"
            prefix="lb-lineage-"
            onChoose={setTab}
          />
          <div
            role="tabpanel"
            id={`lb-lineage-${tab}`}
            aria-label={tab === "graph" ? "Lineage" : "If it is deleted"}
          >
            {tab === "graph" ? <Body graph={answer} go={go} /> : <IfDeleted of={of} graph={answer} go={go} />}
          </div>
        </>
      )}
    </>
  );
}

function OfMetric(props: Ways & { id: string; at: number }): ReactNode {
  const { host, id, at, go, back } = props;
  const { answer, failure, again } = useAnswer(host, "lookback/lineage/metric", { id, at });
  if (answer === null)
    return failure ? (
      <FailureNotice failure={failure} onRetry={again} />
    ) : (
      <Waiting>Following what rests on what</Waiting>
    );
  return (
    <MetricChain
      host={host}
      id={id}
      origin={answer}
      back={back}
      picture={<Body graph={answer.lineage} go={go} />}
    />
  );
}

/** The picture where there is room, the same as a list, and what is not known. */
function Body(props: { graph: LineageGraph; go: (node: LineageNode) => void }): ReactNode {
  const { graph, go } = props;
  const box = useRef<HTMLDivElement>(null);
  const isWide = useWidth(box, WIDE) >= WIDE;
  // In the same box: its width is followed from the first on.
  if (graph.nodes.length <= graph.start.length && graph.edges.length === 0)
    return (
      <div ref={box} className="lb-lineage-body">
        <EmptyState
          title="Nothing else is known of it."
          action="Runs that read or write files, and what is published, appear here."
        />
      </div>
    );
  return (
    <div ref={box} className="lb-lineage-body">
      {isWide ? <Picture graph={graph} go={go} /> : null}
      {graph.isCut ? (
        <p className="lb-muted">There is more than is shown: only {MOST} runs were followed.</p>
      ) : null}
      <Unknowns unknown={graph.unknown} />
      <NodeList key={String(isWide)} graph={graph} isOpen={!isWide} go={go} />
    </div>
  );
}

const MOST = 200;
const WIDE = 480;

function nodeOf(node: Exclude<LineageNode, { kind: "run" }>): LineageOf {
  if (node.kind === "deployment") return { deployment: node.name };
  const [path = ""] = node.paths;
  return node.sha256 === null ? { path } : { path, sha256: node.sha256 };
}
