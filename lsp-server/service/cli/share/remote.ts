import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import {
  addRemote,
  type Remote,
  remotesOf,
  removeRemote,
} from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";

const help = `lookback remote [--json]
lookback remote add NAME ADDRESS [--git REMOTE]
lookback remote remove NAME

The places this workspace shares its runs through. ADDRESS is one of

  FOLDER                      a folder that others reach too, such as a mounted disk
  s3://BUCKET/PREFIX          S3, or what speaks as it does: ?endpoint=URL&region=NAME&profile=NAME behind it say where
  ssh://[USER@]HOST/FOLDER    a folder behind ssh (USER@HOST:FOLDER too), by your own ssh with its keys and settings

With --git runs, marks and pins travel as refs (refs/lookback/*) of a git repository by your own git, and only the data lies at ADDRESS. REMOTE
is a remote's name as \`git remote\` lists them, a URL or a path; whoever shares names the same. Your repository's branches, index and
settings are not touched.

Credentials are found as the tools of those places find them; none is kept. \`lookback push\` sends, \`lookback pull\` fetches. Before a
run is deleted every remote is asked what rests on it. What is at a remote stays there when it is removed here.

Exit codes: 0 done, 2 usage or failure (nothing changed).
`;

/** `lookback remote`: where runs are shared. */
export const remote: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false }, git: { type: "string" } },
      allowPositionals: true,
    });
    const [verb, name, address, ...more] = positionals;
    const store = await findStore(io.cwd);
    if (verb === undefined) {
      const remotes = await remotesOf(store);
      if (values.json) io.out(`${JSON.stringify(remotes, null, 2)}\n`);
      else if (remotes.length === 0)
        io.out("No remotes. One is added by: lookback remote add NAME ADDRESS\n");
      for (const each of values.json ? [] : remotes) io.out(say(each));
      return 0;
    }
    if (verb === "add" && name !== undefined && address !== undefined && more.length === 0) {
      const added = await addRemote(
        await layStore(store),
        { name, address, git: values.git ?? null },
        io.cwd,
      );
      io.out(say(added));
      return 0;
    }
    if (verb === "remove" && name !== undefined && address === undefined) {
      await removeRemote(await layStore(store), name);
      return 0;
    }
    throw new Failure("remote/usage", "That is none of its forms. Nothing changed.", { advice: help });
  },
};

function say({ name, address, git }: Remote): string {
  return `${name}  ${address}${git === null ? "" : `  runs by git: ${git}`}\n`;
}
