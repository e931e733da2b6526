import type { goals as ja } from "../ja/goals.ts";

export const goals: Record<keyof typeof ja, string> = {
  "goals.title": "The whole picture",
  "goals.line": "Every KGI being followed, under the management goal it serves.",
  "goals.count": "{count} KGIs",
  "goals.none": "KGIs tied to no management goal",
  "goals.asOf": "Up to {day}",
  "goals.target": "Target {label}",
  "goals.noTarget": "No number to reach yet",
  "goals.probability": "Chance to make it",
  "goals.noProbability": "No forecast yet",
  "goals.progress": "{percent} done",
  "goals.open": "Open the map of “{name}”",
  "goals.unreadable": "The saved model cannot be read",
  "goals.unreadable.step": "Correct the text",
  "goals.summary": "{fine} on pace, {late} behind.",
  "goals.empty": "No goals yet",
  "goals.empty.line": "A template makes a map in minutes. To look around first, run shirube demo.",
  "goals.empty.step": "Start from a template",
  "goals.new": "Make a new map",
};
