import { expect, it } from "vitest";
import { frame, frameReader } from "./frames.ts";

it("reads what was written, wherever the stream was cut, an empty frame too", () => {
  const bodies = ["a", "", "é".repeat(1_000), '{"rows":[[1]]}'];
  const stream = Buffer.concat(bodies.flatMap(frame));
  for (const step of [1, 3, 8, 9, stream.length]) {
    const found: string[] = [];
    const read = frameReader((body) => found.push(body.toString("utf8")));
    for (let at = 0; at < stream.length; at += step) expect(read(stream.subarray(at, at + step))).toBe(true);
    expect(found).toEqual(bodies);
  }
});

it("refuses a length that no worker sends: somebody else wrote into the stream", () => {
  const read = frameReader(() => expect.unreachable());
  expect(read(Buffer.from("Hello from the model\n"))).toBe(false);
});
