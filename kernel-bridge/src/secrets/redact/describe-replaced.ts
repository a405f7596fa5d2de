import { counted } from "../../counted.ts";
import { secretKinds } from "../table/kinds.ts";
import type { Replaced } from "./redaction.ts";

/** `2 passwords in cell 3, 1 GitHub token in the output of cell 5`: what was replaced and where, never what it was. */
export function describeReplaced(found: readonly Replaced[]): string {
  return found
    .map(({ kind, where, count }) => {
      const title = titles.get(kind) ?? "secret";
      const what = counted(count, title, plural(title));
      return where === "" ? what : `${what} in ${where}`;
    })
    .join(", ");
}

function plural(title: string): string {
  const [head = "", ...rest] = title.split(/ (?=(?:in|on|of|under|found) )/);
  return [
    head.endsWith("y") && !/[aeiou]y$/.test(head) ? `${head.slice(0, -1)}ies` : `${head}s`,
    ...rest,
  ].join(" ");
}

const titles: ReadonlyMap<string, string> = new Map([
  ...secretKinds.map(({ id, title }) => [id, title] as const),
  ["password", "password"],
  ["aws-secret-key", "AWS secret key"],
  ["named-secret", "value under a secret's name"],
  ["token-in-url", "token in a URL"],
  ["encoded-secret", "secret in base64"],
  ["known-value", "value found elsewhere as a secret"],
]);
