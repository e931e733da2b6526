import type { ReportBody, ReportOrder } from "../../api/useReportOrders.ts";

/** A report while it is being written. */
export interface Draft {
  name: string;
  rhythm: ReportBody["rhythm"];
  weekday: string;
  day: string;
  time: string;
  holidays: ReportBody["holidays"];
  pdf: boolean;
  note: string;
  paused: boolean;
  members: string[];
  /** One line an address outside, as it is typed. */
  outside: string;
  lang: "ja" | "en";
}

/** A new one: Monday morning, to nobody yet. */
export function newDraft(name: string, lang: Draft["lang"]): Draft {
  return {
    name,
    rhythm: "weekly",
    weekday: "1",
    day: "1",
    time: "08:30",
    holidays: "next",
    pdf: false,
    note: "",
    paused: false,
    members: [],
    outside: "",
    lang,
  };
}

/** One that stands, to be changed. */
export function draftOf(order: ReportOrder): Draft {
  const away = order.readers.filter((one) => one.outside && !one.stopped);
  return {
    name: order.name,
    rhythm: order.rhythm,
    weekday: String(order.weekday ?? 1),
    day: String(order.day || 1),
    time: order.time,
    holidays: order.holidays,
    pdf: order.pdf ?? false,
    note: order.note ?? "",
    paused: order.paused ?? false,
    members: order.readers.filter((one) => !one.outside).map((one) => one.user),
    outside: away.map((one) => one.address).join("\n"),
    lang: away[0]?.lang === "en" ? "en" : "ja",
  };
}

/** What is sent to the server. */
export function bodyOf(draft: Draft): ReportBody {
  const outside = draft.outside
    .split(/[\n,、]/)
    .map((line) => line.trim())
    .filter(Boolean);
  return {
    name: draft.name,
    rhythm: draft.rhythm,
    weekday: Number(draft.weekday),
    day: Number(draft.day),
    time: draft.time,
    holidays: draft.holidays,
    pdf: draft.pdf,
    note: draft.note,
    paused: draft.paused,
    readers: [
      ...draft.members.map((user) => ({ user })),
      ...outside.map((address) => ({ address, lang: draft.lang })),
    ],
  };
}
