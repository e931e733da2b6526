import type { share as ja } from "../ja/share.ts";

export const share: Record<keyof typeof ja, string> = {
  "share.tabs": "Pages of sharing",
  "share.tab.now": "Where we stand",
  "share.tab.agreement": "Agreement",
  "share.tab.questions": "Questions",
  "share.tab.reviews": "Reviews",
  "share.tab.reports": "Reports",
  "share.tab.links": "Links",
  "share.tab.alerts": "Alerts",
  "share.tab.activity": "Activity",
  "share.tab.handover": "Hand over",
  "share.tab.glossary": "Glossary",
};
