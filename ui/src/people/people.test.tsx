import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { show } from "../testing/show.tsx";
import { browserName } from "./browserName.ts";
import { Members } from "./Members.tsx";
import { snippet } from "./snippet.ts";

describe("browserName", () => {
  it.each([
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
      "Safari · iPhone",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
      "Edge · Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      "Chrome · Mac",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"],
    [
      "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
      "Chrome · Android",
    ],
    ["curl/8.0", "curl"],
    ["", ""],
  ])("%s", (agent, name) => expect(browserName(agent)).toBe(name));
});

describe("snippet", () => {
  it("is a tag for a website and a call for a server", () => {
    const origin = "https://shirube.example";
    expect(snippet({ kind: "browser", key: "shrb_w_a" }, origin)).toBe(
      '<script defer src="https://shirube.example/shirube.js" data-key="shrb_w_a"></script>',
    );
    expect(snippet({ kind: "server", key: "shrb_w_b" }, origin)).toContain(
      "curl https://shirube.example/v1/track -u shrb_w_b:",
    );
  });
});

const since = "2026-09-08T00:00:00Z";
const members = [
  {
    id: "1",
    name: "田中",
    email: "t@a.jp",
    role: "owner",
    since,
    pending: false,
    you: true,
    department: "マーケ",
    export: true,
  },
  {
    id: "2",
    name: "佐藤",
    email: "s@a.jp",
    role: "viewer",
    since,
    pending: true,
    you: false,
    department: "営業",
    export: false,
  },
];

const act = { mutate: vi.fn(), reset: vi.fn(), data: undefined, error: null, isPending: false };
const link = { ...act, mutate: vi.fn(), data: { url: "/welcome#secret" } };
vi.mock("../api/useMembers.ts", () => ({
  useMembers: () => ({
    data: { members, mail: false },
    error: null,
    isPending: false,
    refetch: () => {},
  }),
  useMemberActs: () => ({ add: act, change: act, remove: act, link, invite: act }),
}));

describe("Members", () => {
  it("lets owners change others, and tells who has no password yet", async () => {
    await show(<Members ws="w" owner open={false} />);
    const [tanaka, sato] = screen.getAllByRole("listitem");
    const row = within(sato as HTMLElement);
    row.getByText("まだ入っていません");
    const roles = row.getByLabelText<HTMLSelectElement>("佐藤さんの役割");
    expect(roles.value).toBe("viewer");
    expect(roles.options).toHaveLength(5);
    await userEvent.selectOptions(roles, "editor");
    expect(act.mutate).toHaveBeenCalledWith({ id: "2", role: "editor" });
    await userEvent.click(row.getByRole("button", { name: "新しいリンク: 佐藤" }));
    expect(link.mutate).toHaveBeenCalledWith("2");
    screen.getByText(/\/welcome#secret$/);
    // One's own password is changed elsewhere.
    expect(within(tanaka as HTMLElement).queryByText("新しいリンク")).toBeNull();
  });

  it("shows one department, and says who may take nothing out", async () => {
    link.data = undefined as never;
    await show(<Members ws="w" owner open={false} />);
    screen.getByText("持ち出し不可");
    await userEvent.click(screen.getByRole("button", { name: "営業 1" }));
    expect(screen.queryByText("t@a.jp")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "部署・持ち出し: 佐藤" }));
    const sheet = within(screen.getByRole("dialog", { hidden: true }));
    const department = sheet.getByLabelText("部署");
    await userEvent.clear(department);
    await userEvent.type(department, "採用");
    await userEvent.click(sheet.getByLabelText("数字や名簿をファイルで持ち出してよい"));
    await userEvent.click(sheet.getByText("保存する"));
    expect(act.mutate).toHaveBeenLastCalledWith(
      { id: "2", department: "採用", export: true },
      expect.anything(),
    );
  });

  it("shows everybody else who is here, and nothing to change", async () => {
    link.data = undefined as never;
    await show(<Members ws="w" owner={false} open={false} />);
    screen.getByText("佐藤");
    const buttons = screen.queryAllByRole("button").map((one) => one.textContent);
    expect(buttons).toEqual(["全員 2", "マーケ 1", "営業 1"]); // only what shows, nothing that changes
    expect(screen.queryAllByRole("combobox")).toEqual([]);
    screen.getByText("変えられるのはオーナーだけです。");
  });
});
