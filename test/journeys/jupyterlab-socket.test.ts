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
    await expect.poll(() => servers(lab), { timeout: 15_000 }).toHaveLength(1);
    own.socket?.destroy();
    await expect.poll(() => servers(lab), { timeout: 15_000 }).toEqual([]);
  });

  it("says what is wrong to nobody who may not ask", async () => {
    const response = await fetch(`${lab.origin}/lookback/status`);
    expect(response.status).toBe(403);
  });

  it("starts one server a socket, and ends it with all it started when the socket closes", async () => {
    const first = await handshake(lab, { token: true });
    expect(first.status).toBe(101);
    await expect.poll(() => servers(lab), { timeout: 15_000 }).toHaveLength(1);
    const second = await handshake(lab, { token: true });
    await expect.poll(() => servers(lab), { timeout: 15_000 }).toHaveLength(2);
    first.socket?.destroy();
    await expect.poll(() => servers(lab), { timeout: 15_000 }).toHaveLength(1);
    second.socket?.destroy();
    await expect.poll(() => servers(lab), { timeout: 15_000 }).toEqual([]);
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

/** Process ids of the language servers that this JupyterLab runs for its sockets. */
function servers(lab: JupyterLabSession): number[] {
  const processes = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, command]) => ({
      pid: Number(pid),
      parent: Number(parent),
      command: command ?? "",
    }));
  const family = new Set([lab.pid]);
  // A child may have a smaller number than its parent, so one pass over the list is not enough.
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes
    .filter(({ pid, command }) => family.has(pid) && command.includes("lookback.mjs lsp --stdio"))
    .map(({ pid }) => pid);
}
