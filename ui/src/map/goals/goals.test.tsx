import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { GoalsReply } from "../../api/types.ts";
import { show } from "../../testing/show.tsx";
import { GoalTable } from "./GoalTable.tsx";

const bare = {
  ...{ as_of: "2026-11-22", demo: false, export: true, measuring: false, role: "owner" },
  ...{ stake: null, agreement: null, kgi: null, unread: 0, waiting: 0, model_name: "" },
};
const full = {
  ...{ ...bare, slug: "hinata", name: "ひなた", unread: 2, waiting: 3 },
  kgi: {
    ...{ id: "k", name: "応募数", unit: "件", value: 68, status: "on-pace", p_attain: 0.75 },
    ...{ target_label: "年100件", no_value: null },
  },
  stake: { findings: 4, sentence: "クリック率が下がっています。" },
  agreement: { short: "4人が合意" },
};
const groups = (...workspaces: unknown[]) =>
  [{ goal: "recruiting", workspaces }] as unknown as GoalsReply["goals"];

function row(name: string) {
  const row = screen.getByRole("rowheader", { name }).closest("tr");
  if (!row) throw new Error("no row");
  return within(row);
}

it("a client's row says what stands where, and leads to it", async () => {
  await show(<GoalTable groups={groups(full)} />);
  const links = row("ひなた")
    .getAllByRole("link")
    .map((link) => link.getAttribute("href"));
  expect(links).toEqual(
    expect.arrayContaining([
      "/w/hinata/map",
      "/w/hinata/ask",
      "/w/hinata/share/questions",
      "/w/hinata/share/agreement",
    ]),
  );
  expect(row("ひなた").getByText("75%")).toBeTruthy();
  expect(row("ひなた").getByText(/68件/).textContent).toContain("年100件");
});

it("what is not known is said, not left out", async () => {
  const measuring = { ...bare, slug: "m", name: "計算中", measuring: true };
  const fresh = {
    ...full,
    slug: "f",
    name: "新しい",
    kgi: { ...full.kgi, value: null, p_attain: null },
  };
  await show(
    <GoalTable groups={groups({ ...bare, slug: "b", name: "こわれた" }, measuring, fresh)} />,
  );
  expect(row("こわれた").getByText("保存されたモデルを読めません")).toBeTruthy();
  expect(row("こわれた").getAllByRole("link").length).toBe(1);
  expect(row("計算中").getByText(/調べています/)).toBeTruthy();
  expect(row("新しい").queryByText(/NaN|null/)).toBeNull();
});
