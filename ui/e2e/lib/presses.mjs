// What people press most, room by room: how to get there, and the press itself. A press may come
// several times over (`i` counts them) and must change something on the screen every time.

import { askReady } from "./ask.mjs";
import { seen } from "./expect.mjs";
import { openMap } from "./map.mjs";

const TEAM = "hinata";
const OFFICE = "hinata-sales";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Opens a page and waits for what is to be pressed there. */
async function stand(page, path, what) {
  await page.goto(path);
  await seen(what.first());
}

/** Every other time the one, every other time the other. */
const inTurn = (i, one, other) => (i % 2 ? other : one);

const onMap = [
  {
    name: "open an indicator",
    open: ({ page }) => openMap(page, TEAM),
    press: ({ page }, i) => page.locator("[data-card]").nth(i).click(),
  },
  {
    name: "change its tab",
    press: ({ page }, i) =>
      page
        .getByRole("tab")
        .nth((i + 1) % 3)
        .click(),
  },
  {
    name: "zoom",
    press: ({ page, t }, i) => button(page, t(inTurn(i, "map.zoomOut", "map.zoomIn"))).click(),
  },
  {
    name: "type into the search",
    open: ({ page, t }) => page.getByRole("combobox", { name: t("map.search") }).click(),
    press: ({ page }) => page.keyboard.press("a"),
  },
  {
    name: "walk the map by keys",
    async open({ page }) {
      await openMap(page, TEAM);
      await page.locator("[data-card]").first().focus();
    },
    press: ({ page }, i) => page.keyboard.press(inTurn(i, "ArrowRight", "ArrowLeft")),
  },
];

const onReports = [
  {
    name: "change the page of reports",
    open: ({ page }) => stand(page, `/w/${TEAM}/measure`, page.locator("main nav a")),
    press: ({ page }, i) =>
      page
        .locator("main nav a")
        .nth(i + 1)
        .click(),
  },
];

const asking = [
  {
    name: "move a slider",
    async open({ page, t }) {
      await page.goto(`/w/${TEAM}/ask`);
      await askReady(page, t);
      await page.getByRole("slider").first().focus();
    },
    press: ({ page }) => page.keyboard.press("ArrowRight"),
  },
];

const acting = [
  {
    name: "open a lead",
    open: ({ page }) => stand(page, `/w/${OFFICE}/act`, page.locator("[aria-expanded=true]")),
    press: ({ page }, i) =>
      page
        .locator("li [aria-expanded]")
        .nth(inTurn(i, 1, 0))
        .click(),
  },
  {
    name: "say a lead is not now",
    press: ({ page, t }, i) =>
      i % 2 ? page.keyboard.press("Escape") : button(page, t("leads.notNow")).first().click(),
  },
  {
    name: "add a condition",
    open: ({ page, t }) =>
      stand(page, `/w/${OFFICE}/act/segments/new`, button(page, t("conditions.add"))),
    press: ({ page, t }, i) =>
      inTurn(i, button(page, t("conditions.add")), button(page, t("conditions.kind.tag")))
        .first()
        .click(),
  },
  {
    name: "type into a condition",
    open: ({ page, t }) => page.getByLabel(t("segments.name"), { exact: true }).click(),
    press: ({ page }) => page.keyboard.press("a"),
  },
  {
    name: "open a step of an automation",
    async open({ page }) {
      const list = `/w/${OFFICE}/act/automations`;
      const links = page.locator(`#content a[href*="${list}/"]`);
      await stand(page, list, links);
      await links.first().click();
      await seen(page.locator("[data-card]").first());
    },
    press: ({ page }, i) =>
      page
        .locator("[data-card]")
        .nth(inTurn(i, 1, 0))
        .click(),
  },
  {
    name: "walk its steps by keys",
    open: ({ page }) => page.locator("[data-card]").first().focus(),
    press: ({ page }, i) => page.keyboard.press(inTurn(i, "ArrowDown", "ArrowUp")),
  },
  {
    name: "write a mail",
    async open({ page, t }) {
      const subject = page.getByLabel(t("mail.subject"), { exact: true });
      await stand(page, `/w/${OFFICE}/act/mail/templates/new`, subject);
      await subject.click();
    },
    press: ({ page }) => page.keyboard.press("a"),
  },
  {
    name: "write a form's title",
    async open({ page, t }) {
      const list = `/w/${OFFICE}/act/forms`;
      const links = page.locator(`#content a[href*="${list}/"]`);
      await stand(page, list, links);
      await links.first().click();
      await page.getByRole("tab", { name: t("forms.tab.edit") }).click();
      await page.getByLabel(t("forms.edit.title"), { exact: true }).click();
    },
    press: ({ page }) => page.keyboard.press("a"),
  },
  {
    name: "look somebody up",
    async open({ page, t }) {
      const field = page.getByLabel(t("contacts.search"));
      await stand(page, `/w/${OFFICE}/act/contacts`, field);
      await field.click();
    },
    press: ({ page }) => page.keyboard.press("a"),
  },
];

const sharing = [
  {
    name: "change the page of a room",
    open: ({ page }) => stand(page, `/w/${TEAM}/share`, page.locator("main nav a")),
    press: ({ page }, i) =>
      page
        .locator("main nav a")
        .nth(i + 1)
        .click(),
  },
  {
    name: "open a question",
    open: ({ page }) =>
      stand(page, `/w/${TEAM}/share/questions`, page.getByRole("tabpanel").locator("li button")),
    press: ({ page }, i) =>
      page
        .getByRole("tabpanel")
        .locator("li button")
        .nth(inTurn(i, 1, 0))
        .click(),
  },
  {
    name: "write an answer",
    open: ({ page, t }) =>
      page
        .getByLabel(t("talk.answer"))
        .or(page.getByLabel(t("talk.add")))
        .click(),
    press: ({ page }) => page.keyboard.press("a"),
  },
  {
    name: "decide in a review",
    async open({ page, t }) {
      const begin = button(page, t("reviews.begin"));
      await stand(page, `/w/${TEAM}/share/reviews/next`, begin);
      await begin.click();
      await seen(button(page, t("reviews.kind.change-target")).first());
    },
    press: ({ page, t }, i) =>
      button(page, t(inTurn(i, "reviews.kind.change-target", "reviews.kind.keep")))
        .first()
        .click(),
  },
  {
    name: "change the language",
    async open({ page }) {
      await page.goto(`/w/${TEAM}/share/glossary`);
      await seen(page.getByRole("heading").first());
    },
    press: ({ page }) => page.locator("button[lang]").first().click(),
  },
];

/** In the order of the rooms; who has no `open` stands where the one before left off. */
export const presses = [...onMap, ...onReports, ...asking, ...acting, ...sharing];
