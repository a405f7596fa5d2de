import type { KnownRemote } from "@lookback/protocol/remotes.ts";
import type { Result } from "@lookback/protocol/requests.ts";
import type { CommandHost, Host } from "../host.ts";
import { bytesText, countText } from "../panels/kit/quantity.ts";

/** Pushes to or pulls from a remote: the only one, the one that is chosen, or one that is added first. Shows how far it is, and can be canceled. */
export async function share(
  host: CommandHost,
  title: string,
  done: string,
  ask: (remote: KnownRemote, signal: AbortSignal) => Promise<Result<"lookback/remotes/push">>,
): Promise<void> {
  const { remotes } = await host.request("lookback/remotes/list", {});
  const remote = remotes.length === 0 ? await offerRemote(host) : await chosen(host, remotes);
  if (remote === null) return;
  const shared = await host.progress(`${title} · ${remote.name}`, async (report, signal) => {
    const stop = host.on("lookback/remotes/progress", ({ folder, name, says }) => {
      if (folder === remote.folder && name === remote.name) report(says);
    });
    try {
      return await ask(remote, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      stop();
    }
  });
  if (shared === null)
    host.notify("info", `Canceled. What was ${done} ${remote.name} stays; the next time goes on from there.`);
  else
    host.notify(
      shared.problems.length > 0 ? "warning" : "info",
      sharedText(shared, `${done} ${remote.name}`),
    );
}

/** What travelled, and what did not. */
export function sharedText(
  { commits, files, bytes, problems }: Result<"lookback/remotes/push">,
  done: string,
): string {
  const what = [
    ...(commits > 0 ? [countText(commits, "record")] : []),
    ...(files > 0 ? [`${countText(files, "data file")} (${bytesText(bytes)} travelled)`] : []),
  ];
  const more = problems.length > MOST ? [`And ${countText(problems.length - MOST, "more problem")}.`] : [];
  return [
    `${what.length === 0 ? "Nothing new" : what.join(" and ")} ${done}.`,
    ...problems.slice(0, MOST),
    ...more,
  ].join(" ");
}

const MOST = 3;

async function offerRemote(host: Host): Promise<KnownRemote | null> {
  const none =
    "This workspace has no remote yet: a folder, an S3 bucket or a host behind ssh that runs are shared through.";
  return (await host.offer(none, "Add remote")) ? askRemote(host) : null;
}

async function chosen(host: Host, remotes: readonly KnownRemote[]): Promise<KnownRemote | null> {
  const [first, ...others] = remotes;
  if (first === undefined || others.length === 0) return first ?? null;
  const names = remotes.map(({ name }) => name).join(", ");
  const said = await host.ask(`Which remote? There is ${names}`, first.name, names);
  if (said === null) return null;
  const found = remotes.find(({ name }) => name === said.trim());
  if (found === undefined)
    host.notify("warning", `There is no remote ${said}. Nothing was done. There is ${names}.`);
  return found ?? null;
}

/** Asks for the name and the address of a remote, and adds it; null where it was thought better of. */
export async function askRemote(host: Host): Promise<KnownRemote | null> {
  const { folders, remotes } = await host.request("lookback/remotes/list", {});
  const [folder, ...more] = folders;
  if (folder === undefined) {
    host.notify("info", "Open a folder first: a remote is of its ledger.");
    return null;
  }
  if (more.length > 0) {
    host.notify(
      "info",
      "Several folders are open. Add the remote with `lookback remote add NAME ADDRESS` in the folder it is for.",
    );
    return null;
  }
  const name = await host.ask("Name of the remote", "team", "team");
  if (name === null || name.trim() === "") return null;
  const known = remotes.find((remote) => remote.name === name.trim());
  if (known !== undefined) {
    host.notify(
      "warning",
      `${known.name} leads to ${known.address} already. Nothing was added. Remove it first with \`lookback remote remove ${known.name}\`.`,
    );
    return null;
  }
  const address = await host.ask(
    "Address of the remote",
    "",
    "/mnt/shared/runs, s3://bucket/prefix or ssh://host/folder",
  );
  if (address === null || address.trim() === "") return null;
  const added = await host.request("lookback/remotes/add", {
    folder,
    name: name.trim(),
    address: address.trim(),
  });
  host.notify("info", `${added.name} leads to ${added.address}. Push Runs sends there, Pull Runs fetches.`);
  return added;
}
