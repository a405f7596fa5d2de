import type { Library } from "../library.ts";

export const transformers: Library = {
  name: "transformers",
  version: null,
  source: "https://huggingface.co/docs/transformers/index",
  functions: {
    batch_encode_plus: "by-row",
    encode_plus: "by-row",
  },
  methods: {
    batch_encode_plus: "by-row",
    encode_plus: "by-row",
    save_pretrained: "by-row",
  },
};
