/** Words of the kit and of every room. */
export const kit = {
  "status.met": "達成",
  "status.on-pace": "順調",
  "status.behind": "遅れ",
  "status.missed": "未達",
  "status.too-early": "判定前",
  "status.no-data": "データなし",
  "status.none": "目標なし",
  "kit.close": "閉じる",
  "kit.cancel": "やめる",
  "kit.retry": "もう一度読み込む",
  "kit.loading": "読み込んでいます",
  "kit.failed": "読み込めませんでした",
  "kit.failed.offline": "サーバーにつながりません。動いているか確かめて、もう一度お試しください。",
  "kit.optional": "任意",
  "kit.previousMonth": "前の月",
  "kit.nextMonth": "次の月",
} as const;
