import { execFileSync } from "node:child_process";
import { request } from "node:http";
import type { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JupyterLabSession, startJupyterLab } from "./jupyterlab-session.ts";

describe("the socket to the language server", () => {
  let lab: JupyterLabSession;
  beforeAll(async () => {
    lab = await startJupyterLab();
  });
  afterAll(() => lab?.stop());

  it("refuses a handshake without token", async () => {
    expect((await handshake(lab, {})).status).toBe(403);
  });

  it("refuses another site's page that rides on the person's cookie", async () => {
    const page = await fetch(`${lab.origin}/lab?token=${lab.token}`);
    const cookie = page.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    expect((await handshake(lab, { cookie, origin: "http://evil.example" })).status).toBe(403);
    const own = await handshake(lab, { cookie, origin: lab.origin });
    expect(own.status).toBe(101);
    own.socket?.destroy();
  });

  it("says what is wrong to nobody who may not ask", async () => {
    const response = await fetch(`${lab.origin}/lookback/status`);
    expect(response.status).toBe(403);
  });

  it("starts one server a socket, and ends it with all it started when the socket closes", async () => {
    const before = servers().length;
    const { status, socket } = await handshake(lab, { token: true });
    expect(status).toBe(101);
    await expect.poll(() => servers().length, { timeout: 10_000 }).toBe(before + 1);
    socket?.destroy();
    await expect.poll(() => servers().length, { timeout: 15_000 }).toBe(before);
  });
});

function handshake(
  lab: JupyterLabSession,
  { token = false, cookie, origin }: { token?: boolean; cookie?: string; origin?: string },
): Promise<{ status: number; socket: Socket | null }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${lab.origin}/lookback/lsp${token ? `?token=${lab.token}` : ""}`, {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        ...(origin === undefined ? {} : { Origin: origin }),
        ...(cookie === undefined ? {} : { Cookie: cookie }),
      },
    });
    asked.on("response", ({ statusCode }) => resolve({ status: statusCode ?? 0, socket: null }));
    asked.on("upgrade", ({ statusCode }, socket) => resolve({ status: statusCode ?? 0, socket }));
    asked.on("error", reject);
    asked.end();
  });
}

/** Process ids of all language servers that Jupyter runs for its sockets. */
function servers(): string[] {
  const all = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
  return all.split("\n").filter((line) => /lookback\.mjs lsp --stdio/.test(line) && !/ ps /.test(line));
}
