import type { onboarding as ja } from "../ja/onboarding.ts";

/** Words of onboarding. */
export const onboarding: Record<keyof typeof ja, string> = {
  "onboarding.title": "First four steps",
  "onboarding.count": "{done}/{all}",
  "onboarding.away": "Do not show again",
  "onboarding.step.goal": "Say the goal with a number and a date",
  "onboarding.step.numbers": "Bring numbers in",
  "onboarding.step.findings": "See the first findings",
  "onboarding.step.agreement": "Agree on the goal",
  "onboarding.why.goal": "“More” alone never tells whether you have arrived.",
  "onboarding.why.numbers": "One CSV or Excel file, and the map comes alive.",
  "onboarding.why.findings": "Read in sentences where you lose, and what works.",
  "onboarding.why.agreement": "See whether management, the field and sales mean the same goal.",
  "onboarding.better": "Said so that it can be counted:",
  "onboarding.better.use": "Use “{name}”",
};
