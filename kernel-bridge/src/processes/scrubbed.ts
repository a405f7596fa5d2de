/** What a process needs to start, and nothing that could hold a secret or steer the result. */
export function scrubbed(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = [
    "PATH",
    "HOME",
    "USERPROFILE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "LOOKBACK_PYTHON",
  ];
  return {
    ...Object.fromEntries(kept.map((name) => [name, env[name]])),
    PYTHONHASHSEED: "0",
    // Threads that spin while they wait take the processor from those they wait for.
    OMP_WAIT_POLICY: "PASSIVE",
  };
}
