/** A call that the text of a cell made, as `called_by_text.py` writes it. */
export type CallByText = {
  readonly cell: string;
  /** Whether it was made within another such call, or by a library that was handed it: then it may be recorded or not. */
  readonly inside: boolean;
} & (
  | {
      readonly kind: "fit";
      readonly class: string;
      readonly method: string;
      /** What the library computes with it, by name. */
      readonly scores: Readonly<Record<string, number>>;
    }
  | { readonly kind: "score"; readonly name: string; readonly value: number }
  | { readonly kind: "table"; readonly name: string }
  | {
      readonly kind: "file";
      readonly access: "read" | "write";
      readonly path: string;
      readonly sha256: string | null;
    }
  | { readonly kind: "made"; readonly name: string }
);

/** Reads its lines; a fault of the counting itself is thrown, for then nothing was counted. */
export function callsByText(lines: string): readonly CallByText[] {
  const entries = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line.replaceAll(/\bNaN\b|-?\bInfinity\b/g, "null")));
  const fault = entries.find(({ kind }) => kind === "fault");
  if (fault !== undefined) throw new Error(`The text's calls were not counted: ${fault.message}`);
  return entries;
}
