import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

/** A server that reads nothing, and somebody who still writes to it. */
const hanging = `
import subprocess, sys, threading, time
from lookback_jupyterlab.language_server_socket import _end
server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.PIPE, start_new_session=True)
def write():
    try:
        server.stdin.write(b"x" * 10_000_000); server.stdin.flush()
    except OSError:
        pass
threading.Thread(target=write, daemon=True).start()
time.sleep(.5)
threading.Thread(target=_end, args=(server,), daemon=True).start()
server.wait(timeout=15)
print("ended")
`;

it("ends a language server that hangs while it is written to", { timeout: 60_000 }, () => {
  const said = execFileSync(process.env.LOOKBACK_PYTHON ?? "python3", ["-c", hanging], {
    encoding: "utf8",
    timeout: 40_000,
    env: { ...process.env, PYTHONPATH: join(import.meta.dirname, "python") },
  });
  expect(said.trim()).toBe("ended");
});
