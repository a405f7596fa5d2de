import type { ReactNode } from "react";

/** A sentence, with what stands in it between backticks as code. */
export function WithCode(props: { text: string }): ReactNode {
  return props.text.split("`").map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text
    at % 2 === 1 ? <code key={at}>{part}</code> : part,
  );
}
