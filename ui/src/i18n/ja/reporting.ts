/** Words of the page "where we stand" and of the reports that are sent. */
export const reporting = {
  "reporting.focus": "注力",
  "reporting.compare": "くらべる期間",
  "reporting.rhythm.daily": "前の日と",
  "reporting.rhythm.weekly": "この1週間",
  "reporting.rhythm.monthly": "この4週間",
  "reporting.print": "印刷",
  "reporting.pdf": "PDFで保存",
  "reporting.regularly": "メールで定期的に届ける",
} as const;
