/**
 * The pages of 測る in order. `bar`: the filter bar stands above it (`span`: only its days);
 * `compares`: it has numbers of a span before; `needsEvents`: without any event there is nothing
 * to see. What has none of them does without the state of measuring.
 */
export const tabs = [
  { key: "overview", to: "/w/$ws/measure", bar: "full", compares: true, needsEvents: true },
  { key: "pages", to: "/w/$ws/measure/pages", bar: "full", compares: true, needsEvents: true },
  { key: "sources", to: "/w/$ws/measure/sources", bar: "full", compares: true, needsEvents: true },
  {
    key: "campaigns",
    to: "/w/$ws/measure/campaigns",
    bar: "full",
    compares: true,
    needsEvents: true,
  },
  { key: "paths", to: "/w/$ws/measure/paths", bar: "full", needsEvents: true },
  { key: "funnel", to: "/w/$ws/measure/funnel", bar: "full", needsEvents: true },
  { key: "cohorts", to: "/w/$ws/measure/cohorts", bar: "full", needsEvents: true },
  { key: "attribution", to: "/w/$ws/measure/attribution", bar: "full", needsEvents: true },
  { key: "posts", to: "/w/$ws/measure/posts", bar: "span" },
  { key: "now", to: "/w/$ws/measure/now", needsEvents: true },
  { key: "entry", to: "/w/$ws/measure/entry" },
  { key: "data", to: "/w/$ws/measure/data" },
  { key: "events", to: "/w/$ws/measure/events", bar: "full", needsEvents: true, hidden: true },
  { key: "connections", to: "/w/$ws/measure/connections", hidden: true },
  { key: "setup", to: "/w/$ws/measure/setup", hidden: true },
  { key: "intake", to: "/w/$ws/measure/intake", hidden: true },
] as const satisfies ({ key: string; to: string } & TabRules)[];

interface TabRules {
  bar?: "full" | "span";
  compares?: true;
  needsEvents?: true;
  /** Reached from other pages, not from the row of tabs. */
  hidden?: true;
}

export type TabKey = (typeof tabs)[number]["key"];

/** What holds for a page. */
export function rulesOf(key: TabKey): TabRules {
  const found: ({ key: string } & TabRules) | undefined = tabs.find((one) => one.key === key);
  return found ?? {};
}
