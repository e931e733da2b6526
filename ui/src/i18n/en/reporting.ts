/** Words of the page "where we stand" and of the reports that are sent. */
export const reporting = {
  "reporting.focus": "Focus",
  "reporting.compare": "Time to compare with",
  "reporting.rhythm.daily": "A day",
  "reporting.rhythm.weekly": "A week",
  "reporting.rhythm.monthly": "Four weeks",
  "reporting.print": "Print",
  "reporting.pdf": "Save as PDF",
  "reporting.regularly": "Send it by mail regularly",
} as const;
