import type { handover as ja } from "../ja/handover.ts";

/** Words of the self-check and of the pack for somebody outside. */
export const handover: Record<keyof typeof ja, string> = {
  "handover.check": "Two-minute self-check",
  "handover.check.line":
    "From what you can do and the time you have: what to take on yourselves, what to hand over. Settling the goal, and deciding, always stays with you.",
  "handover.check.do": "See the result",
  "handover.check.again": "Answer again",
  "handover.check.left": "{n} more to answer.",
  "handover.check.by": "Answered by {names}. The best skill counts, and all hours together.",
  "handover.skill.0": "never done it",
  "handover.skill.1": "with a guide",
  "handover.skill.2": "on my own",
  "handover.skill.3": "can teach it",
  "handover.skill.-1": "not needed now",
  "handover.hours": "Hours a month",
  "handover.hours.hint": "The time you have for this goal.",
  "handover.hours.wrong": "A number from 0 to 200, please.",
  "handover.unit": "hours",
  "handover.perMonth": "{hours} a month",
  "handover.sentence":
    "Of {hours} a month, {own} go into your own work; {handed} are better handed over.",
  "handover.sentence.all": "You can run all of it in {own} of your {hours} a month.",
  "handover.short":
    "There is not enough time even for what should stay with you. Meet less often, or find somebody’s time.",
  "handover.column.own": "Yourselves",
  "handover.column.together": "Together",
  "handover.column.hand": "Hand over",
  "handover.column.none": "Nothing.",
  "handover.pack": "Hand-over pack",
  "handover.pack.line":
    "What a professional outside needs on the first day: the goal, where its numbers come from, what is weak, what was decided, what you ask, what they have to be let into.",
  "handover.pack.do": "Download the pack (zip)",
  "handover.pack.right":
    "Editors and owners who may take files out can download it. Ask an owner if you need it.",
  "handover.pack.in": "What is in it",
  "handover.pack.indicators": "the goal and the numbers that lead to it: {n}",
  "handover.pack.sources": "where numbers come from: {n}",
  "handover.pack.findings": "what is weak now: {n}",
  "handover.pack.decisions": "what was decided: {n}",
  "handover.pack.wishes": "what you ask: {names}",
  "handover.pack.wishes.none": "What you ask stands in it once the self-check is answered.",
  "handover.pack.hidden":
    "No personal data: the names of {n} people are taken out, and nothing known of customers is even read.",
  "handover.pack.access": "What they have to be let into",
};
