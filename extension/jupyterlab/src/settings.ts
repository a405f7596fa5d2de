import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import type { JsonValue } from "@lookback/protocol/json.ts";

export interface Settings {
  readonly linting: boolean;
  /** As the server takes it; below what a project's `lookback.toml` says. */
  readonly lint: JsonValue;
  readonly recording: boolean;
  readonly codeLens: boolean;
}

const defaults: Settings = { linting: true, lint: {}, recording: true, codeLens: true };

/** The person's settings, now and whenever they change. Defaults stand until they are read, and where they cannot be. */
export function followSettings(registry: ISettingRegistry | null, plugin: string) {
  let current = defaults;
  const listeners = new Set<(settings: Settings) => void>();
  void registry
    ?.load(plugin)
    .then((loaded) => {
      const read = () => {
        current = { ...defaults, ...(loaded.composite as Partial<Settings>) };
        for (const listener of listeners) listener(current);
      };
      loaded.changed.connect(read);
      read();
    })
    .catch((error: unknown) =>
      console.warn("Lookback's settings could not be read; the defaults hold.", error),
    );
  return {
    current: () => current,
    /** Returns how to stop hearing. */
    changed(listener: (settings: Settings) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
