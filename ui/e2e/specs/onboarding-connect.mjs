// From an empty folder to a map whose numbers come by themselves: an address on this machine is
// connected, feeds what the map waits for, and a list with headings of its own is matched by hand.

import { violations } from "../lib/axe.mjs";
import { addDays, daysBetween } from "../lib/day.mjs";
import { check, equal, reads, seen } from "../lib/expect.mjs";
import { startFeed } from "../lib/feed.mjs";
import { cardText, mapReady } from "../lib/map.mjs";
import { leftOut } from "../lib/measure.mjs";
import { startServe } from "../lib/serve.mjs";
import { say } from "../lib/words.mjs";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** What somebody's program tells: posts in the template's words, applicants in others. */
function tables(lang) {
  const yesterday = addDays(new Date().toISOString().slice(0, 10), -1);
  const days = daysBetween(addDays(yesterday, -59), yesterday);
  const ja = lang === "ja";
  const sns = ja ? "日付,インプレッション数,リンクのクリック数" : "Date,Impressions,Link clicks";
  const people = ja ? "受付,どこから" : "Received,Where from";
  return {
    "/sns.csv": [sns, ...days.map((day, i) => `${day},${6000 + i},${90 + (i % 9)}`)].join("\n"),
    "/people.csv": [people, ...days.map((day) => `${day},Instagram`)].join("\n"),
    "/sign-in": "<html><body><h1>Sign in</h1></body></html>",
  };
}

export const tests = [
  ["ja", WIDE],
  ["en", PHONE],
].map(([lang, size]) => ({
  name: `an empty folder is connected to numbers that come by themselves, ${lang}, ${size.width} px`,
  look: { lang },
  async run(tools) {
    const feed = await startFeed(tables(lang));
    const served = await startServe(["--allow-network", "127.0.0.0/8"]);
    let logged;
    try {
      await tools.page.setViewportSize(size);
      await connect(served, feed, tools, lang, size);
    } finally {
      ({ logged } = await served.stop());
      await feed.stop();
    }
    check(!/level=ERROR/.test(logged), `the server logs errors: ${logged}`);
  },
}));

async function connect({ base, link }, feed, { page, shot, allow, allowOrigin }, lang, size) {
  const t = say(lang);
  const ja = lang === "ja";
  const button = (key, names) => page.getByRole("button", { name: t(key, names), exact: true });
  const troubles = [];
  const look = async (name) => {
    await shot(`onboarding-connect-${name}`);
    troubles.push(...(await violations(page)).map((one) => `${name}: ${one}`));
    troubles.push(...(await leftOut(page)).map((one) => `${name} sticks out: ${one}`));
  };
  allowOrigin(base);
  allow(401); // nobody is signed in yet
  allow(422); // an address that answers with a page to sign in

  await page.goto(link);
  await page.getByLabel(t("people.name")).fill("田中 美咲");
  await page.getByLabel(t("people.email")).fill("misaki@example.co.jp");
  await page.getByLabel(t("people.password"), { exact: true }).fill("red roof and cats");
  await button("people.welcome.do").click();
  await page.waitForURL("**/start");
  await page.getByRole("radio", { name: ja ? /SNS採用/ : /recruiting|hiring/i }).click();
  await button("start.next").click();
  await page.getByRole("radio", { name: t("start.numbers.connect") }).click();
  await seen(page.getByRole("heading", { name: t("start.numbers.asks") }));
  await look("1-numbers");
  await button("start.create").click();

  await page.waitForURL("**/connections");
  await button("connect.add").click();
  await settings(ja ? "SNSの数字" : "Social posts", "/sign-in");
  await button("connect.try").click();
  await seen(page.getByText(t("connect.failed")));
  await look("2-refused");
  await page.getByLabel(t("connect.f.url")).fill(`${feed.base}/sns.csv`);
  await button("connect.try").click();
  await seen(page.getByRole("heading", { name: t("connect.look") }));
  await button("measure.next").click();

  // The map's own source is found by its headings; what is not there is asked for, and may wait.
  equal(await page.getByRole("radio", { name: /sns\.csv/ }).isChecked(), true, "its source");
  const followers = ja ? "フォロワー数" : "Followers";
  await seen(page.getByRole("group", { name: t("measure.unfound.number", { name: followers }) }));
  await look("3-numbers");
  await button("measure.next").click();
  await button("connect.save").click();
  await seen(page.getByRole("heading", { name: t("measure.import.done") }));
  await look("4-done");

  // A list in words of its own: which of the map's numbers it is, only people know.
  await button("connect.done.more").click();
  await settings(ja ? "応募者" : "Applicants", "/people.csv");
  await button("connect.try").click();
  await button("measure.next").click();
  await seen(page.getByText(t("measure.map.strange")));
  await page.getByRole("radio", { name: /applicants\.csv/ }).click();
  const asked = page.getByRole("group", {
    name: t("measure.unfound.where", { column: ja ? "経路" : "Came from" }),
  });
  await seen(asked);
  equal(await button("measure.next").isDisabled(), true, "one cannot go on without an answer");
  await look("5-unfound");
  await asked.getByRole("button", { name: ja ? /どこから/ : /Where from/ }).click();
  await button("measure.next").click();
  await button("connect.save").click();
  await seen(page.getByRole("heading", { name: t("measure.import.done") }));
  await page.getByRole("link", { name: t("measure.import.map") }).click();
  if (size.width >= 640) {
    await mapReady(page, lang);
    const kgi = cardText(page, "applications");
    await reads(kgi, /(^|\D)60 ?(件|applications)/, "the KGI has its number");
  } else await seen(page.getByRole("article").first().getByText(/60/));
  await look("6-map");
  equal(troubles, [], "axe, and what sticks out");

  async function settings(name, path) {
    await page.getByRole("radio", { name: t("connect.kind.http") }).click();
    await button("measure.next").click();
    await page.getByLabel(t("connect.name")).fill(name);
    await page.getByLabel(t("connect.f.url")).fill(feed.base + path);
  }
}
