/** The pages of 共有 in order. What lies below one of them keeps its tab. */
export const tabs = [
  { key: "now", to: "/w/$ws/share" },
  { key: "agreement", to: "/w/$ws/share/agreement" },
  { key: "questions", to: "/w/$ws/share/questions" },
  { key: "reviews", to: "/w/$ws/share/reviews" },
  { key: "reports", to: "/w/$ws/share/reports" },
  { key: "links", to: "/w/$ws/share/links" },
  { key: "alerts", to: "/w/$ws/share/alerts" },
  { key: "activity", to: "/w/$ws/share/activity" },
  { key: "handover", to: "/w/$ws/share/handover" },
  { key: "glossary", to: "/w/$ws/share/glossary" },
] as const;

/** Where `pathname` belongs. */
export function tabOf(pathname: string): (typeof tabs)[number]["key"] {
  const word = pathname.replace(/\/$/, "").split("/")[4] ?? "now";
  return tabs.find((one) => one.key === word)?.key ?? "now";
}
