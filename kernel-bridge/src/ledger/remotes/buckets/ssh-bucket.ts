import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Bucket, Piece } from "./bucket.ts";
import { bucketFault } from "./bucket-fault.ts";

/** Where ssh leads: `host` as ssh's own settings name it, and a folder there, from the home where it does not begin with a slash. */
export interface SshAddress {
  readonly host: string;
  readonly user: string | null;
  readonly port: string | null;
  readonly folder: string;
}

/**
 * A folder behind ssh, on any system with a POSIX shell. The person's own `ssh` is used, with its keys, agent and settings, or what
 * GIT_SSH_COMMAND or GIT_SSH name; it may ask nothing.
 */
export function sshBucket(
  url: string,
  { host, user, port, folder }: SshAddress,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Bucket {
  const target = user === null ? host : `${user}@${host}`;
  const place = (name: string) => quoted(`${folder}/${name}`);
  const run = (did: string, command: string, input?: Buffer) => {
    const options = ["-o", "BatchMode=yes", ...(port === null ? [] : ["-p", port])];
    return shell(sshCommand(env), [...options, target, command], input).then(({ code, out, said }) => {
      if (code === 0 || code === missing) return code === 0 ? out : null;
      const reason = said.trim().split("\n").at(-1) ?? "";
      // 255 is ssh's own; anything else is the command's on the other side.
      const isDenied = /permission denied|authentication/i.test(said);
      const kind = isDenied ? "denied" : code === 255 ? "unreachable" : "failed";
      throw bucketFault(kind, url, did, new Error(reason || `it ended with ${code}`));
    });
  };
  // In a folder that may not be entered nothing seems to be.
  const there = `[ -d ${quoted(folder)} ] && [ -x ${quoted(folder)} ] || { echo "there is no folder to enter: ${folder.replaceAll(/["$`\\]/g, "")}" >&2; exit 1; }`;
  return {
    url,
    async list(prefix) {
      const at = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      // Whatever cannot be looked at fails the whole: a list that lacks something would be taken for all.
      const find = `[ -d ${place(at)} ] || exit 0; cd ${place(at)} && find . -type f -exec wc -c {} +`;
      const listed = await run("Nothing was listed.", `${there}; ${find}`);
      const pieces = (listed?.toString("utf8") ?? "").split("\n").flatMap((line): Piece[] => {
        const [, size, name] = /^\s*(\d+) \.\/(.+)$/.exec(line) ?? [];
        return name === undefined ? [] : [{ name: `${at}${name}`, size: Number(size) }];
      });
      return pieces.filter(({ name }) => name.startsWith(prefix)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    read(name, stretch) {
      const part =
        stretch === undefined
          ? `cat ${place(name)}`
          : `tail -c +${stretch.offset + 1} ${place(name)} | head -c ${stretch.length}`;
      return run("Nothing was read.", `${there}; [ -f ${place(name)} ] || exit ${missing}; ${part}`);
    },
    async write(name, bytes) {
      const before = place(`tmp/${randomUUID()}`);
      const above = place(name.slice(0, Math.max(0, name.lastIndexOf("/"))));
      // What did not arrive whole does not take its place.
      const whole = `[ "$(wc -c < ${before})" -eq ${bytes.length} ] && mv -f ${before} ${place(name)}`;
      const command = `${there}; mkdir -p ${above} ${place("tmp")} && cat > ${before} && ${whole} || { rm -f ${before}; exit 1; }`;
      await run(`${name} was not written.`, command, bytes);
    },
  };
}

/** What a command here answers with where there is no such piece. */
const missing = 44;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function sshCommand(env: Readonly<Record<string, string | undefined>>): readonly [string, ...string[]] {
  // As git does: a command line of the shell's, and else a program.
  if (env.GIT_SSH_COMMAND) return ["sh", "-c", `${env.GIT_SSH_COMMAND} "$@"`, "ssh"];
  return [env.GIT_SSH || "ssh"];
}

interface Ended {
  readonly code: number;
  readonly out: Buffer;
  readonly said: string;
}

function shell(
  command: readonly [string, ...string[]],
  args: readonly string[],
  input?: Buffer,
): Promise<Ended> {
  const [program, ...first] = command;
  return new Promise((resolve) => {
    const child = spawn(program, [...first, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => {
      said += bytes.toString("utf8");
    });
    child.once("error", (error) => resolve({ code: 255, out: Buffer.alloc(0), said: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 255, out: Buffer.concat(out), said }));
    // A far side that hangs up while it is written to ends with a code of its own.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
