import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { show } from "../../testing/show.tsx";
import { WhatIf } from "./WhatIf.tsx";

const reels = {
  id: "reels",
  name: "リール投稿数",
  unit: "本",
  role: "action",
  per: "週",
  now: 4,
  low: 3,
  high: 5.5,
  min: 2,
  max: 8,
  limit: null,
  counts: true,
  note: null,
  weight: 1,
  by_itself: true,
};
const likes = {
  ...reels,
  id: "likes",
  name: "いいね数",
  counts: false,
  note: "動かないと分かっています。",
};
const target = { kind: "total", amount: 100, by: "2027-03-31", direction: "up", label: "年100件" };
const levers = {
  as_of: "2026-09-08",
  span: { from: "2026-04-01", to: "2026-09-08" },
  kgi: { id: "kgi", name: "応募数", unit: "件", target },
  levers: [reels, likes],
};
const x = Array.from({ length: 9 }, (_, i) => 60 + i * 10);
const hill = [0, 1, 2, 4, 6, 4, 2, 1, 0];
const whatif = {
  span: levers.span,
  changes: [
    { id: "reels", set: "reels=*1.5", relative: 0.5, share: 0.16, too_late: true, warning: null },
    { id: "likes", set: "likes=*2", relative: 1, share: 0, too_late: false, warning: null },
  ],
  indicators: [],
  not_counted: [{ from: "likes", to: "kgi", sentence: "「いいね数」は計算に入れていません。" }],
  doubt: [
    { from: "reels", to: "visits", share: 0.6 },
    { from: "visits", to: "kgi", share: 0.4 },
  ],
  warnings: [],
  kgi: {
    id: "kgi",
    p_attain_before: 0.71,
    p_attain_after: 0.9,
    landing_before: 106,
    landing_after: 117,
    target: 100,
    starts: "2026-09-13",
    reach_day_before: "2027-03-14",
    reach_day_after: null,
    too_late: false,
    distribution: { x, before: hill, after: hill },
    no_value: null,
  },
};
const paths = {
  "/api/workspaces/{ws}/levers": levers,
  "/api/workspaces/{ws}/whatif": whatif,
  "/api/workspaces/{ws}/scenarios": { scenarios: [] },
  "/api/workspaces/{ws}/seek": {
    reachable: false,
    changes: [],
    p_attain: 0.75,
    landing: 110,
    target: 100,
    best: { changes: [{ id: "reels", relative: 1 }], landing: 110, p_attain: 0.75 },
    reason: null,
    sentence: "すべてを限度まで動かしても、確率は75%までです。",
    warnings: [],
  },
};

vi.mock("../../api/client.ts", async (original) => ({
  ...(await original<object>()),
  api: {
    GET: async (path: keyof typeof paths) => ({ data: paths[path], response: new Response() }),
  },
}));

const piece = <WhatIf ws="demo" view={{}} names={new Map([["visits", "サイト訪問数"]])} />;

describe("what if", () => {
  it("says what the sliders would do, what comes too late, and what nobody knows", async () => {
    await show(piece);
    const slider = await screen.findByRole("slider", { name: "リール投稿数" });
    expect(slider.getAttribute("aria-valuetext")).toBe("週4本");
    await screen.findByText("90", { exact: false, selector: "b" });
    const chance = screen.getByText("達成できる確率").parentElement as HTMLElement;
    expect(chance.textContent).toBe("達成できる確率90%今のまま 71%");
    expect(screen.getByText("100件に届く日").parentElement?.textContent).toBe(
      "100件に届く日届かない今のまま 3月14日",
    );

    await userEvent.click(screen.getByRole("button", { name: "80%にするには" }));
    // The best there is stands on the sliders, and the sentence says that it is not enough.
    expect(await screen.findByText(/確率は75%までです/)).toBeTruthy();
    expect(slider.getAttribute("aria-valuetext")).toBe("週8本");
    const said = screen.getByText("9月13日").closest("div") as HTMLElement;
    for (const text of [
      "応募数に出はじめるのは9月13日ごろです。達成できる確率は19ポイント上がります。",
      "リール投稿数で+16ポイント、いいね数で±0ポイント",
      "「リール投稿数」は効果が出るのが期限のあと",
      "「いいね数」は計算に入れていません。",
      "見込みの幅の60%は、「リール投稿数」から「サイト訪問数」への効き",
    ])
      expect(said.textContent).toContain(text);
    expect(screen.getByText(/週8本は、まだ試したことがない量です/)).toBeTruthy();
  });

  it("shows what does not count only on demand, and says why", async () => {
    await show(piece);
    await screen.findByRole("slider", { name: "リール投稿数" });
    expect(screen.queryByRole("slider", { name: "いいね数" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "ほかも動かす(1)" }));
    const idle = screen.getByRole("slider", { name: "いいね数" }).closest("div")?.parentElement;
    expect(within(idle as HTMLElement).getByText("動かないと分かっています。")).toBeTruthy();
  });
});
