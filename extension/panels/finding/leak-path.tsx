import type { ShownStep } from "@lookback/protocol/findings.ts";
import { type ReactNode, useEffect, useRef } from "react";
import type { Host } from "../../host.ts";
import { type CellNames, goTo, whereText } from "../kit/places.ts";
import { drawPath } from "./draw-path.ts";

/** How a leak reaches a score, drawn as the editor's tooltip draws it. Drawn anew only when it says something else: who is on a stop stays there. */
export function LeakPath(props: { host: Host; path: readonly ShownStep[]; names: CellNames }): ReactNode {
  const { host, path, names } = props;
  const box = useRef<HTMLDivElement>(null);
  const says = JSON.stringify(path.map((step) => [step, whereText(step.at, names)]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says stands for path and names, by value
  useEffect(() => {
    const stops = path.map((step) => ({
      ...step,
      where: whereText(step.at, names),
      go: () => goTo(host, step.at),
    }));
    box.current?.replaceChildren(drawPath(stops));
  }, [host, says]);
  return <div ref={box} />;
}
