import type { KernelMessage } from "@jupyterlab/services";
import { expect, it } from "vitest";
import { heedOthers } from "./heed-others.ts";

type Message = readonly [session: string, request: string, says: string];

function heard(messages: readonly Message[]): number {
  let count = 0;
  const heed = heedOthers(
    () => "mine",
    () => count++,
  );
  for (const [session, request, says] of messages) {
    const isStatus = says === "busy" || says === "idle";
    heed(null, {
      header: { msg_type: isStatus ? "status" : says },
      parent_header: { session, msg_id: request },
      content: isStatus ? { execution_state: says } : {},
    } as unknown as KernelMessage.IMessage);
  }
  return count;
}

it.each<[string, readonly Message[], number]>([
  [
    "a cell of another client",
    [
      ["theirs", "1", "busy"],
      ["theirs", "1", "execute_input"],
      ["theirs", "1", "idle"],
    ],
    1,
  ],
  [
    "a cell of this page",
    [
      ["mine", "1", "execute_input"],
      ["mine", "1", "idle"],
    ],
    0,
  ],
  [
    "what another asks silently",
    [
      ["theirs", "1", "busy"],
      ["theirs", "1", "idle"],
    ],
    0,
  ],
  [
    "a cell that has not ended",
    [
      ["theirs", "1", "execute_input"],
      ["theirs", "2", "idle"],
    ],
    0,
  ],
  [
    "a queue of two",
    [
      ["theirs", "1", "execute_input"],
      ["theirs", "1", "idle"],
      ["theirs", "2", "execute_input"],
      ["theirs", "2", "idle"],
    ],
    2,
  ],
])("hears of %s", (_, messages, times) => {
  expect(heard(messages)).toBe(times);
});
