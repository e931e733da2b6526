// 確かめる: what is wrong with the road, and what would help.

import { askReady, chance } from "../lib/ask.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { leftOut } from "../lib/measure.mjs";
import { say } from "../lib/words.mjs";

const WS = "hinata";

async function open(page, t, query = "") {
  await page.goto(`/w/${WS}/ask${query}`);
  await askReady(page, t);
}

/** How many findings a tab says it holds. */
async function counted(page, name) {
  const text = await page.getByRole("tab", { name }).innerText();
  return Number(/\d+/.exec(text)?.[0]);
}

/** The short message at the foot of the screen. */
function toast(page) {
  return page.locator("output[aria-live=polite]");
}

export const tests = [
  ...["ja", "en"].map((lang) => ({
    name: `from the rail to the findings, why, and onto the map, ${lang}`,
    look: { lang },
    async run({ page }) {
      const t = say(lang);
      await page.goto(`/w/${WS}/measure/data`);
      await page.getByRole("link", { name: t("frame.ask") }).click();
      await askReady(page, t);
      const card = page.getByRole("article").first();
      check(/−\d/.test(await card.innerText()), "the first finding says what is at stake");
      const why = card.getByRole("button", { name: t("ask.why"), exact: true });
      await why.click();
      await seen(card.getByRole("button", { name: t("ask.why.close") }));
      equal(await violations(page), [], "axe with the reason open");

      await card.getByRole("link", { name: t("ask.onMap") }).click();
      await page.waitForURL(/\/map\?.*open=/);
      await seen(page.getByRole("tablist"));
    },
  })),
  {
    name: "a finding is put to rest with a reason, and brought back",
    async run({ page, shot, settled }) {
      const t = say("ja");
      await open(page, t);
      const card = page.getByRole("article").first();
      const head = await card.getByRole("heading").innerText();
      const before = await counted(page, t("ask.tab.open"));
      await card.getByRole("button", { name: t("ask.mute") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: t("ask.mute.do"), exact: true }).click();
      await seen(dialog.getByText(t("ask.mute.missing")));
      await dialog.getByLabel(t("ask.mute.reason")).fill("来月のサイト改修まで待つため");
      equal(await violations(page), [], "axe in the dialog");
      await shot("ask-mute");
      await dialog.getByRole("button", { name: t("ask.mute.do"), exact: true }).click();
      await gone(dialog);
      await eventually(async () =>
        equal(await counted(page, t("ask.tab.open")), before - 1, "what is left"),
      );

      // Taken back at once …
      await toast(page)
        .getByRole("button", { name: t("ask.undo") })
        .click();
      await eventually(async () => equal(await counted(page, t("ask.tab.open")), before, "undone"));
      await settled(); // the screen is ahead of the server, and a reload calls off what is on its way

      // … or later, from the resting ones, where the reason stands.
      await card.getByRole("button", { name: t("ask.mute") }).click();
      await dialog.getByLabel(t("ask.mute.reason")).fill("確かめている途中のため");
      await dialog.getByRole("button", { name: t("ask.mute.do"), exact: true }).click();
      await gone(dialog);
      await settled();
      await page.reload();
      await askReady(page, t);
      await page.getByRole("tab", { name: t("ask.tab.resting") }).click();
      await reads(card, head, "the finding at rest");
      await reads(card, "確かめている途中のため", "its reason");
      await card.getByRole("button", { name: t("ask.unmute") }).click();
      await seen(page.getByText(t("ask.none.resting")));
      equal(await counted(page, t("ask.tab.open")), before, "back again");
    },
  },
  {
    name: "a slider is moved by keyboard, kept as a plan, restored, deleted and undone",
    async run({ page, shot }) {
      const t = say("ja");
      await open(page, t);
      const asIs = await chance(page, t).innerText();
      const keep = page.getByRole("button", { name: t("whatif.keep"), exact: true });
      check(await keep.isDisabled(), "there is nothing to keep before a slider moves");
      // The click rate: what counts most.
      const slider = page.getByRole("slider", { name: "クリック率" });
      await slider.focus();
      await page.keyboard.press("End");
      await seen(page.getByText(/まだ見たことがない/));
      await eventually(async () =>
        check((await chance(page, t).innerText()) !== asIs, `the chance stays ${asIs}`),
      );
      await seen(page.getByText(t("whatif.plan"), { exact: true }));
      equal(await violations(page), [], "axe with a slider moved");
      await shot("ask-moved");
      const moved = await slider.getAttribute("aria-valuetext");

      await keep.click();
      const dialog = page.getByRole("dialog");
      const field = dialog.getByLabel(t("whatif.keep.name"));
      check((await field.inputValue()).includes("クリック率"), "a name is proposed");
      await field.fill("クリック率を戻す");
      await page.keyboard.press("Enter");
      await gone(dialog);
      const saved = page.getByRole("button", { name: "クリック率を戻す", exact: true });
      await seen(saved);

      await page.getByRole("button", { name: t("whatif.reset") }).click();
      await eventually(async () => equal(await chance(page, t).innerText(), asIs, "as it was"));
      await saved.click();
      await eventually(async () =>
        equal(await slider.getAttribute("aria-valuetext"), moved, "the slider, restored"),
      );

      await page
        .getByRole("button", { name: t("whatif.drop", { name: "クリック率を戻す" }) })
        .click();
      await gone(saved);
      await toast(page)
        .getByRole("button", { name: t("ask.undo") })
        .click();
      await seen(saved);
    },
  },
  {
    name: "the easiest way to a chance fills the sliders and says so",
    async run({ page }) {
      const t = say("ja");
      await open(page, t);
      const [, after] = t("whatif.seek", { percent: "\n" }).split("\n");
      const places = () =>
        page.getByRole("slider").evaluateAll((all) => all.map((one) => one.value).join(" "));
      const before = await places();
      await page
        .getByRole("button", { name: new RegExp(`%${after}`) })
        .first()
        .click();
      await seen(page.getByText(/達成の確率|届きません|までです/).first());
      await eventually(async () => check((await places()) !== before, "no slider has moved"));
      await page.getByRole("slider").first().focus();
      await page.keyboard.press("ArrowRight");
      await gone(page.getByText(/達成の確率/));
    },
  },
  {
    name: "an earlier day is kept in the address, and nothing sticks out on a phone",
    look: { size: "phone" },
    async run({ page }) {
      const t = say("ja");
      await open(page, t, "?as_of=2026-08-31");
      await seen(page.getByText("8月31日").filter({ visible: true }).first());
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        equal(await leftOut(page), [], `what sticks out at ${width} px`);
      }
      await page.getByRole("button", { name: t("whatif.title") }).click();
      await eventually(async () => {
        const { y } = await page.getByRole("heading", { name: t("whatif.title") }).boundingBox();
        check(y < 400, `the sliders are ${y} px away`);
      });
    },
  },
];
