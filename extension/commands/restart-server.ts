import type { Command } from "./command.ts";

/** Starts the language server anew, whatever it does now. */
export const restartServer: Command = {
  id: "restart-server",
  title: "Restart Server",
  icon: "logo",
  caption: "Start Lookback's language server anew; kernels go on",
  when: () => true,
  async run(host) {
    await host.restartServer();
    host.notify("info", "Lookback's server runs again.");
  },
};
