/** Words around the act screens. */
export const act = {
  "act.tabs": "打ち手の画面",
  "act.tab.leads": "今日のリード",
  "act.tab.automations": "自動化",
  "act.tab.mail": "メール",
  "act.tab.forms": "フォーム",
  "act.tab.scores": "点のつけ方",
  "act.tab.contacts": "名簿",
  "act.tab.initiatives": "施策",
} as const;
