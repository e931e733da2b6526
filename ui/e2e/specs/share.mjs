// The page for the boss: opened by a stranger, nothing to change on it, and gone when it is closed.

import { newWorkspace } from "../lib/api.mjs";
import { equal, gone, seen } from "../lib/expect.mjs";
import { card, mapReady } from "../lib/map.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");

export const tests = [
  {
    name: "a read-only link is made, opened elsewhere, and closed",
    async run({ page, base, visitor, shot }) {
      const ws = await newWorkspace(base, "見せるチーム");
      await page.goto(`/w/${ws}/share/links`);
      await page.getByRole("button", { name: t("share.create") }).click();
      const address = page.getByLabel(t("share.url"), { exact: true });
      await seen(address);
      const url = await address.inputValue();
      equal(new URL(url).origin, base, "address of the link");
      await shot("share-made");
      await page.getByRole("button", { name: t("share.done") }).click();
      await gone(address);

      const boss = await visitor();
      await boss.page.goto(url);
      await mapReady(boss.page);
      await seen(boss.page.getByText(t("view.readOnly")));
      for (const name of ["map.add", "drawer.edit", "map.noData.step", "frame.share"])
        equal(
          await boss.page.getByText(t(name), { exact: true }).count(),
          0,
          `places that offer 「${t(name)}」`,
        );
      equal(await boss.page.getByRole("navigation").count(), 0, "ways into the workspace");
      equal(await boss.page.locator("input:not([type=hidden]), textarea").count(), 0, "fields");
      await card(boss.page, "クリック率").click();
      const explained = boss.page.getByRole("dialog", { name: "クリック率" });
      await seen(explained.getByText(t("view.detail.definition")));
      equal(await explained.getByText(t("drawer.edit")).count(), 0, "edit buttons");
      await boss.page.keyboard.press("Escape");
      await gone(explained);

      await page.getByRole("button", { name: t("share.close") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("share.close") })
        .click();
      await seen(page.getByText(t("share.list.none")));

      boss.allow(404);
      boss.allow(410);
      await boss.page.reload();
      await seen(boss.page.getByRole("heading", { name: t("view.gone") }));
      equal(await boss.page.getByRole("article").count(), 0, "cards that are still shown");
    },
  },
];
