/** The pages of 打ち手 in order. What lies below one of them keeps its tab. */
export const tabs = [
  { key: "leads", to: "/w/$ws/act" },
  { key: "automations", to: "/w/$ws/act/automations" },
  { key: "mail", to: "/w/$ws/act/mail" },
  { key: "forms", to: "/w/$ws/act/forms" },
  { key: "scores", to: "/w/$ws/act/scores" },
  { key: "contacts", to: "/w/$ws/act/contacts" },
  { key: "initiatives", to: "/w/$ws/act/initiatives" },
] as const;

/** Where `pathname` belongs: segments are made of people, so they stand under 名簿. */
export function tabOf(pathname: string): (typeof tabs)[number]["key"] {
  const word = pathname.replace(/\/$/, "").split("/")[4] ?? "leads";
  if (word === "segments") return "contacts";
  return tabs.find((one) => one.key === word)?.key ?? "leads";
}
