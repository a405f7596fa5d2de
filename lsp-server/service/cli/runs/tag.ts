import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { type MarkWish, markRun } from "@lookback/kernel-bridge/ledger/marks/mark-run.ts";
import { marksOf } from "@lookback/kernel-bridge/ledger/marks/marks-of.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { sayMarks } from "./say-marks.ts";

const help = `lookback tag RUN [TAG…] [--remove TAG]… [--star | --unstar] [--name TEXT] [--note TEXT]
lookback tag RUN --official | --not-official [--question NAME] [--json]

Says something of a run, under your git identity: tags, a star, a name, a note. An empty name or note takes it away. One run for each
question may be marked official; the question is the notebook unless --question names another. Without anything to say it shows what
was said. All of it travels with the runs; of two who say different things of the same, the later one counts.

Exit codes: 0 done, 1 done, and another run was marked official meanwhile, 2 usage or failure (nothing marked).
`;

/** `lookback tag`: what people say of a run. */
export const tag: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        remove: { type: "string", multiple: true },
        star: { type: "boolean", default: false },
        unstar: { type: "boolean", default: false },
        name: { type: "string" },
        note: { type: "string" },
        official: { type: "boolean", default: false },
        "not-official": { type: "boolean", default: false },
        question: { type: "string" },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [id, ...tags] = positionals;
    if (id === undefined) throw usage("It takes a run.");
    if (values.star && values.unstar) throw usage("--star and --unstar exclude each other.");
    const is = values.official;
    if (is && values["not-official"]) throw usage("--official and --not-official exclude each other.");
    const says = is || values["not-official"];
    if (values.question !== undefined && !says) throw usage("--question goes with --official.");
    const wish: MarkWish = {
      ...(values.star || values.unstar ? { starred: values.star } : {}),
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values.note === undefined ? {} : { note: values.note }),
      ...(tags.length === 0 ? {} : { addTags: tags }),
      ...(values.remove === undefined ? {} : { removeTags: values.remove }),
      ...(says
        ? { official: { is, ...(values.question === undefined ? {} : { question: values.question }) } }
        : {}),
    };
    const store = await findStore(io.cwd);
    const before = values.remove === undefined ? [] : (await marksOf(store, id)).marks.tags;
    const marked =
      Object.keys(wish).length === 0
        ? { ...(await marksOf(store, id)), insteadOf: null }
        : await markRun(await layStore(store), id, wish, await authorAt(store.root, io.env));
    if (values.json) io.out(`${JSON.stringify(marked, null, 2)}\n`);
    else io.out(`${[marked.run, ...sayMarks(marked.marks)].join("\n  ")}\n`);
    for (const tag of values.remove?.filter((each) => !before.includes(each)) ?? [])
      io.err(`Nobody tagged it ${tag}: nothing was removed. What its own cells tagged it with stays.\n`);
    if (marked.insteadOf !== null) io.err(`It takes the place of run ${marked.insteadOf}.\n`);
    return marked.marks.official.some(({ disputed }) => disputed !== null) ? 1 : 0;
  },
};

function usage(why: string): Failure {
  return new Failure("tag/usage", `${why} Nothing was marked.`, { advice: help });
}
