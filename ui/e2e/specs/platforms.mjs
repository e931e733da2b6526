// Exports as the platforms write them: recognised by name, one table of several chosen, and in
// with one more click.

import { crc32 } from "node:zlib";
import { ask, newWorkspace } from "../lib/api.mjs";
import { file } from "../lib/csv.mjs";
import { equal, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const DATES = `日付,クリック数,表示回数,CTR,掲載順位\n${Array.from({ length: 20 }, (_, i) => `2026-11-${String(20 - i).padStart(2, "0")},${20 + i},${600 + i},3.4%,6.2`).join("\n")}\n`;
const QUERIES = "上位のクエリ,クリック数,表示回数,CTR,掲載順位\n珈琲 豆,10,200,5%,4.2\n";

/** A zip whose files are stored as they are. */
function zip(files) {
  const parts = [];
  const list = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const title = Buffer.from(name);
    const body = Buffer.from(text);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x800, 2); // names are UTF-8
    facts.writeUInt32LE(crc32(body), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(body.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, title, body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, rest, title]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(list.length, 8);
  end.writeUInt16LE(list.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

const look = (lang, size, theme) => ({
  name: `a Search Console zip is recognised, ${lang}, ${size}, ${theme}`,
  look: { lang, size, theme },
  async run({ page, base, shot }) {
    const t = say(lang);
    const ws = await newWorkspace(base, "検索", { sample: false });
    await page.goto(`/w/${ws}/measure/data`);
    await page
      .locator("input[type=file]")
      .first()
      .setInputFiles(
        file("example.jp-Performance.zip", zip({ "クエリ.csv": QUERIES, "日付.csv": DATES })),
      );
    await seen(page.getByText(/Google Search Console/).first());
    await shot("measure-platform");
    const choice = page.getByLabel(t("measure.read.which"));
    equal(await choice.inputValue(), "日付", "the table shown");
    await choice.selectOption("クエリ");
    await seen(page.getByText(t("measure.read.closed")));
    const next = page.getByRole("button", { name: t("measure.next") });
    equal(await next.isDisabled(), true, "a table without dates cannot be imported");
    await shot("measure-platform-closed");
    await choice.selectOption("日付");
    await page.getByRole("button", { name: t("measure.next"), disabled: false }).click();
    await shot("measure-platform-map");
    await page.getByRole("button", { name: t("measure.map.import") }).click();
    await seen(page.getByRole("heading", { name: t("measure.import.done") }));
    const { sources } = await ask(base)("GET", `/api/workspaces/${ws}/sources`);
    const search = sources.find((one) => one.id === "search");
    equal([search.days, search.spec.sheet], [20, "日付"], "what came in");
  },
});

const DEALS = `Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner
1,東海精機 更新,Closed Won,Sales,"120,000",2026-11-10,sato@example.jp
2,北斗 新規,Closed Lost,Sales,50000,2026-11-11,sato@example.jp
3,南洋 追加,Closed Won,Sales,80000,2026-11-12,sato@example.jp
`;

/** Only what was won counts, and the condition is there to be seen and changed. */
const deals = (lang, size, theme) => ({
  name: `deals of HubSpot come in with their condition, ${lang}, ${size}, ${theme}`,
  look: { lang, size, theme },
  async run({ page, base, shot }) {
    const t = say(lang);
    const ws = await newWorkspace(base, "商談", { sample: false });
    await page.goto(`/w/${ws}/measure/data`);
    await page
      .locator("input[type=file]")
      .first()
      .setInputFiles(file("hubspot-crm-exports-all-deals.csv", DEALS));
    await seen(page.getByText(/HubSpot/).first());
    await shot("measure-deals");
    await page.getByRole("button", { name: t("measure.next"), disabled: false }).click();
    await shot("measure-deals-map");
    await page.getByRole("button", { name: t("measure.map.import") }).click();
    await seen(page.getByRole("heading", { name: t("measure.import.done") }));
    const { sources } = await ask(base)("GET", `/api/workspaces/${ws}/sources`);
    const spec = sources.find((one) => one.id === "hubspot").spec;
    equal(spec.metrics.won.where["Deal Stage"].includes("Closed Won"), true, "only what was won");
    equal(spec.metrics.won_amount.column, "Amount", "what is added up");
  },
});

export const tests = [
  look("ja", "wide", "light"),
  look("en", "phone", "dark"),
  deals("ja", "wide", "light"),
  deals("en", "phone", "dark"),
  {
    name: "an access log only asks for the site",
    async run({ page, base, shot }) {
      const t = say("ja");
      const ws = await newWorkspace(base, "ログ", { sample: false });
      const line = (i) =>
        `203.0.113.${i} - - [08/Nov/2026:13:55:${String(i).padStart(2, "0")} +0900] "GET /beans/ HTTP/1.1" 200 2326 "https://t.co/abc" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"`;
      await page.goto(`/w/${ws}/measure/data`);
      await page
        .locator("input[type=file]")
        .first()
        .setInputFiles(
          file("access.log", `${Array.from({ length: 30 }, (_, i) => line(i)).join("\n")}\n`),
        );
      await seen(page.getByRole("heading", { name: t("measure.log.title") }));
      await page.getByLabel(t("measure.log.host")).fill("example.jp");
      await shot("measure-log");
      await page.getByRole("button", { name: t("measure.log.do") }).click();
      await seen(page.getByRole("heading", { name: t("measure.log.done") }));
      await seen(page.getByText(/30/).first());
    },
  },
];
