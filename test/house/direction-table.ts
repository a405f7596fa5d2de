import { textOf, within } from "./files.ts";

/** Room → the files and folders that it may import besides itself: the table under "Direction" in ARCHITECTURE.md, row by row. */
export function directionTable(): ReadonlyMap<string, readonly string[]> {
  const section = /\n## Direction\n([\s\S]*?)\n## /.exec(textOf("ARCHITECTURE.md"))?.[1] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    rows.flatMap((row) => {
      const [, from = "", to = ""] = row.split("|");
      return quoted(from).map((room) => [room, quoted(to)] as const);
    }),
  );
}

/** The narrowest room that holds a file. */
export function roomOf(path: string, rooms: Iterable<string>): string | null {
  const holding = [...rooms].filter((room) => within(path, room));
  return holding.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Every path that the page names between backticks. */
export function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
}
