import type { RunMarks } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { sayAuthor } from "@lookback/kernel-bridge/ledger/marks/author.ts";

/** What was said of a run, a line each. */
export function sayMarks({ starred, name, note, tags, official }: RunMarks): string[] {
  return [
    ...(starred ? ["starred"] : []),
    ...(name === null ? [] : [`name: ${name}`]),
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(", ")}`]),
    ...official.map(({ question, by, at, disputed }) => {
      const said = `official for ${question}, by ${sayAuthor(by)}, ${day(at)}`;
      if (disputed === null) return said;
      return `${said}; ${sayAuthor(disputed.by)} had marked run ${disputed.run} on ${day(disputed.at)}, which was not known then: the later mark counts`;
    }),
    ...(note === null ? [] : [`note: ${note}`]),
  ];
}

/** What stands in a run's line of a list. */
export function sayMarksInLine({ starred, name, tags, official }: RunMarks): string {
  return [
    ...(starred ? ["*"] : []),
    ...(name === null ? [] : [`"${name}"`]),
    ...official.map(({ disputed }) => (disputed === null ? "official" : "official (disputed)")),
    ...tags.map((tag) => `#${tag}`),
  ].join(" ");
}

function day(at: string): string {
  return at.slice(0, 10);
}
