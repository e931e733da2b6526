// Changing the model on the screen and as text, with checks while writing, and its saved versions.

import { ask, newWorkspace, readMap } from "../lib/api.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { card, cardText, openMap } from "../lib/map.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");

const tab = (page, section) => page.getByRole("tab", { name: t(`edit.tab.${section}`) });

export const tests = [
  {
    name: "an indicator is added, its formula checked while it is written",
    async run({ page, base, shot }) {
      const ws = await newWorkspace(base, "足すチーム");
      await openMap(page, ws);
      await page.getByRole("button", { name: t("map.add") }).click();
      const dialog = page.getByRole("dialog", { name: t("edit.title.new") });
      await dialog.getByLabel(t("edit.name"), { exact: true }).fill("応募につながった表示");
      await dialog.getByLabel(t("edit.unit"), { exact: true }).fill("回");
      const id = await dialog.getByLabel(t("edit.id"), { exact: true }).inputValue();
      check(id !== "", "a name for formulas is proposed");

      await tab(page, "number").click();
      await dialog.getByRole("radio", { name: t("edit.origin.formula"), exact: false }).check();
      const formula = dialog.getByLabel(t("edit.formula"), { exact: true });
      await formula.fill("impressions * ");
      await reads(dialog, "値がありません", "what is wrong with the formula");
      equal(await formula.getAttribute("aria-invalid"), "true", "the field is marked");
      await formula.fill("impressions * aplly_rate");
      await reads(dialog, "apply_rate", "the indicator that was probably meant");
      equal(await dialog.locator("mark").innerText(), "aplly_rate", "marked place");
      await shot("editor-wrong");
      await dialog.getByRole("button", { name: t("edit.add") }).click();
      await seen(dialog);
      equal((await readMap(base, ws)).model.version, 1, "a wrong formula is not saved");

      await formula.fill("impressions * apply_rate");
      await seen(dialog.getByText(t("edit.formula.fine")));
      await dialog.getByLabel(t("edit.note")).fill("表示の質を見るため");
      await dialog.getByRole("button", { name: t("edit.add") }).click();
      await gone(dialog);
      await seen(card(page, "応募につながった表示"));
      const { model, indicators } = await readMap(base, ws);
      equal(model.version, 2, "version");
      equal(
        indicators.find((one) => one.id === id)?.formula,
        "impressions * apply_rate",
        "saved formula",
      );
      await seen(page.getByRole("button", { name: t("map.version", { version: 2 }) }));
    },
  },
  {
    name: "growth of a rate asks whether % or points are meant",
    async run({ page, base, shot }) {
      const ws = await newWorkspace(base, "伸ばすチーム");
      await openMap(page, ws, { query: "?edit=ctr" });
      const dialog = page.getByRole("dialog", { name: t("edit.title", { name: "クリック率" }) });
      await tab(page, "target").click();
      await dialog.getByRole("radio", { name: t("edit.target.growth") }).check();
      await dialog.getByLabel(t("edit.target.amount.change")).fill("5");
      const reading = dialog.getByRole("group", { name: t("edit.target.reading") });
      const percent = reading.getByRole("radio", {
        name: t("edit.target.reading.percent", { change: 5 }),
      });
      const points = reading.getByRole("radio", {
        name: t("edit.target.reading.points", { change: 5 }),
      });
      equal(await percent.isChecked(), false, "% is not presumed");
      equal(await points.isChecked(), false, "points are not presumed");
      await shot("editor-growth");

      await dialog.getByRole("button", { name: t("edit.save") }).click();
      await seen(dialog.getByText(t("edit.gap.reading")));
      equal((await readMap(base, ws)).model.version, 1, "nothing is saved without an answer");
      await points.check();
      await dialog.getByLabel(t("edit.target.basis")).fill("1.4");
      await reads(reading.locator(".."), "6.4", "where five points lead");
      await dialog.getByRole("button", { name: t("edit.save") }).click();
      await gone(dialog);
      const after = await readMap(base, ws);
      const { target } = after.indicators.find((one) => one.id === "ctr");
      equal(after.model.version, 2, "version");
      equal([target.kind, Number(target.amount.toFixed(6))], ["reach", 0.064], "saved target");
    },
  },
  {
    name: "two versions are compared, looked at, and the old one comes back",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "戻るチーム");
      await openMap(page, ws, { query: "?edit=visits" });
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("edit.owner"), { exact: true }).fill("星野");
      await dialog.getByLabel(t("edit.note")).fill("担当がかわった");
      await dialog.getByRole("button", { name: t("edit.save") }).click();
      await gone(dialog);

      await page.getByRole("button", { name: /第2版/ }).click();
      await page.getByRole("link", { name: t("map.versions") }).click();
      const list = page.getByRole("list", { name: t("versions.list") });
      await reads(list.getByRole("listitem").first(), "担当がかわった", "newest version");
      await seen(page.getByText(t("versions.compare.count", { count: 1 })));
      await seen(page.getByText(/採用サイト訪問数.*星野/));

      await list
        .getByRole("listitem")
        .last()
        .getByRole("link", { name: t("versions.look") })
        .click();
      await seen(page.getByText(t("map.viewingVersion", { version: 1 })));
      equal(
        await page.getByRole("button", { name: t("map.add") }).count(),
        0,
        "ways to change an old version",
      );
      await page.goBack();
      await list.getByRole("button", { name: t("versions.restore") }).click();
      await seen(page.getByText(t("versions.restored", { old: 1, version: 3 })));
      const { model, indicators } = await readMap(base, ws);
      equal(model.version, 3, "going back makes a new version");
      const { owner } = indicators.find((one) => one.id === "visits");
      check(owner !== "星野", `the old owner is back, not ${owner}`);
    },
  },
  {
    name: "when somebody else saved first, what was written stays and goes on top",
    async run({ page, base, allow }) {
      allow(409);
      const ws = await newWorkspace(base, "二人のチーム");
      await openMap(page, ws, { query: "?edit=visits" });
      const dialog = page.getByRole("dialog");
      const owner = dialog.getByLabel(t("edit.owner"), { exact: true });
      await owner.fill("星野");
      await ask(base)("POST", `/api/workspaces/${ws}/model/edit`, {
        base_version: 1,
        lang: "ja",
        edits: [{ op: "set_indicator", id: "visits", fields: { why: "先に保存した人の言葉。" } }],
      });
      await dialog.getByRole("button", { name: t("edit.save") }).click();
      await dialog.getByRole("button", { name: t("edit.conflict.reload") }).click();
      await seen(dialog.getByText(t("edit.conflict.done")));
      equal(await owner.inputValue(), "星野", "what was written");
      await dialog.getByRole("button", { name: t("edit.save") }).click();
      await gone(dialog);
      const { model, indicators } = await readMap(base, ws);
      const visits = indicators.find((one) => one.id === "visits");
      equal(model.version, 3, "version");
      equal([visits.owner, visits.why], ["星野", "先に保存した人の言葉。"], "both changes");
    },
  },
  {
    name: "closing with something written asks once",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "書きかけのチーム");
      await openMap(page, ws, { query: "?edit=visits" });
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("edit.owner"), { exact: true }).fill("星野");
      await page.keyboard.press("Escape");
      await seen(dialog.getByText(t("edit.unsaved")));
      await dialog.getByRole("button", { name: t("edit.unsaved.stay") }).click();
      await gone(dialog.getByText(t("edit.unsaved")));
      await dialog.getByRole("button", { name: t("kit.cancel") }).click();
      await dialog.getByRole("button", { name: t("edit.unsaved.close") }).click();
      await gone(dialog);
      equal((await readMap(base, ws)).model.version, 1, "nothing is saved");
    },
  },
  {
    name: "an indicator is removed, which can be undone",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "消すチーム");
      await openMap(page, ws, { query: "?edit=reels" });
      await page.getByRole("button", { name: t("edit.delete") }).click();
      const sure = page.getByRole("dialog", {
        name: t("edit.delete.title", { name: "リール投稿数" }),
      });
      await sure.getByRole("button", { name: t("edit.delete.do"), exact: true }).click();
      await seen(page.getByText(t("edit.deleted", { name: "リール投稿数" })));
      await gone(card(page, "リール投稿数"));
      await page.getByRole("button", { name: t("edit.undo") }).click();
      await seen(card(page, "リール投稿数"));
      await seen(cardText(page, "reels"));
    },
  },
  {
    name: "the text shows an error at its line and column, and saves the mend",
    async run({ page, base, shot }) {
      const ws = await newWorkspace(base, "文字のチーム");
      await page.goto(`/w/${ws}/model`);
      const text = page.locator(".cm-content");
      await seen(text);
      const { yaml } = await (await fetch(`${base}/api/workspaces/${ws}/model`)).json();
      const wrong = yaml.replace("formula: visits * apply_rate", "formula: visits * aplly_rate");
      check(wrong !== yaml, "the template still has the formula this test breaks");
      const line = wrong.slice(0, wrong.indexOf("aplly_rate")).split("\n").length;

      await write(page, wrong);
      const problem = page.getByRole("button", { name: t("model.problem.at", { line }) });
      await seen(problem);
      await reads(problem, "apply_rate", "the indicator that was probably meant");
      const save = page.getByRole("button", { name: t("model.save") });
      equal(await save.isDisabled(), true, "a wrong text cannot be saved");
      await shot("model-wrong");
      await problem.click();
      await eventually(async () =>
        equal(
          await page.locator(".cm-activeLine").innerText(),
          wrong.split("\n")[line - 1],
          "line",
        ),
      );
      equal(await page.locator(".cm-lintRange-error").allInnerTexts(), ["aplly_rate"], "marked");

      await write(page, yaml.replace("name: 応募率", "name: 応募にすすむ率"));
      await seen(page.getByText(t("model.fine")));
      await page.getByLabel(t("model.note")).fill("呼び名をそろえた");
      await save.click();
      await seen(page.getByText(t("model.saved", { version: 2 })));
      const { indicators } = await readMap(base, ws);
      equal(indicators.find((one) => one.id === "apply_rate").name, "応募にすすむ率", "new name");
    },
  },
];

/** Replaces the whole text, as by pasting. */
async function write(page, text) {
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}
