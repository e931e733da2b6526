/** Words of the share screens. */
export const share = {
  "share.tabs": "共有のページ",
  "share.tab.now": "いまの状況",
  "share.tab.agreement": "合意",
  "share.tab.questions": "質問",
  "share.tab.reviews": "定期点検",
  "share.tab.reports": "レポート",
  "share.tab.links": "見せるリンク",
  "share.tab.alerts": "お知らせ",
  "share.tab.activity": "見た人と記録",
  "share.tab.handover": "引き継ぎ",
  "share.tab.glossary": "用語集",
} as const;
