import type { Library } from "../library.ts";

export const sqlalchemy: Library = {
  name: "sqlalchemy",
  version: null,
  source: "https://docs.sqlalchemy.org/en/20/",
  methods: {
    connect: "by-row",
  },
};
