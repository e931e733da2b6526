import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answer, show } from "../testing/show.tsx";
import { Rail } from "./Rail.tsx";

beforeEach(() => {
  const workspaces = [
    { slug: "demo", name: "ひなた", demo: true, updated_at: "2026-09-08T00:00:00Z" },
  ];
  vi.stubGlobal("fetch", vi.fn(answer({ "/api/workspaces": { workspaces } })));
});

describe("Rail", () => {
  it("shows the five words with their lines", async () => {
    await show(<Rail ws="demo" />);
    const links = screen.getAllByRole("link").map((link) => link.textContent);
    expect(links).toEqual([
      "地図どこに向かうか",
      "測るいまどこか",
      "確かめる道は合っているか",
      "打ち手何をするか",
      "共有みんなで見る",
    ]);
  });

  it("leads nowhere without a workspace, and says so", async () => {
    await show(<Rail ws={undefined} />);
    const word = screen.getByRole("button", { name: /地図/ });
    expect(word.getAttribute("aria-disabled")).toBe("true");
    expect(document.getElementById(word.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      "ワークスペースを選ぶと開けます",
    );
  });
});
