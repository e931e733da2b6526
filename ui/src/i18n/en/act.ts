import type { act as ja } from "../ja/act.ts";

export const act: Record<keyof typeof ja, string> = {
  "act.tabs": "Screens of Act",
  "act.tab.leads": "Today's leads",
  "act.tab.automations": "Automations",
  "act.tab.mail": "Mail",
  "act.tab.forms": "Forms",
  "act.tab.scores": "Points",
  "act.tab.contacts": "People",
  "act.tab.initiatives": "Initiatives",
};
