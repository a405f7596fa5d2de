import type { Library } from "../library.ts";

export const ibis: Library = {
  name: "ibis",
  version: null,
  source: "https://ibis-project.org/reference/",
  methods: {
    to_polars: "by-row",
  },
};
