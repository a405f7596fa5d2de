import { type Gate, passed, warned } from "./gate.ts";

/** The release is committed and tagged, its run pinned and its folder put in its place; the one gate that does something that stays. */
export const committed: Gate = {
  id: "committed",
  title: "Committed and tagged",
  async run(candidate) {
    const { tag } = await candidate.seal();
    return tag === null
      ? warned("there is no git repository here: written to deploy/, not tagged")
      : passed(`tag ${tag} on branch lookback/${candidate.name}`);
  },
};
