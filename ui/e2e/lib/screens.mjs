// Every screen there is, with the way to it. `open` gets { page, rooms, lang, t } and leaves the
// screen complete; `dark` and `laptop` name the screens that are also pictured so; `refused` is a
// status the screen is about, `own` are words of the team on it; of `theirs` so much is the team's
// own writing that Japanese on the English screen is no mistake.

import { askReady } from "./ask.mjs";
import { file, table } from "./csv.mjs";
import { seen } from "./expect.mjs";
import { mapReady } from "./map.mjs";
import { overviewReady } from "./report.mjs";

const map = (query = "") => ({
  async open({ page, rooms, lang }) {
    await page.goto(`/w/${rooms.demo}/map${query}`);
    await ready(page, lang);
  },
});

/** The map, or on a phone the list. */
async function ready(page, lang) {
  if (page.viewportSize().width >= 640) await mapReady(page, lang);
  else await seen(page.getByRole("article").first());
}

const openDrawer = (id, tab) => ({
  async open({ page, rooms, lang, t }) {
    await page.goto(`/w/${rooms.demo}/map?open=${id}&tab=${tab}`);
    const current = page.getByRole("tab", { name: t(`drawer.tab.${tab}`) });
    await seen(page.locator(`[role=tab][aria-selected=true]`).and(current));
    await seen(page.getByRole("tabpanel").locator("p, svg, dl, ol, ul").first());
    if (page.viewportSize().width >= 640) await ready(page, lang);
  },
});

const editor = (section, id) => ({
  async open({ page, rooms, t }) {
    await page.goto(`/w/${rooms.demo}/map?edit=${id}`);
    await page.getByRole("tab", { name: t(`edit.tab.${section}`) }).click();
    await seen(page.getByRole("heading", { name: t("edit.checks.about") }));
  },
});

/** The demo's office that acts. */
const OFFICE = "hinata-sales";

/** A page is there when something is said below its tabs. */
async function written(page) {
  await seen(page.locator("main, #content").getByRole("heading").first());
}

/** A number and a date that can be read two ways. */
const GERMAN = table(
  ["日付", "表示回数", "媒体"],
  Array.from({ length: 12 }, (_, i) => [`0${(i % 9) + 1}/10/2026`, `40.${531 + i}`, "Instagram"]),
);

/** Brings a file in, which is shown as it reads; or as known, where it leaves nothing to decide. */
async function bringIn(page, t, upload, title = "measure.read.title") {
  await page.locator("input[type=file]").setInputFiles(upload);
  await seen(page.getByRole("heading", { name: t(title) }));
}

const SNS = table(
  ["日付", "インプレッション数", "リンクのクリック数", "フォロワー数"],
  Array.from({ length: 14 }, (_, i) => [`2026/11/${i + 1}`, 8000 + i, 60 + i, 5100 + i]),
);

/** What the demo's website calls its pages and campaigns. */
const VISITED =
  "よくある質問 エンジニアの募集 エントリーありがとうございます エントリーフォーム カスタマーサポートの募集 仕事を知る 会社について 募集職種 営業の募集 指名検索 採用トップ 社員を知る 説明会のお礼 面接について".split(
    " ",
  );

/** The pages of 共有 and 打ち手, with their parts and with what is only begun there. */
const SHARED = [
  ...["", "agreement", "questions", "reviews", "reviews/next", "reports", "alerts"],
  ...["alerts?view=reach", "alerts?view=places", "activity", "activity?view=record", "handover"],
  "glossary",
];
const ACTED = [
  ...["", "automations", "automations/new", "mail", "mail/templates/new", "mail/broadcasts/new"],
  ...["mail/senders", "mail/duties", "forms", "scores", "contacts", "contacts?view=segments"],
  ...["contacts?view=settings", "segments/new", "initiatives", "initiatives/new"],
];

/** An address as part of the name of a picture. */
const plain = (address) => address.replace(/\W+(view\W)?/g, "-");

const REPORTS =
  "overview pages sources campaigns paths funnel cohorts attribution posts events now setup intake entry connections".split(
    " ",
  );

/** Those of them that are no tables. */
const WRITTEN = ["funnel", "entry", "connections"];

export const screens = [
  {
    name: "goals",
    dark: true,
    async open({ page, t }) {
      await page.goto("/");
      await seen(page.getByRole("heading", { level: 1, name: t("goals.title") }));
      await seen(page.getByRole("article").first());
    },
  },
  { name: "map", dark: true, laptop: true, ...map() },
  {
    name: "map-no-data",
    async open({ page, rooms, lang }) {
      await page.goto(`/w/${rooms.fresh}/map`);
      await ready(page, lang);
    },
  },
  {
    name: "map-searched",
    async open({ page, rooms, lang, t }) {
      await page.goto(`/w/${rooms.demo}/map`);
      await ready(page, lang);
      await page.getByRole("combobox", { name: t("map.search") }).click();
      await page.keyboard.type("応募");
      await seen(page.getByRole("option").first());
    },
  },
  {
    name: "map-as-of",
    async open({ page, rooms, lang, t }) {
      await page.goto(`/w/${rooms.demo}/map?as_of=2026-08-31`);
      await ready(page, lang);
      await page.getByTitle(t("map.asOf.choose")).click();
      await seen(page.getByRole("dialog", { name: t("map.asOf.choose") }));
    },
  },
  { name: "drawer-chart", dark: true, ...openDrawer("form_completion", "chart") },
  { name: "drawer-kgi", laptop: true, ...openDrawer("applications", "chart") },
  { name: "drawer-definition", ...openDrawer("form_completion", "definition") },
  { name: "drawer-roads", ...openDrawer("impressions", "roads") },
  { name: "drawer-evidence", dark: true, ...openDrawer("ctr", "roads") },
  { name: "drawer-change", ...openDrawer("visits", "change") },
  { name: "drawer-breakdown", ...openDrawer("form_completion", "breakdown") },
  { name: "drawer-history", ...openDrawer("form_completion", "history") },
  { name: "editor-words", dark: true, ...editor("words", "applications") },
  { name: "editor-number", ...editor("number", "visits") },
  { name: "editor-target", ...editor("target", "ctr") },
  { name: "editor-links", ...editor("links", "impressions") },
  {
    name: "start-template",
    async open({ page, t }) {
      await page.goto("/start");
      await seen(page.getByRole("radio", { name: t("start.blank") }));
    },
  },
  {
    name: "start-goal",
    dark: true,
    laptop: true,
    async open({ page, t }) {
      await chooseFirstTemplate(page, t);
    },
  },
  {
    name: "start-numbers",
    async open({ page, t }) {
      await chooseFirstTemplate(page, t);
      await page.getByRole("button", { name: t("start.next") }).click();
      await page.getByRole("radio", { name: t("start.numbers.upload") }).check();
      await seen(page.getByText(t("start.numbers.asks")));
    },
  },
  {
    name: "measure",
    dark: true,
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.demo}/measure/data`);
      await seen(page.getByText(t("measure.source.metrics")).first());
    },
  },
  ...REPORTS.map((name) => ({
    name: `measure-${name}`,
    dark: name === "overview" || name === "sources",
    laptop: name === "overview",
    own: VISITED,
    theirs: name === "posts",
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.demo}/measure${name === "overview" ? "" : `/${name}`}`);
      if (name === "overview") await overviewReady(page, t);
      else if (name === "now") await seen(page.getByText(t("now.wire.live")));
      else if (name === "intake") await seen(page.getByText(t("intake.note")));
      else if (name === "setup") await seen(page.locator("code").first());
      else if (WRITTEN.includes(name)) await written(page);
      else await seen(page.getByRole("table").first());
    },
  })),
  {
    name: "measure-empty",
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.fresh}/measure/data`);
      await seen(page.getByText(t("measure.drop")));
    },
  },
  {
    name: "measure-preview",
    own: ["表示.csv", "表示回数", "媒体"],
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.fresh}/measure/data`);
      await bringIn(page, t, file("表示.csv", GERMAN));
    },
  },
  {
    name: "measure-known",
    dark: true,
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.fresh}/measure/data`);
      await bringIn(page, t, file("sns.csv", SNS), "measure.known.title");
    },
  },
  {
    name: "measure-mapping",
    dark: true,
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.fresh}/measure/data`);
      await bringIn(page, t, file("sns.csv", SNS), "measure.known.title");
      await page.getByRole("button", { name: t("measure.known.change") }).click();
      await page.getByRole("button", { name: t("measure.next") }).click();
      await seen(page.getByRole("heading", { name: t("measure.map.metrics") }));
    },
  },
  {
    name: "ask",
    dark: true,
    laptop: true,
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.demo}/ask`);
      await askReady(page, t);
    },
  },
  {
    name: "ask-first",
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.fresh}/ask`);
      await seen(page.getByRole("button", { name: t("whatif.title") }));
    },
  },
  {
    name: "ask-empty",
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.fresh}/ask`);
      await page.getByRole("button", { name: t("whatif.title") }).click();
      await seen(page.getByRole("heading", { name: t("whatif.empty") }));
    },
  },
  {
    name: "model",
    dark: true,
    async open({ page, rooms }) {
      await page.goto(`/w/${rooms.demo}/model`);
      await seen(page.locator(".cm-content"));
    },
  },
  {
    name: "versions",
    async open({ page, rooms }) {
      await page.goto(`/w/${rooms.grown}/versions`);
      await seen(page.getByText("フォロワーの目標を見直した").first());
    },
  },
  {
    name: "share-links",
    dark: true,
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.grown}/share/links`);
      await seen(page.getByRole("button", { name: t("links.close") }).first());
    },
  },
  ...SHARED.map((name) => ({
    name: `share-${plain(name) || "now"}`,
    dark: name === "" || name === "glossary",
    theirs: true,
    async open({ page, rooms }) {
      await page.goto(`/w/${rooms.demo}/share${name && `/${name}`}`);
      await written(page);
    },
  })),
  ...ACTED.map((name) => ({
    name: `act-${plain(name) || "leads"}`,
    theirs: true,
    async open({ page }) {
      await page.goto(`/w/${OFFICE}/act${name && `/${name}`}`);
      await written(page);
    },
  })),
  // What lies behind the lists: the first of each, opened as a reader opens it.
  ...[
    ...["automations", "forms", "scores", "contacts", "mail/templates", "mail/broadcasts"],
    ...["segments", "initiatives"],
  ].map((path) => ({
    name: `act-one-of-${path.replace("mail/", "")}`,
    theirs: true,
    async open({ page }) {
      const list = path === "segments" ? "contacts?view=segments" : path.split("/")[0];
      await page.goto(`/w/${OFFICE}/act/${list}`);
      const first = `#content a[href*="/act/${path}/"]:not([href$="/new"])`;
      await page.locator(first).first().click();
      await page.waitForURL(`**/act/${path}/*`);
      await written(page);
    },
  })),
  {
    name: "share-one-of-reviews",
    theirs: true,
    async open({ page, rooms }) {
      await page.goto(`/w/${rooms.demo}/share/reviews`);
      await page.locator('#content a[href*="/share/reviews/"]').first().click();
      await page.waitForURL("**/share/reviews/*");
      await written(page);
    },
  },
  {
    name: "view-glossary",
    theirs: true,
    async open({ page, rooms }) {
      await page.goto(`/view/${rooms.whole}`);
      await page.getByRole("tab").last().click();
      await written(page);
    },
  },
  {
    name: "people-of-the-demo",
    async open({ page, rooms, t }) {
      await page.goto(`/w/${rooms.demo}/people`);
      await seen(page.getByRole("heading", { name: t("people.apiKeys") }));
    },
  },
  {
    name: "view",
    dark: true,
    async open({ page, rooms, lang }) {
      await page.goto(`/view/${rooms.token}`);
      await ready(page, lang);
    },
  },
  {
    name: "embed",
    theirs: true,
    async open({ page, rooms, lang, t }) {
      await page.goto(`/embed/${rooms.whole}`);
      await page.getByRole("tab", { name: t("view.part.map") }).click();
      await ready(page, lang);
    },
  },
  {
    name: "ask-from-outside",
    theirs: true,
    async open({ page, rooms }) {
      await page.goto(`/ask/${rooms.token}`);
      await seen(page.getByRole("heading").first());
    },
  },
  // Nobody signs in to the demo; the pages say so. What they are otherwise, signin.mjs walks.
  ...["signin", "welcome", "enter", "account"].map((name) => ({
    name,
    async open({ page }) {
      await page.goto(`/${name}`);
      await seen(page.getByRole("heading").first());
    },
  })),
  {
    name: "view-gone",
    refused: 404,
    async open({ page, t }) {
      await page.goto("/view/nobody-has-this-link");
      await seen(page.getByRole("heading", { name: t("view.gone") }));
    },
  },
  {
    name: "no-workspace",
    refused: 404,
    async open({ page, t }) {
      await page.goto("/w/nobody/map");
      await seen(page.getByRole("heading", { name: t("kit.failed") }));
    },
  },
  {
    name: "not-found",
    async open({ page, t }) {
      await page.goto("/nowhere");
      await seen(page.getByRole("heading", { name: t("frame.notFound") }));
    },
  },
];

async function chooseFirstTemplate(page, t) {
  await page.goto("/start");
  await page.getByRole("radio").first().check();
  await seen(page.getByRole("heading", { name: t("start.goal") }));
}
