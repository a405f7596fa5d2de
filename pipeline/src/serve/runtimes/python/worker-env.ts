import { scrubbed } from "@lookback/kernel-bridge/processes/scrubbed.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The environment of a worker: scrubbed, and one thread, since workers run beside each other. A number of threads that somebody set is theirs. */
export function workerEnv(env: Env): Record<string, string | undefined> {
  const threads = Object.fromEntries(THREADS.map((name) => [name, env[name] ?? "1"]));
  return { ...scrubbed(env), ...threads, PYTHONUNBUFFERED: "1" };
}

const THREADS = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "BLIS_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "NUMEXPR_NUM_THREADS",
  // What `n_jobs=-1` comes to.
  "LOKY_MAX_CPU_COUNT",
];

/** What installs packages needs to know where they are got, besides: an index of their own, a proxy, its certificates. */
export function installEnv(env: Env): Record<string, string | undefined> {
  const network = Object.entries(env).filter(([name]) => NETWORK.test(name));
  return { ...scrubbed(env), ...Object.fromEntries(network) };
}

const NETWORK = /^(PIP_\w+|(HTTPS?|ALL|NO)_PROXY|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)$/i;
