// Forms as their owners make them: from what they are for, edited beside what visitors see,
// opened, sent in, and looked at.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, reads, seen } from "../lib/expect.mjs";

const WORDS = {
  ja: {
    make: "フォームをつくる",
    kind: "NPS",
    made: "つくる",
    title: "おすすめ度のアンケート",
    heading: "見出し",
    content: "内容",
    save: "保存する",
    open: "受付を始める",
    place: "置く場所",
    site: "サイトの名前",
    add: "足す",
    answers: "届いたもの",
    frame: "お客様に見えるページ",
    move: /「そう答えた理由.*を動かす/,
    map: "この点数を地図に置く",
    onMap: /地図で見る: NPS/,
    held: /人からと認める/,
    text: "使いやすいです。",
  },
  en: {
    make: "Make a form",
    kind: "NPS",
    made: "Make it",
    title: "Would you recommend us?",
    heading: "Heading",
    content: "Content",
    save: "Save",
    open: "Open it",
    place: "Where it stands",
    site: "Name of the site",
    add: "Add",
    answers: "Answers",
    frame: "What customers see",
    move: /Move “Why did you/,
    map: "Put this score on the map",
    onMap: /On the map: NPS/,
    held: /It is a person's/,
    text: "It is easy to use.",
  },
};

async function readable(page, what) {
  const found = await violations(page);
  check(found.length === 0, `${what}: axe: ${JSON.stringify(found)}`);
}

async function makeSendLook({ page, base, shot, lang }) {
  const w = WORDS[lang];
  const button = (name) => page.getByRole("button", { name, exact: true });
  await page.goto(`${base}/w/hinata/act/forms`);
  await button(w.make).first().click();
  await page.getByRole("radio", { name: new RegExp(`^${w.kind}`) }).check({ force: true });
  await readable(page, "what to make");
  await button(w.made).click();

  // What is typed is seen as visitors will see it.
  await page.getByLabel(w.heading, { exact: true }).fill(`${w.title}!`);
  const drawn = page.frameLocator(`iframe[title="${w.frame}"]`);
  await seen(drawn.getByRole("heading", { name: `${w.title}!` }));
  await page.getByRole("button", { name: w.move }).press("ArrowUp");
  await eventually(async () => {
    const first = await drawn.locator(".q").first().innerText();
    check(!first.includes("10"), `the order of the questions: ${first}`);
  });
  await page.getByRole("tab", { name: w.place }).click();
  await page.getByLabel(w.site).fill("https://www.example.jp/contact");
  await button(w.add).click();
  await seen(page.getByText("www.example.jp", { exact: true }));
  await readable(page, "where it stands");
  await page.getByRole("tab", { name: w.content }).click();
  await readable(page, "the editor");
  await shot("form-edit");
  await button(w.save).click();
  await button(w.open).click();
  await eventually(async () => equal(await button(w.open).count(), 0, "it can be opened again"));

  // One answer too quick for a person: it is held, and released.
  const id = page.url().split("/").at(-1);
  const visitor = await page.context().newPage();
  await visitor.goto(`${base}/f/${id}`);
  await visitor.getByText("9", { exact: true }).click();
  await visitor.locator("textarea").fill(w.text);
  await visitor.locator("button[type=submit]").click();
  await visitor.locator("h1").waitFor();
  await visitor.close();
  await page.reload();
  await page.getByRole("tab", { name: w.answers }).click();
  await page.getByRole("button", { name: w.held }).click();
  await button(w.map).click();
  await seen(page.getByRole("link", { name: w.onMap }));
  await reads(page.locator("main"), w.text, "what was written");
  await readable(page, "what came in");
  await shot("form-results");
}

export const tests = [
  {
    name: "a form is made, seen as visitors see it, opened, sent in and put on the map",
    run: makeSendLook,
  },
  {
    name: "a form is made on a phone, in English",
    look: { lang: "en", size: "phone", theme: "dark" },
    run: makeSendLook,
  },
];
