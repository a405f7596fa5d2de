import { expect, it } from "vitest";
import { installEnv, workerEnv } from "./worker-env.ts";

const env = {
  ...{ PATH: "/bin", HOME: "/home/ana", AWS_SECRET_ACCESS_KEY: "s3cret", PYTHONPATH: "/elsewhere" },
  ...{ MKL_NUM_THREADS: "4", https_proxy: "http://proxy", PIP_INDEX_URL: "https://index" },
};

it("gives a worker what it needs to start, one thread where nobody said otherwise, and nothing secret", () => {
  const given = workerEnv(env);
  expect(given).toMatchObject({
    ...{ PATH: "/bin", PYTHONHASHSEED: "0", OMP_NUM_THREADS: "1", LOKY_MAX_CPU_COUNT: "1" },
    MKL_NUM_THREADS: "4",
  });
  for (const name of ["AWS_SECRET_ACCESS_KEY", "PYTHONPATH", "https_proxy", "PIP_INDEX_URL"])
    expect(given[name]).toBeUndefined();
});

it("gives what installs packages where they are got, besides", () => {
  const given = installEnv(env);
  expect(given).toMatchObject({ PATH: "/bin", https_proxy: "http://proxy", PIP_INDEX_URL: "https://index" });
  for (const name of ["AWS_SECRET_ACCESS_KEY", "PYTHONPATH"]) expect(given[name]).toBeUndefined();
});
