/** The line that stands for a cell: the first that does something; of a cell of comments alone its first comment. */
export function tellingLine(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return (
    lines.find((line) => line !== "" && !line.startsWith("#")) ?? lines.find((line) => line !== "") ?? ""
  );
}
