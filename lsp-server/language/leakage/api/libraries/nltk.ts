import type { Library } from "../library.ts";

export const nltk: Library = {
  name: "nltk",
  version: "3.10.4",
  source: "https://www.nltk.org/api/nltk.html",
  modules: ["nltk"],
  functions: {
    bigrams: "by-row",
    lemmatize: "by-row",
    ngrams: "by-row",
    pos_tag: "by-row",
    sent_tokenize: "by-row",
    stem: "by-row",
    tokenize: "by-row",
    trigrams: "by-row",
    word_tokenize: "by-row",
  },
};
