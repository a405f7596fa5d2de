import type { Library } from "../library.ts";

export const woe: Library = {
  name: "woe",
  version: null,
  source: "https://github.com/boredbird/woe",
  classes: {
    WOE: "supervised",
  },
};
