// Takes pictures of what a healthy server rarely shows — nothing there yet, still loading, refused,
// saved by somebody else first — from made-up replies: `node e2e/states.mjs [name …]` writes
// build/screens/state-*.png and fails when axe-core finds anything or a claim does not hold.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview, runnerImport } from "vite";
import { violations } from "./lib/axe.mjs";
import { launch } from "./lib/browser.mjs";

const ui = fileURLToPath(new URL("..", import.meta.url));
const out = join(ui, "../build/screens");
const outDir = join(ui, "../build/states");
const wanted = process.argv.slice(2);

const { module: fixtures } = await runnerImport(join(ui, "src/map/fixtures/recruiting.ts"));
await build({ root: ui, logLevel: "error", build: { outDir, emptyOutDir: true } });
await mkdir(out, { recursive: true });
const server = await preview({
  root: ui,
  logLevel: "error",
  build: { outDir },
  preview: { port: 0 },
});
const origin = server.resolvedUrls.local[0].replace(/\/$/, "");

const YAML = "shirube: 1\nname: 見本\nkgi:\n  id: applications\n  name: 応募数\n";
const refusal = (status, detail, errors = []) => ({ status, body: { status, detail, errors } });
const fine = { ok: true, problems: [], findings: [], smart: [] };
const newer = (map) => ({
  ...map,
  model: { ...map.model, version: map.model.version + 1 },
  indicators: map.indicators.map((one) =>
    one.id === "visits" ? { ...one, owner: "別の人" } : one,
  ),
});

const UPLOAD = {
  upload_id: "u1",
  name: "sns.csv",
  size: 1200,
  preview: {
    columns: [
      { name: "日付", kind: "date", example: "2026/9/1", ambiguous: null, day_month: null },
      { name: "表示回数", kind: "number", example: "1,200", ambiguous: null, day_month: null },
    ],
    date_column: "日付",
    file: { delimiter: ",", encoding: "utf-8", gzip: false, kind: "csv" },
    format: "CSV・UTF-8・カンマ区切り",
    header: ["日付", "表示回数"],
    header_line: 1,
    rows: [["2026/9/1", "1,200"]],
    sheets: [],
    suggestion: null,
  },
};

/** What the server would say where a state does not say otherwise. */
const usual = {
  "GET /api/workspaces": () => ({ workspaces: [] }),
  "GET /api/goals": () => ({ goals: [] }),
  "GET /api/templates": () => ({ templates: [] }),
  "GET /api/workspaces/demo/map": () => fixtures.recruitingMap("ja"),
  "GET /api/workspaces/demo/sources": () => ({ sources: [] }),
  "GET /api/workspaces/demo/versions": () => ({ versions: [] }),
  "GET /api/workspaces/demo/views": () => ({ views: [] }),
  "GET /api/workspaces/demo/model": () => ({
    ...{ version: 7, newest: true, yaml: YAML, name: "見本", note: "", author: "" },
    created_at: "2026-09-01T00:00:00Z",
  }),
  "POST /api/workspaces/demo/model/check": () => fine,
  "POST /api/workspaces/demo/uploads": () => UPLOAD,
};
const NEVER = Symbol("no reply yet");
const down = (what) => ({
  [what]: () => refusal(500, "サーバーの内部で問題が起きました。番号 x1"),
});

const states = [
  { name: "goals-empty", path: "/goals" },
  { name: "goals-loading", path: "/goals", replies: { "GET /api/goals": () => NEVER } },
  { name: "goals-failed", path: "/goals", replies: down("GET /api/goals"), late: true },
  { name: "measure-empty", path: "/w/demo/measure/data" },
  {
    name: "measure-loading",
    path: "/w/demo/measure/data",
    replies: { "GET /api/workspaces/demo/sources": () => NEVER },
  },
  { name: "share-empty", path: "/w/demo/share" },
  { name: "versions-empty", path: "/w/demo/versions" },
  {
    name: "model-loading",
    path: "/w/demo/model",
    replies: { "GET /api/workspaces/demo/model": () => NEVER },
  },
  { name: "start-failed", path: "/start", replies: down("GET /api/templates"), late: true },
  {
    name: "upload-refused",
    path: "/w/demo/measure/data",
    replies: {
      "POST /api/workspaces/demo/uploads": () =>
        refusal(422, "読めないところがあります。", [
          { location: "sns.csv:1:1", message: "見出しの行が見つかりません。" },
        ]),
    },
    async act(page) {
      await page.locator("input[type=file]").setInputFiles(csv("sns.csv"));
      await page.getByText("1行目・1列目").waitFor();
    },
  },
  {
    name: "import-refused",
    path: "/w/demo/measure/data",
    replies: {
      "POST /api/workspaces/demo/uploads/u1/import": () =>
        refusal(422, "読めないところがあります。", [
          {
            location: "sns.csv:41:12",
            message: "「12a0」は数として読めません。数に直すか、行を消してください。",
          },
        ]),
    },
    async act(page) {
      await page.locator("input[type=file]").setInputFiles(csv("sns.csv"));
      await page.getByRole("button", { name: "つぎへ" }).click();
      await page.getByRole("button", { name: "地図に入れる" }).click();
      await page.getByText("41行目・12列目").waitFor();
      await page.getByText("何も変わっていません").waitFor();
    },
  },
  {
    name: "editor-conflict",
    path: "/w/demo/map?edit=visits",
    replies: conflictReplies(),
    async act(page, asked) {
      const name = page.getByRole("dialog").getByLabel("名前", { exact: true });
      await name.fill("わたしの書いた名前");
      await page.getByRole("button", { name: "地図に反映する" }).click();
      await page.getByText("ほかの人が先に保存しました").waitFor();
      await page.screenshot({ path: join(out, "state-editor-conflict-asks.png") });
      await page.getByRole("button", { name: "新しい版に重ねる" }).click();
      await page.getByText("新しい版に重ねました").waitFor();
      claim((await name.inputValue()) === "わたしの書いた名前", "what was typed stays");
      const owner = page.getByRole("dialog").getByLabel("担当", { exact: true });
      claim((await owner.inputValue()) === "別の人", "what was not touched follows the others");
      await page.getByRole("button", { name: "地図に反映する" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      const saved = asked.filter((one) => one.body?.edits && !one.body.dry_run).at(-1);
      claim(saved.body.base_version === fixtures.recruitingMap("ja").model.version + 1, "base");
      claim(
        JSON.stringify(saved.body.edits) ===
          JSON.stringify([
            { op: "set_indicator", id: "visits", fields: { name: "わたしの書いた名前" } },
          ]),
        "only what was typed is saved",
      );
    },
  },
  {
    name: "model-conflict",
    path: "/w/demo/model",
    replies: {
      "PUT /api/workspaces/demo/model": () => refusal(409, "ほかの人が先に保存しました。"),
    },
    async act(page) {
      await page.locator(".cm-content").click();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("# メモ");
      await page.getByRole("button", { name: "新しい版として保存" }).click();
      await page.getByRole("button", { name: "その上に重ねて保存する" }).waitFor();
    },
  },
];

/** The first save is refused, because in the meantime version 8 was stored. */
function conflictReplies() {
  let refused = false;
  return {
    "GET /api/workspaces/demo/map": () => {
      const map = fixtures.recruitingMap("ja");
      return refused ? newer(map) : map;
    },
    "POST /api/workspaces/demo/model/edit": (body) => {
      if (body.dry_run) return { ...fine, version: 0, yaml: "" };
      if (refused) return { ...fine, version: 9, yaml: "" };
      refused = true;
      return refusal(409, "ほかの人が先に保存しました。");
    },
  };
}

function csv(name) {
  return { name, mimeType: "text/csv", buffer: Buffer.from("日付,表示回数\n2026/9/1,1200\n") };
}

function claim(fact, sentence) {
  if (!fact) throw new Error(`does not hold: ${sentence}`);
}

const browser = await launch();
let failed = 0;
const chosen = states.filter((one) => wanted.length === 0 || wanted.includes(one.name));
for (const state of chosen) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const asked = [];
  await page.route("**/api/**", async (route) => {
    const request = route.request();
    const key = `${request.method()} ${decodeURIComponent(new URL(request.url()).pathname)}`;
    const type = request.headers()["content-type"] ?? "";
    const body = type.includes("json") ? request.postDataJSON() : null;
    asked.push({ key, body });
    const say = state.replies?.[key] ?? usual[key];
    const reply = say ? say(body) : refusal(404, "見つかりません。");
    if (reply === NEVER) return;
    const { status, body: json } = reply.status ? reply : { status: 200, body: reply };
    await route.fulfill({ status, json }).catch(() => {});
  });
  try {
    await page.goto(origin + state.path);
    // A failing server is asked three times before the screen gives up.
    if (state.late) await page.getByRole("alert").waitFor({ timeout: 20_000 });
    else await page.waitForTimeout(500);
    await state.act?.(page, asked);
    await page.screenshot({ path: join(out, `state-${state.name}.png`), animations: "disabled" });
    const found = await violations(page);
    if (found.length > 0) throw new Error(found.join("\n"));
    console.log(`ok      ${state.name}`);
  } catch (error) {
    failed++;
    await page.screenshot({ path: join(out, `state-${state.name}.png`) }).catch(() => {});
    console.log(`FAILED  ${state.name}\n${error.message}`);
  }
  await context.close();
}
await browser.close();
await server.close();
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
