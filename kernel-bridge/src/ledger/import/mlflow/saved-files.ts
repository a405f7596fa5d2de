import { basename, dirname, join } from "node:path";
import type { Note } from "../../format/run.ts";
import type { ForeignData } from "../foreign-run.ts";
import { filesBelow, readSmall, yamlObject } from "../read-small.ts";

/** What a run of MLflow saved: its artifacts and those of the models that it logged, as data that it wrote. */
export interface Saved {
  readonly data: readonly ForeignData[];
  readonly models: readonly { readonly flavor: string | null; readonly saved: readonly string[] }[];
  readonly notes: readonly Note[];
}

/** What lies in folders, each under the name that it has in the run. Links are passed over, and named, and so is what lies in hidden folders. */
export async function savedIn(folders: ReadonlyMap<string, string>): Promise<Saved> {
  const data: ForeignData[] = [];
  const models: { flavor: string | null; saved: string[] }[] = [];
  const notes: Note[] = [];
  for (const [to, from] of folders) {
    const { files: all, links, unseen } = await filesBelow(from);
    const files = all.filter((path) => !isHidden(dirname(path)));
    const hidden = new Set(all.flatMap((path) => hiddenFolder.exec(`${dirname(path)}/`)?.[0] ?? []));
    for (const path of hidden)
      notes.push({
        code: "import/hidden",
        message: `${to}/${path.slice(0, -1)} is a hidden folder: what it holds was not imported.`,
      });
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

/** Whether a path leads into a folder that its name hides. */
export const isHidden = (path: string) => path.split(/[\\/]/).some((part) => /^\.[^.]/.test(part));

const hiddenFolder = /^(?:[^/]+\/)*?\.[^./][^/]*\//;
