// Five minutes from an empty folder to a first living map: the one-time link, the owner, a template,
// the goal (a better wording is offered), two files as platforms write them, the first findings.
// What the walk costs a person is counted and printed; time itself is no claim of the test.

import { violations } from "../lib/axe.mjs";
import { file, shiftJis, table } from "../lib/csv.mjs";
import { addDays, daysBetween } from "../lib/day.mjs";
import { check, equal, reads, seen } from "../lib/expect.mjs";
import { cardText, mapReady } from "../lib/map.mjs";
import { startServe } from "../lib/serve.mjs";
import { beginWalk } from "../lib/walk.mjs";
import { say } from "../lib/words.mjs";

/** The most a newcomer is asked for; what adds a step to the walk has to take one away. */
const MOST = { screens: 9, fields: 4, clicks: 13 };
const FIVE_MINUTES = 300;

const PEOPLE = {
  ja: {
    name: "田中 美咲",
    team: "広報チーム",
    template: /SNS採用/,
    direction: "SNSからの応募を増やす",
    better: "SNSからの応募数",
    files: {
      applicants: ["応募者一覧.csv", ["応募日", "経路"]],
      posts: ["sns.csv", ["日付", "インプレッション数", "リンクのクリック数", "フォロワー数"]],
    },
  },
  en: {
    name: "Misaki Tanaka",
    team: "Marketing",
    template: /recruiting|hiring/i,
    direction: "Increase the applications from social media",
    better: "Applications from social media",
    files: {
      applicants: ["applicants 2026.csv", ["Applied on", "Came from"]],
      posts: ["sns.csv", ["Date", "Impressions", "Link clicks", "Followers"]],
    },
  },
};

/** What a platform and a list of applicants hold until yesterday, as the machine's clock has it. */
function exports({ files }) {
  const yesterday = addDays(new Date().toISOString().slice(0, 10), -1);
  const days = daysBetween(addDays(yesterday, -179), yesterday);
  const slashed = (day) => day.split("-").map(Number).join("/");
  const posts = days.map((day, i) => {
    const shown = 6000 + ((i * 137) % 900);
    return [slashed(day), `"${shown.toLocaleString("en-US")}"`, 90 + ((i * 7) % 25), 5200 + 3 * i];
  });
  const applicants = days.filter((_, i) => i % 3 === 0).map((day) => [slashed(day), "Instagram"]);
  const write = ([name, header], rows) => file(name, shiftJis(table(header, rows)));
  return { applicants: write(files.applicants, applicants), posts: write(files.posts, posts) };
}

export const tests = ["ja", "en"].map((lang) => ({
  name: `five minutes from an empty folder to the first findings, ${lang}`,
  look: { lang },
  async run(tools) {
    const served = await startServe();
    let logged;
    try {
      await walkIn(served, tools);
    } finally {
      ({ logged } = await served.stop());
    }
    check(!/level=ERROR/.test(logged), `the server logs errors: ${logged}`);
  },
}));

async function walkIn({ base, link }, { page, lang, shot, allow, allowOrigin, settled }) {
  const t = say(lang);
  const who = PEOPLE[lang];
  const walk = beginWalk(page, lang);
  const button = (key, names) => page.getByRole("button", { name: t(key, names), exact: true });
  const troubles = [];
  const look = async (name) => {
    await walk.arrive();
    await shot(`onboarding-${name}`);
    troubles.push(...(await violations(page)).map((one) => `${name}: ${one}`));
  };
  allowOrigin(base);
  allow(401); // nobody is signed in yet
  await page.clock.setFixedTime(new Date());

  await page.goto(link);
  await seen(page.getByLabel(t("people.name")));
  await look("1-owner");
  await walk.write(page.getByLabel(t("people.name")), who.name);
  await walk.write(page.getByLabel(t("people.email")), "misaki@example.co.jp");
  await walk.write(page.getByLabel(t("people.password"), { exact: true }), "red roof and cats");
  await walk.press(button("people.welcome.do"));

  await page.waitForURL("**/start");
  const name = page.getByLabel(t("start.goal.name"));
  await seen(name);
  await walk.press(page.getByRole("radio", { name: who.template }));
  await look("2-goal");
  await walk.write(name, who.direction);
  const better = t("onboarding.better.use", { name: who.better });
  await walk.press(page.getByRole("button", { name: better }));
  equal(await name.inputValue(), who.better, "the goal in a better wording");
  await look("3-better");
  await walk.press(button("start.next"));

  await seen(page.getByRole("radio", { name: t("start.numbers.upload") }));
  await look("4-numbers");
  await walk.press(page.getByRole("radio", { name: t("start.numbers.upload") }));
  const { applicants, posts } = exports(who);
  await walk.choose(page.locator("input[type=file]"), [applicants, posts]);
  await walk.press(button("start.create"));

  await bringIn(applicants, "5-columns");
  await bringIn(posts, "6-columns");
  await seen(page.getByRole("heading", { name: t("measure.import.done") }));
  await look("7-done");
  await walk.press(page.getByRole("link", { name: t("measure.import.map") }));

  await mapReady(page, lang);
  await reads(
    cardText(page, "applications"),
    /(^|\D)60 ?(件|applications)/,
    "the KGI has its number",
  );
  await look("8-map");
  await walk.press(page.getByRole("link", { name: t("onboarding.step.findings") }));
  await page.waitForURL("**/ask");
  await seen(page.getByText(t("ask.order", { kgi: who.better })));
  await seen(page.locator("main").getByRole("button", { name: t("whatif.title") }));
  await settled();
  await look("9-findings");

  const { screens, fields, clicks, letters, read, machine, person, slow } = walk.end();
  console.log(
    `         ${lang}: ${screens} screens, ${fields} fields, ${clicks} clicks, ${letters} letters ` +
      `typed, ${read} to read; a person about ${Math.round(person)} s ` +
      `(who reads every word ${Math.round(slow)} s), the machine ${machine.toFixed(1)} s`,
  );
  for (const [what, most] of Object.entries(MOST))
    check({ screens, fields, clicks }[what] <= most, `more than ${most} ${what}`);
  check(slow < FIVE_MINUTES, `who reads every word needs about ${Math.round(slow)} s`);
  equal(troubles, [], "axe");

  /** The headings are those of the template: nothing is to be decided but to take it. */
  async function bringIn(one, columns) {
    await seen(page.getByRole("region", { name: one.name }));
    await seen(button("measure.map.import"));
    await look(columns);
    await walk.press(button("measure.map.import"));
  }
}
