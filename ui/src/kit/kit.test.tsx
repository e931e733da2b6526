import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Status } from "../api/types.ts";
import { show } from "../testing/show.tsx";
import { Bar } from "./Bar.tsx";
import { Calendar } from "./Calendar.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field } from "./Field.tsx";
import { Mark } from "./Mark.tsx";
import { MenuItem, Popover } from "./Popover.tsx";
import { Tabs } from "./Tabs.tsx";

const STATUSES: Status[] = ["met", "on-pace", "behind", "missed", "too-early", "no-data"];

describe("Mark", () => {
  it("has a word for every status, and a shape of its own", async () => {
    const { container } = await show(
      STATUSES.map((status) => <Mark key={status} status={status} />),
    );
    const words = screen.getAllByRole("img").map((mark) => mark.getAttribute("aria-label"));
    expect(words).toEqual(["達成", "順調", "遅れ", "未達", "判定前", "データなし"]);
    const shapes = [...container.querySelectorAll("svg")].map((svg) => svg.innerHTML);
    expect(new Set(shapes).size).toBe(STATUSES.length);
  });

  it("stays silent where the word stands beside it", async () => {
    await show(<Mark status="met" silent />);
    expect(screen.queryByRole("img")).toBeNull();
  });
});

describe("Bar", () => {
  it("keeps the pace tick on the bar beyond the target", async () => {
    const { container } = await show(<Bar share={1.4} pace={1.3} status="met" />);
    expect(Number.parseFloat(container.querySelector("i")?.style.width ?? "")).toBeLessThan(95);
    expect(Number.parseFloat(container.querySelector("u")?.style.left ?? "")).toBeLessThan(95);
  });
  it("never runs off to the left", async () => {
    const { container } = await show(<Bar share={-0.5} pace={0.2} />);
    expect(container.querySelector("i")?.style.width).toBe("0%");
  });
});

describe("Popover", () => {
  it("opens, does, closes, and gives the keyboard back", async () => {
    const chosen = vi.fn();
    await show(
      <Popover
        label="menu"
        trigger={(wires) => (
          <button type="button" {...wires}>
            open
          </button>
        )}
      >
        {(close) => (
          <MenuItem
            onClick={() => {
              chosen();
              close();
            }}
          >
            do
          </MenuItem>
        )}
      </Popover>,
    );
    const user = userEvent.setup();
    await user.click(screen.getByText("open"));
    await user.click(screen.getByText("do"));
    expect(chosen).toHaveBeenCalledOnce();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(screen.getByText("open"));
    await user.click(screen.getByText("open"));
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

it("Tabs: arrows move between them", async () => {
  function Two() {
    const [at, setAt] = useState<"a" | "b">("a");
    return (
      <Tabs
        label="two"
        tabs={[
          { key: "a", label: "A" },
          { key: "b", label: "B" },
        ]}
        current={at}
        onChange={setAt}
      >
        {at}
      </Tabs>
    );
  }
  await show(<Two />);
  const user = userEvent.setup();
  await user.click(screen.getByRole("tab", { name: "A" }));
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole("tab", { name: "B" }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("tabpanel").textContent).toBe("b");
});

it("Calendar: only days with records can be chosen", async () => {
  const choose = vi.fn();
  await show(
    <Calendar value="2026-09-08" first="2026-09-05" last="2026-09-08" onChoose={choose} />,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "9月6日(日)" }));
  expect(choose).toHaveBeenCalledWith("2026-09-06");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "9月9日(水)" }).disabled).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "次の月" }).disabled).toBe(true);
});

it("Field: says what is wrong with the box it is about", async () => {
  await show(<Field label="名前" error="名前を入れてください" />);
  const box = screen.getByLabelText("名前");
  expect(box.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(box.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "名前を入れてください",
  );
});

it("Dialog: has a name and a cross", async () => {
  const close = vi.fn();
  HTMLDialogElement.prototype.showModal = function () {
    this.setAttribute("open", "");
  };
  HTMLDialogElement.prototype.close = function () {
    this.removeAttribute("open");
  };
  await show(
    <Dialog title="消しますか" onClose={close}>
      x
    </Dialog>,
  );
  expect(screen.getByRole("dialog", { name: "消しますか" })).toBeTruthy();
  await userEvent.setup().click(screen.getByRole("button", { name: "閉じる" }));
  expect(close).toHaveBeenCalledOnce();
});
