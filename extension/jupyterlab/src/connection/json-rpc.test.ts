import { describe, expect, it } from "vitest";
import { createJsonRpc, RequestFailure } from "./json-rpc.ts";

function pair() {
  const sent: { id?: number; method?: string; params?: unknown; result?: unknown }[] = [];
  const heard: unknown[] = [];
  const rpc = createJsonRpc((text) => sent.push(JSON.parse(text)), {
    notification: (method, params) => heard.push([method, params]),
    request: (method) => (method === "known" ? "answer" : undefined),
  });
  const receive = (message: object) => rpc.receive(JSON.stringify({ jsonrpc: "2.0", ...message }));
  return { rpc, sent, heard, receive };
}

describe("createJsonRpc", () => {
  it("gives each answer to its own question, in whatever order they come", async () => {
    const { rpc, sent, receive } = pair();
    const first = rpc.request("a", {});
    const second = rpc.request("b", {});
    receive({ id: sent[1]?.id, result: 2 });
    receive({ id: sent[0]?.id, result: 1 });
    expect(await Promise.all([first, second])).toEqual([1, 2]);
  });

  it("carries the failure's data to the asker", async () => {
    const { rpc, sent, receive } = pair();
    const asked = rpc.request("a", {});
    receive({
      id: sent[0]?.id,
      error: { message: "Gone.", data: { code: "ledger/gone", advice: "Look.", data: {} } },
    });
    await expect(asked).rejects.toMatchObject({ message: "Gone.", data: { code: "ledger/gone" } });
  });

  it("cancels at the server when the signal aborts, and lets the asker go", async () => {
    const { rpc, sent } = pair();
    const controller = new AbortController();
    const asked = rpc.request("slow", {}, controller.signal);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
    expect(sent.at(-1)).toMatchObject({ method: "$/cancelRequest", params: { id: sent[0]?.id } });
  });

  it("answers the server's requests, unknown ones with null", () => {
    const { sent, receive } = pair();
    receive({ id: 7, method: "known" });
    receive({ id: 8, method: "other" });
    expect(sent).toMatchObject([
      { id: 7, result: "answer" },
      { id: 8, result: null },
    ]);
  });

  it("lets every asker go when the connection ends", async () => {
    const { rpc } = pair();
    const asked = rpc.request("a", {});
    rpc.close("The server ended.");
    await expect(asked).rejects.toBeInstanceOf(RequestFailure);
  });

  it("passes notifications on and ignores what is no message", () => {
    const { rpc, heard, receive } = pair();
    rpc.receive("not json");
    rpc.receive("17");
    receive({ method: "lookback/runs/changed", params: { id: null } });
    expect(heard).toEqual([["lookback/runs/changed", { id: null }]]);
  });
});
