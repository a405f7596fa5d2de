import type { ShownOutput } from "@lookback/protocol/compare.ts";
import { type ReactNode, useMemo } from "react";
import { bytesText } from "../quantity.ts";
import { Scrolled } from "../scrolled.tsx";
import { htmlTable, type TextTable } from "./html-table.ts";
import "./cells.css";

/**
 * What a cell showed: texts, tables as texts, pictures. Nothing of it is run. Where `others` are given, what differs from them in a table of
 * one shape is marked; `drew` says of a picture where it is from.
 */
export function OutputList(props: {
  outputs: readonly ShownOutput[];
  others?: readonly ShownOutput[];
  drew: string;
}): ReactNode {
  const { outputs, others = [], drew } = props;
  return (
    <>
      {outputs.length === 0 ? <p className="lb-none">no outputs</p> : null}
      {outputs.map((output, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes, and may show the same twice
        <Output key={at} output={output} other={others[at]} drew={drew} />
      ))}
    </>
  );
}

function Output(props: { output: ShownOutput; other: ShownOutput | undefined; drew: string }): ReactNode {
  const { output, other, drew } = props;
  switch (output.kind) {
    case "image":
      return (
        <img className="lb-output-image" src={`data:${output.mime};base64,${output.base64}`} alt={drew} />
      );
    case "html":
      return <Table output={output} other={other} />;
    case "error":
      return <pre className="lb-output-text lb-output-error">{output.text}</pre>;
    case "unshown":
      return (
        <p className="lb-muted">
          {output.mimes.join(", ") || "nothing"}, {bytesText(output.bytes)}: not shown here
        </p>
      );
    case "text":
      return <Text text={output.text} isCut={output.isCut} />;
  }
}

function Text(props: { text: string; isCut: boolean }): ReactNode {
  return (
    <>
      <pre className="lb-output-text">{withoutColors(props.text)}</pre>
      {props.isCut ? <p className="lb-muted lb-small">The rest is not shown.</p> : null}
    </>
  );
}

/** What a terminal would color. */
function withoutColors(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
  return text.replace(/\u001b\[[0-9;]*m/g, "");
}

function Table(props: {
  output: Extract<ShownOutput, { kind: "html" }>;
  other: ShownOutput | undefined;
}): ReactNode {
  const { output, other } = props;
  const table = useMemo(() => htmlTable(output.html), [output.html]);
  const counterpart = useMemo(() => (other?.kind === "html" ? htmlTable(other.html) : null), [other]);
  if (table === null)
    return (
      <>
        <Text text={output.text} isCut={output.isCut} />
        {other?.kind === "html" && other.text === output.text ? (
          <p className="lb-muted lb-small">The same in words: its HTML, which is not shown here, differs.</p>
        ) : null}
      </>
    );
  const others = differing(table, counterpart);
  return (
    <Scrolled label="Table">
      <table className="lb-table lb-output-table">
        <tbody>
          {table.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have nothing else
            <tr key={at}>
              {row.map(({ text, isHead, columns, rows }, column) => {
                const Tag = isHead ? "th" : "td";
                return (
                  <Tag
                    // biome-ignore lint/suspicious/noArrayIndexKey: as are its columns
                    key={column}
                    colSpan={columns}
                    rowSpan={rows}
                    className={others.has(`${at} ${column}`) ? "lb-output-other" : undefined}
                  >
                    {text}
                  </Tag>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {table.isCut ? <p className="lb-muted lb-small">The rest is not shown.</p> : null}
    </Scrolled>
  );
}

/**
 * The places at which two tables of one shape differ. Where most do, rows moved or all was computed anew, and marks would say nothing.
 */
function differing(table: TextTable, other: TextTable | null): ReadonlySet<string> {
  const places = new Set<string>();
  if (other === null || other.rows.length !== table.rows.length) return places;
  let cells = 0;
  for (const [at, row] of table.rows.entries()) {
    const counterpart = other.rows[at]!;
    if (counterpart.length !== row.length) return new Set();
    cells += row.length;
    for (const [column, { text }] of row.entries())
      if (counterpart[column]!.text !== text) places.add(`${at} ${column}`);
  }
  return places.size <= cells / 2 ? places : new Set();
}
