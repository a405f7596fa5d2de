import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { AllShown } from "../kit/all-shown.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { shortClass } from "../kit/titles.ts";
import { LineChart } from "./line-chart.tsx";
import { rowsText } from "./score-lines.ts";

type Table = Run["tables"][number];

/** Scores that are more than a number: a curve is drawn, a matrix shaded, a report as it was. */
export function ScoreTables(props: { tables: Run["tables"] }): ReactNode {
  return props.tables.map((table, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may compute the same twice
    <ScoreTable key={at} table={table} />
  ));
}

function ScoreTable(props: { table: Table }): ReactNode {
  const { name, kind, columns, values, of, rows, split, estimator, innerFits, ...rest } = props.table;
  const { cellId: _, model: __, truth: ___, ...unshown } = rest;
  unshown satisfies AllShown;
  const aside = [
    estimator === null ? "" : shortClass(estimator),
    rowsText({ rows, split, folds: null }),
    innerFits === null ? "" : countText(innerFits, "fit"),
    of > values.length
      ? `${values.length} of ${of.toLocaleString()} ${kind === "curve" ? "points" : "rows"}`
      : "",
  ].filter((part) => part !== "");
  return (
    <figure className="lb-score-table">
      <figcaption>
        {metricTitle(name)} <span className="lb-run-aside lb-muted">{aside.join(" · ")}</span>
      </figcaption>
      {kind === "curve" ? (
        <Curve name={name} columns={columns} values={values} />
      ) : (
        <Values isMatrix={kind === "matrix"} columns={columns} values={values} />
      )}
    </figure>
  );
}

/** The first column from left to right; the others are its lines, but thresholds, which are another scale. */
function Curve({ name, columns, values }: Pick<Table, "name" | "columns" | "values">): ReactNode {
  const shown = columns.flatMap((column, at) => (at > 0 && !/^threshold$| sd$/.test(column) ? [at] : []));
  const numbers = (at: number) => values.map((row) => (typeof row[at] === "number" ? row[at] : null));
  const along = numbers(0);
  const isPlaced = along.every((value) => value !== null);
  return (
    <>
      <LineChart
        label={`${name}: ${shown.map((at) => columns[at]).join(", ")} over ${columns[0]}`}
        lines={shown.map(numbers)}
        {...(isPlaced ? { along: along as number[] } : {})}
      />
      <p className="lb-muted lb-chart-legend">
        {shown.map((at, line) => (
          <span key={columns[at]} data-line={line}>
            {columns[at]}
          </span>
        ))}
        <span>over {columns[0]}</span>
      </p>
    </>
  );
}

function Values(props: { isMatrix: boolean } & Pick<Table, "columns" | "values">): ReactNode {
  const { isMatrix, columns, values } = props;
  const numbers = values.flat().filter((value) => typeof value === "number");
  const most = Math.max(...numbers.map(Math.abs), Number.MIN_VALUE);
  return (
    <div className="lb-scroll">
      <table className="lb-table lb-score-values">
        <thead>
          <tr>
            {columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and classes may be called alike
              <th key={at} scope="col" className={at === 0 ? undefined : "lb-number"}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {values.map(([label, ...row], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and classes may be called alike
            <tr key={at}>
              <th scope="row">{String(label ?? "")}</th>
              {row.map((value, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes
                  key={column}
                  className="lb-number"
                  style={isMatrix && typeof value === "number" ? shade(Math.abs(value) / most) : undefined}
                >
                  {typeof value === "number" ? metricValue(value) : (value ?? "")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From nothing to a third of the color, over which text stays readable. */
function shade(share: number) {
  return { background: `color-mix(in srgb, var(--lb-known) ${Math.round(share * 35)}%, transparent)` };
}
