import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { api } from "../../api/client.ts";
import type { SelfCheck } from "../../api/useHandover.ts";
import { show } from "../../testing/show.tsx";
import { CheckForm } from "./CheckForm.tsx";
import { CheckResult } from "./CheckResult.tsx";

const works = [
  { id: "posts", name: "投稿をつくる", asked: "写真と文を考えて出す" },
  { id: "ads", name: "広告を回す", asked: "予算と入札を見る" },
];
const check = { works, mine: null } as unknown as SelfCheck;

it("the self-check is sent once every question has an answer, as numbers", async () => {
  const put = vi
    .spyOn(api, "PUT")
    .mockResolvedValue({ data: check, response: new Response() } as never);
  const done = vi.fn();
  await show(<CheckForm ws="a" check={check} onDone={done} />);
  const user = userEvent.setup();
  expect(screen.getByText("あと2つ答えると、結果が出ます。")).toBeTruthy();
  const [first, second] = screen.getAllByRole("group");
  // biome-ignore lint/style/noNonNullAssertion: the two kinds of work above
  await user.click(within(first!).getByRole("radio", { name: "ひとりでできる" }));
  expect(screen.getByText("あと1つ答えると、結果が出ます。")).toBeTruthy();
  // biome-ignore lint/style/noNonNullAssertion: the two kinds of work above
  await user.click(within(second!).getByRole("radio", { name: "いまは要らない" }));
  await user.type(screen.getByLabelText(/時間/), "201");
  const send = screen.getByRole("button", { name: "結果を見る" }) as HTMLButtonElement;
  expect(send.disabled).toBe(true);
  await user.clear(screen.getByLabelText(/時間/));
  await user.type(screen.getByLabelText(/時間/), "12.5");
  await user.click(send);
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(put.mock.calls).toMatchObject([
    [
      "/api/workspaces/{ws}/selfcheck",
      { params: { path: { ws: "a" } }, body: { skills: { posts: 2, ads: -1 }, hours: 12.5 } },
    ],
  ]);
});

it("what stays, what is done together and what goes stand in their columns", async () => {
  const line = (id: string, verdict: string) => ({
    ...{ id, name: id, verdict, hours: 4, reason: "理由" },
  });
  const result = {
    ...{ hours: 12, own: 8, handed: 4, short: true },
    lines: [line("own", "own"), line("learn", "learn"), line("hand", "hand")],
  } as unknown as SelfCheck["result"];
  await show(<CheckResult result={result} />);
  const columns = screen
    .getAllByRole("heading", { level: 4 })
    .map((one) => one.closest("section")?.querySelectorAll("li").length);
  expect(columns).toEqual([2, 0, 1]);
  expect(screen.getByText(/12時間/)).toBeTruthy();
});
