import type { JsonLayout } from "./json-text.ts";
import type { NotebookFile } from "./read-notebook-file.ts";

/** How a notebook's file is laid out, so that what is written anew looks as the rest does. */
export function layoutOf({ text, root }: NotebookFile): JsonLayout {
  const first = root.kind === "object" ? root.members[0] : undefined;
  const opening = first === undefined ? "" : text.slice(root.start + 1, first.keyStart);
  return {
    indent: /[\r\n]/.test(opening) ? /[ \t]*$/.exec(opening)?.[0] || " " : null,
    lineEnd: opening.includes("\r\n") ? "\r\n" : "\n",
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is ASCII.
    ascii: /^[\u0000-\u007f]*$/.test(text) && /\\u(?!00[0-7])[0-9a-f]{4}/i.test(text),
  };
}
