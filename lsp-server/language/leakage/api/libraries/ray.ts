import type { Library } from "../library.ts";

export const ray: Library = {
  name: "ray",
  version: null,
  source: "https://docs.ray.io/en/latest/ray-core/api/",
  callers: {
    remote: "hand-on",
  },
};
