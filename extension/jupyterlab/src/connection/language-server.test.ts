import type { ServerConnection } from "@jupyterlab/services";
import { expect, it } from "vitest";
import { connectLanguageServer } from "./language-server.ts";

/** A Jupyter Server whose answers the test gives, one by one. */
function jupyter() {
  const statuses: ((answer: Response) => void)[] = [];
  const sockets: FakeSocket[] = [];
  class FakeSocket {
    static readonly OPEN = 1;
    readonly OPEN = 1;
    readyState = 0;
    isClosed = false;
    readonly sent: { id?: number; method?: string }[] = [];
    onopen: () => void = () => undefined;
    onmessage: (event: { data: string }) => void = () => undefined;
    onclose: (event: { code: number }) => void = () => undefined;
    constructor() {
      sockets.push(this);
    }
    send(text: string) {
      this.sent.push(JSON.parse(text));
    }
    /** As one that hangs: nobody hears of its end. */
    close() {
      this.isClosed = true;
    }
    async accept() {
      this.readyState = 1;
      this.onopen();
      await settle();
      this.onmessage({ data: JSON.stringify({ jsonrpc: "2.0", id: this.sent[0]?.id, result: {} }) });
      await settle();
    }
  }
  const settings = {
    baseUrl: "http://jupyter.example/",
    wsUrl: "ws://jupyter.example/",
    token: "",
    appendToken: false,
    init: {},
    fetch: () => new Promise<Response>((resolve) => statuses.push(resolve)),
    Request,
    Headers,
    WebSocket: FakeSocket,
  } as unknown as ServerConnection.ISettings;
  const answer = async (at: number, status = 200) => {
    statuses[at]?.(
      new Response(JSON.stringify({ rootUri: "file:///w", problem: null }), {
        status,
        headers: { "Content-Type": "application/json" },
      }),
    );
    await settle();
  };
  return { settings, sockets, statuses, answer };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

it("starts one server where it is restarted while it looks for Jupyter", async () => {
  const { settings, sockets, statuses, answer } = jupyter();
  const server = connectLanguageServer(settings);
  await settle();
  const restarted = server.restart();
  await settle();
  expect(statuses).toHaveLength(2);
  await answer(0);
  await answer(1);
  expect(sockets).toHaveLength(1);
  await sockets[0]?.accept();
  await restarted;
  expect(server.state).toBe("ready");
});

it("tells whoever waits when it is started anew, though the old socket hangs", async () => {
  const { settings, sockets, answer } = jupyter();
  const server = connectLanguageServer(settings);
  await settle();
  await answer(0);
  await sockets[0]?.accept();
  const waiting = server.request("lookback/runs/waiting", {});
  await settle();
  const restarted = server.restart();
  await expect(waiting).rejects.toThrow("started anew");
  expect(sockets[0]?.isClosed).toBe(true);
  await answer(1);
  await sockets[1]?.accept();
  await restarted;
});

it.each([
  [404, "unavailable"],
  [502, "lost"],
])("is, where Jupyter answers %d, %s", async (status, state) => {
  const { settings, answer } = jupyter();
  const server = connectLanguageServer(settings);
  await settle();
  await answer(0, status);
  expect(server.state).toBe(state);
});
