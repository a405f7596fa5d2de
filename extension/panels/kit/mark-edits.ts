import type { MarkWish, RunMarks } from "@lookback/protocol/runs.ts";
import type { Host } from "../../host.ts";

/** One thing that people say of a run: asked for where it must be, then said. Failures reject. */
type MarkEdit = (host: Host, id: string, marks: RunMarks) => Promise<void>;

/** Stars a run, or takes its star away. */
export const toggleStar: MarkEdit = async (host, id, { starred }) => {
  await mark(host, id, { starred: !starred });
};

/** Asks for a run's name; none takes it away. */
export const askName: MarkEdit = async (host, id, { name }) => {
  const said = await host.ask("Name of the run", name ?? "", "What this run is, in a few words");
  if (said !== null) await mark(host, id, { name: said.trim() === "" ? null : said });
};

/** Asks for a note on a run; none takes it away. */
export const askNote: MarkEdit = async (host, id, { note }) => {
  if (note?.includes("\n")) {
    host.notify("info", "This note has several lines: change it with `lookback tag RUN --note TEXT`.");
    return;
  }
  const said = await host.ask("Note on the run", note ?? "", "What you found");
  if (said !== null) await mark(host, id, { note: said.trim() === "" ? null : said });
};

/** Asks for all tags of a run at once, with commas between them. */
export const askTags: MarkEdit = async (host, id, { tags }) => {
  const said = await host.ask("Tags of the run", tags.join(", "), "baseline, v2");
  if (said === null) return;
  const wanted = new Set(
    said
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  );
  const addTags = [...wanted].filter((tag) => !tags.includes(tag));
  const removeTags = tags.filter((tag) => !wanted.has(tag));
  if (addTags.length + removeTags.length > 0) await mark(host, id, { addTags, removeTags });
};

/** Makes a run the official answer of its notebook, or no longer; says which run it takes the place of. */
export const toggleOfficial: MarkEdit = async (host, id, { official }) => {
  const [known] = official;
  const wish = known === undefined ? { is: true } : { is: false, question: known.question };
  const { insteadOf } = await host.request("lookback/runs/mark", { id, marks: { official: wish } });
  if (insteadOf !== null) host.notify("info", `Official now, in the place of run ${insteadOf}.`);
};

async function mark(host: Host, id: string, marks: MarkWish): Promise<void> {
  await host.request("lookback/runs/mark", { id, marks });
}
