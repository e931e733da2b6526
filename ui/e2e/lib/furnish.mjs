// Furnishes the demo whose screens are looked at: a map without numbers, one with a history, one
// that is shown to others. All before the first look, so that every run sees the same.

import { ask, newWorkspace, readMap } from "./api.mjs";
import { ownWords } from "./language.mjs";
import { visitsReady } from "./report.mjs";

/** Resolves with where everything is, and with the words that are the teams' own. */
export async function furnish(base) {
  const call = ask(base);
  const fresh = await newWorkspace(base, "広報チーム", { sample: false });
  const grown = await newWorkspace(base, "店舗チーム", { template: "sns-sales" });
  const { indicators } = await readMap(base, grown);
  const [first, second] = indicators.filter((one) => !one.is_kgi).map((one) => one.id);
  await call("POST", `/api/workspaces/${grown}/model/edit`, {
    base_version: 1,
    lang: "ja",
    note: "秋の定例で担当を決めなおした",
    edits: [{ op: "set_indicator", id: first, fields: { owner: "新しい担当" } }],
  });
  await call("POST", `/api/workspaces/${grown}/model/edit`, {
    base_version: 2,
    lang: "ja",
    note: "フォロワーの目標を見直した",
    edits: [{ op: "set_indicator", id: second, fields: { why: "入口の広さを見ます。" } }],
  });
  const { token } = await call("POST", `/api/workspaces/${grown}/views`, { days: 30 });
  const all = ["now", "map", "findings", "glossary"];
  const { token: whole } = await call("POST", `/api/workspaces/${grown}/views`, { shows: all });
  const demo = "hinata";
  await visitsReady(base, demo);
  return { demo, fresh, grown, token, whole, own: await ownWords(base, demo) };
}
