import { spawn } from "node:child_process";

/** Runs a program to its end; `heard` gets each line it says. Rejects with its last words when it fails. */
export function runProgram(command, args, { heard = () => {}, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let said = "";
    const listen = (chunk) => {
      said = (said + chunk).slice(-20_000);
      const last = String(chunk).trim().split("\n").at(-1);
      if (last) heard(last);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}.\n${said.trim()}`));
    });
  });
}
