import { constantOf, scalar } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import type { Passed, Value } from "../values/value.ts";

/** The texts of a list, put together by one: `" + ".join(inputs)`; its constant where all are known. Null for what joins no texts. */
export function joinedText(
  name: string,
  owner: Value,
  args: readonly Passed[],
  read: (reference: Reference) => Value,
): Value | null {
  const between = constantOf(owner);
  if (name !== "join" || typeof between !== "string") return null;
  const [given] = args;
  const items = given?.value.gone === null ? undefined : given?.value.items?.map(read);
  const texts = items?.map(constantOf);
  return texts?.every((text) => typeof text === "string") ? scalar(texts.join(between)) : null;
}
