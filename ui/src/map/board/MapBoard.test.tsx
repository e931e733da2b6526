import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { show } from "../../testing/show.tsx";
import { hardMap, recruitingMap } from "../fixtures/recruiting.ts";
import { PhoneList } from "../phone/PhoneList.tsx";
import { MapBoard } from "./MapBoard.tsx";

const board = () => screen.getByRole("group", { name: "目標の地図" });
const card = (id: string) => board().querySelector(`[data-card="${id}"]`) as HTMLElement;
const said = (id: string) => card(id).getAttribute("aria-label");
const focused = () => document.activeElement?.getAttribute("data-card");

describe("MapBoard", () => {
  it("has a card for every indicator, said as one sentence", async () => {
    await show(<MapBoard reply={recruitingMap()} selected={null} onOpen={() => {}} ws="demo" />);
    expect(board().querySelectorAll("[data-card]").length).toBe(recruitingMap().indicators.length);
    expect(said("ctr")).toBe("クリック率、未達、1.20%、目安 1.50%、前4週比 −20%");
  });

  it("walks with arrows, opens with Enter, and has one stop for Tab", async () => {
    const open = vi.fn();
    await show(<MapBoard reply={recruitingMap()} selected={null} onOpen={open} ws="demo" />);
    const user = userEvent.setup();
    await user.tab();
    expect(focused()).toBe("applications");
    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowDown}");
    expect(focused()).toBe("ctr");
    await user.keyboard("{Enter}");
    expect(open).toHaveBeenCalledWith("ctr");
    expect(board().querySelectorAll('[data-card][tabindex="0"]').length).toBe(1);
  });

  it("folds and unfolds, by button and by keyboard", async () => {
    await show(<MapBoard reply={recruitingMap()} selected={null} onOpen={() => {}} ws="demo" />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "サイト訪問数の先をたたむ" }));
    expect(board().querySelector('[data-card="ctr"]')).toBeNull();
    const unfold = screen.getByRole("button", { name: "サイト訪問数の先を開く(5件)" });
    expect(unfold.textContent).toContain("+5");
    await user.click(card("visits"));
    await user.keyboard("{Shift>}{ArrowRight}{/Shift}");
    expect(board().querySelector('[data-card="ctr"]')).not.toBeNull();
  });

  it("says where there is no data, and offers the step", async () => {
    await show(<MapBoard reply={hardMap()} selected={null} onOpen={() => {}} ws="demo" />);
    expect(said("saves")).toBe("保存数、データなし、まだデータがありません");
    expect(screen.getByText("まだつながっていない指標")).toBeTruthy();
  });

  it("never shows a road as measured that is not", async () => {
    await show(<MapBoard reply={recruitingMap()} selected={null} onOpen={() => {}} ws="demo" />);
    expect(screen.getAllByText("未測定").length).toBe(5);
    expect(screen.queryByText("影響(太いほど強い)")).toBeNull();
  });
});

it("the phone's list holds the same indicators", async () => {
  const open = vi.fn();
  await show(<PhoneList reply={hardMap()} onOpen={open} />);
  const rows = screen.getAllByRole("button");
  expect(rows.length).toBe(hardMap().indicators.length);
  await userEvent.setup().click(screen.getByRole("button", { name: /^いいね数/ }));
  expect(open).toHaveBeenCalledWith("likes");
});
