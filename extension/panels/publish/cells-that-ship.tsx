import type { PublishPlan } from "@lookback/protocol/publish.ts";
import type { ReactNode } from "react";

/** The notebook's cells: those that ship with their number, those that stay dimmed; the reason is each one's tooltip. */
export function CellsThatShip(props: { plan: PublishPlan }): ReactNode {
  const { cells, model, trainingSet } = props.plan;
  const ships = cells.filter((cell) => cell.ships).length;
  const needs = [model?.variable, trainingSet].filter((name) => typeof name === "string");
  return (
    <section>
      <h2 className="lb-heading">What ships</h2>
      <p className="lb-muted">
        {ships} of {cells.length} cells
        {needs.length === 0 ? null : (
          <>
            {": what "}
            {needs.map((name, at) => (
              <span key={name}>
                {at > 0 ? " and " : ""}
                <code className="lb-mono">{name}</code>
              </span>
            ))}
            {needs.length === 1 ? " needs" : " need"}
          </>
        )}
      </p>
      <ol className="lb-card lb-publish-cells">
        {cells.map((cell, at) => (
          <li
            key={cell.cellId}
            data-ships={cell.ships}
            title={`${cell.firstLine}\n${cell.ships ? "Ships" : "Stays"}: ${cell.why}`}
          >
            <span className="lb-publish-number" aria-hidden="true">
              {cell.ships ? at + 1 : "–"}
            </span>
            <code className="lb-mono lb-ellipsis">{cell.firstLine || "(empty)"}</code>
            <span className="lb-hidden">{`${cell.ships ? "ships" : "stays"}: ${cell.why}`}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
