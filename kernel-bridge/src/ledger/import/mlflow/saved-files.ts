import { basename, join } from "node:path";
import type { Note } from "../../format/run.ts";
import type { ForeignData } from "../foreign-run.ts";
import { filesBelow, readSmall, yamlObject } from "../read-small.ts";

/** What a run of MLflow saved: its artifacts and those of the models that it logged, as data that it wrote. */
export interface Saved {
  readonly data: readonly ForeignData[];
  readonly models: readonly { readonly flavor: string | null; readonly saved: readonly string[] }[];
  readonly notes: readonly Note[];
}

/** What lies in folders, each under the name that it has in the run. Links are passed over, and named. */
export async function savedIn(folders: ReadonlyMap<string, string>): Promise<Saved> {
  const data: ForeignData[] = [];
  const models: { flavor: string | null; saved: string[] }[] = [];
  const notes: Note[] = [];
  for (const [to, from] of folders) {
    const { files, links, unseen } = await filesBelow(from);
    for (const message of unseen) notes.push({ code: "import/unread", message });
    for (const link of links)
      notes.push({
        code: "import/link",
        message: `${to}/${link} is a link: what it leads to was not imported.`,
      });
    for (const path of files)
      data.push({
        path: `${to}/${path}`,
        access: "write",
        rows: null,
        columns: null,
        bytes: new Map([["", join(from, path)]]),
        isFolder: false,
        missing: null,
      });
    for (const path of files.filter((each) => basename(each) === "MLmodel")) {
      const flavors = yamlObject(await readSmall(join(from, path)))?.flavors;
      const names = Object.keys(typeof flavors === "object" && flavors !== null ? flavors : {});
      const within = path.slice(0, -"MLmodel".length);
      models.push({
        flavor: names.find((name) => name !== "python_function") ?? null,
        saved: files.filter((each) => each.startsWith(within)).map((each) => `${to}/${each}`),
      });
    }
  }
  return { data, models, notes };
}
