import type { Page } from "playwright-core";

/** Takes an entry of a menu of JupyterLab's menu bar. */
export async function takeFromMenu(page: Page, top: string, item: string): Promise<void> {
  await page.locator(".lm-MenuBar-item", { hasText: new RegExp(`^${top}$`) }).click();
  await page.locator(".lm-Menu-item", { hasText: item }).first().click();
}

export type Theme = "JupyterLab Light" | "JupyterLab Dark" | "JupyterLab Dark High Contrast";

/** Chooses a theme as a person does, and waits until it is there. */
export async function chooseTheme(page: Page, name: Theme): Promise<void> {
  await openSubmenu(page, "Settings", "Theme");
  await page.locator(".lm-Menu-itemLabel").getByText(name, { exact: true }).click();
  await page.locator(`body[data-jp-theme-name="${name}"]`).waitFor({ state: "attached" });
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
}

/** Opens what an entry of a menu opens beside it. */
async function openSubmenu(page: Page, top: string, item: string): Promise<void> {
  await page.locator(".lm-MenuBar-item", { hasText: new RegExp(`^${top}$`) }).click();
  await page.locator(".lm-Menu-itemLabel").getByText(item, { exact: true }).hover();
}
