import type { ReactNode } from "react";
import { Scrolled } from "../../kit/scrolled.tsx";
import type { RowDiff } from "./row-diff.ts";

/** A few rows of each kind: of those that changed what differs, before and after. */
export function RowExamples(props: { rows: RowDiff }): ReactNode {
  const { key, examples } = props.rows;
  return (
    <Scrolled label="Example rows">
      <table className="lb-table">
        <thead>
          <tr>
            <th>
              <span className="lb-hidden">what became of it</span>
            </th>
            <th>{(key ?? []).join(", ")}</th>
            <th>values</th>
          </tr>
        </thead>
        <tbody>
          {examples.map(({ kind, key: values, values: shown }) => (
            <tr key={`${kind} ${values.join("\n")}`}>
              <td className={`lb-${kind}`}>
                <span aria-hidden="true">{SIGNS[kind]}</span> {kind}
              </td>
              <th scope="row" className="lb-mono">
                {values.join(", ")}
              </th>
              <td className="lb-mono">
                {shown.map(({ name, left, right }) => (
                  <span key={name} className="lb-row-value">
                    <span className="lb-muted">{name}</span>{" "}
                    {kind === "changed"
                      ? `${left ?? "none"} → ${right ?? "none"}`
                      : ((kind === "added" ? right : left) ?? "none")}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

const SIGNS = { added: "+", removed: "−", changed: "~" } as const;
