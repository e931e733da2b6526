import type { notices as ja } from "../ja/notices.ts";

/** Words of where the team is told. */
export const notices: Record<keyof typeof ja, string> = {
  "notices.title": "Where to tell",
  "notices.line":
    "Choose a place you read anyway: alerts arrive there, and whoever is worth talking with.",
  "notices.link": "Choose where to tell",
  "notices.add": "Add a place",
  "notices.empty": "No place to tell yet",
  "notices.empty.line": "Choose one place you read anyway, and nobody has to keep this page open.",
  "notices.kind": "Where shall it be told?",
  "notices.kind.mail": "Mail",
  "notices.kind.slack": "Slack",
  "notices.kind.chatwork": "Chatwork",
  "notices.kind.teams": "Microsoft Teams",
  "notices.kind.lineworks": "LINE WORKS",
  "notices.kind.webhook": "A program of yours",
  "notices.name": "Name",
  "notices.name.hint": "One that says what it is, like “Sales room”.",
  "notices.url": "Address",
  "notices.url.slack":
    "Made with Slack's “Incoming Webhooks” (https://hooks.slack.com/…). It is not shown again once kept.",
  "notices.url.teams":
    "Made with “Workflows” of Teams, from “When a Teams webhook request is received”. It is not shown again once kept.",
  "notices.url.lineworks":
    "Made with “Incoming Webhook” of LINE WORKS (https://webhook.worksmobile.com/…). It is not shown again once kept.",
  "notices.url.webhook": "An address that begins with https://. What is sent is signed.",
  "notices.room": "Room id",
  "notices.room.hint": "The number after “rid” in the room's address.",
  "notices.token": "API token",
  "notices.token.hint":
    "Made under “Service Integration” of Chatwork. It is not shown again once kept.",
  "notices.kept": "It is kept ({hint}). Enter it only to change it.",
  "notices.to": "To",
  "notices.sender": "Sender",
  "notices.noSender": "There is no sender of transactional mail yet. Make one under Mail, Senders.",
  "notices.alerts": "Tell alerts here",
  "notices.alerts.kinds": "Which kinds? (none chosen: all)",
  "notices.toldOf": "Of the alerts: {kinds}",
  "notices.toldOfAll": "All alerts",
  "notices.notYours": "Where to tell is seen by members and up.",
  "notices.leads": "Tell when there is somebody to talk with",
  "notices.whose": "Whose people? (nobody chosen: all)",
  "notices.of": "Tells of the people {names} look after",
  "notices.ofAll": "Tells of everybody to talk with",
  "notices.onlyNamed": "Tells only where an automation names it",
  "notices.try": "Send a try",
  "notices.edit": "Change",
  "notices.forget": "Remove",
  "notices.forget.sure": "Remove it",
  "notices.save": "Keep",
  "notices.cancel": "Leave it",
};
