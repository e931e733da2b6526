// The page for the boss: opened by a stranger, nothing to change on it, and gone when it is closed.

import { createServer } from "node:http";
import { newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, seen } from "../lib/expect.mjs";
import { card, mapReady } from "../lib/map.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");

/** Makes a link by hand and returns its address. */
async function makeLink(page, ws, fill = async () => {}) {
  await page.goto(`/w/${ws}/share/links`);
  await page
    .getByRole("button", { name: t("links.new") })
    .first()
    .click();
  await fill();
  await page.getByRole("button", { name: t("links.make"), exact: true }).click();
  const address = page.getByLabel(t("links.url"), { exact: true });
  await seen(address);
  return address.inputValue();
}

export const tests = [
  {
    name: "a read-only link is made, opened elsewhere, counted and closed",
    async run({ page, base, visitor, shot }) {
      const ws = await newWorkspace(base, "見せるチーム");
      const url = await makeLink(page, ws);
      equal(new URL(url).origin, base, "address of the link");
      await shot("share-made");
      await page.getByRole("button", { name: t("links.done") }).click();
      await gone(page.getByLabel(t("links.url"), { exact: true }));

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
      await boss.page.reload(); // looking again is not another visit
      await mapReady(boss.page);

      await page.reload();
      await seen(page.getByText(t("links.opened", { count: 1 })));
      await page.getByRole("button", { name: t("links.close") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("links.close") })
        .click();
      await seen(page.getByText(t("links.list.none")));
      await seen(page.getByText(t("links.past", { count: 1 })));

      boss.allow(404);
      boss.allow(410);
      await boss.page.reload();
      await seen(boss.page.getByRole("heading", { name: t("view.gone") }));
      equal(await boss.page.getByRole("article").count(), 0, "cards that are still shown");
    },
  },
  {
    name: "a link with a password shows its parts to whoever knows it, without names",
    async run({ page, base, visitor, shot }) {
      const ws = await newWorkspace(base, "合言葉のチーム");
      let password = "";
      const url = await makeLink(page, ws, async () => {
        await page.getByRole("checkbox", { name: t("links.part.findings"), exact: true }).check();
        await page.getByRole("button", { name: t("links.password.make") }).click();
        password = await page
          .getByRole("textbox", { name: new RegExp(`^${t("links.password")}`) })
          .inputValue();
        equal(await violations(page), [], "the form");
        await shot("share-form");
      });
      const guest = await visitor();
      guest.allow(401);
      guest.allow(400);
      await guest.page.goto(url);
      await seen(guest.page.getByRole("heading", { name: t("view.locked") }));
      equal(await guest.page.getByRole("article").count(), 0, "cards before the password");
      equal(await violations(guest.page), [], "the door");
      const field = guest.page.getByLabel(t("view.password"), { exact: true });
      await field.fill("hikui tani no soko");
      await guest.page.keyboard.press("Enter");
      await seen(guest.page.getByText("合言葉が違います。"));
      await field.fill(password);
      await guest.page.keyboard.press("Enter");
      await mapReady(guest.page);
      await guest.page.getByRole("tab", { name: t("view.part.map") }).focus();
      await guest.page.keyboard.press("ArrowRight");
      await seen(guest.page.getByRole("heading", { name: t("view.part.findings") }));
      equal(await violations(guest.page), [], "the findings");
      await shot("view-findings", { page: guest.page });
      await guest.page.reload(); // the tab remembers
      await mapReady(guest.page);
    },
  },
  {
    name: "a link is shown in the pages of the sites it names, and in no other's",
    async run({ page, base, visitor }) {
      const ws = await newWorkspace(base, "埋め込みのチーム");
      const portal = await site();
      const stranger = await site();
      try {
        await makeLink(page, ws, async () => {
          await page.getByLabel(new RegExp(`^${t("links.sites")}`)).fill(portal.host);
        });
        const code = await page.getByLabel(t("links.embed"), { exact: true }).inputValue();
        const reader = await visitor();
        reader.allowOrigin(`http://${portal.host}`);
        portal.page = stranger.page = `<!doctype html><title>portal</title>${code}`;
        await reader.page.goto(`http://${portal.host}/`);
        const inside = reader.page.frameLocator("iframe");
        await seen(inside.getByRole("article").first());
        await seen(inside.getByRole("link", { name: t("view.whole") }));
        // Another site is refused; what the browser says of that is what this test is about.
        const framed = [];
        const other = await visitor();
        other.allowOrigin(`http://${stranger.host}`);
        other.allow(undefined);
        other.page.on("response", (response) => {
          if (response.url().includes("/api/views/")) framed.push(response.url());
        });
        await other.page.goto(`http://${stranger.host}/`);
        await eventually(async () =>
          check(other.page.frames().length === 2, "the frame was not tried"),
        );
        equal(framed, [], "what a page of a stranger asked for");
      } finally {
        portal.close();
        stranger.close();
      }
    },
  },
];

/** A website of somebody else, on this machine. */
async function site() {
  const it = { page: "" };
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(it.page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  it.host = `127.0.0.1:${server.address().port}`;
  it.close = () => server.close();
  return it;
}
