import type { Library } from "../library.ts";

export const beautifulSoup: Library = {
  name: "bs4",
  version: null,
  source: "https://www.crummy.com/software/BeautifulSoup/bs4/doc/",
  functions: {
    BeautifulSoup: "by-row",
  },
};
