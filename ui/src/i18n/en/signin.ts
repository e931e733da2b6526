import type { signin as ja } from "../ja/signin.ts";

/** Words of the ways in besides passwords, of invitations, and of how the house is set up. */
export const signin: Record<keyof typeof ja, string> = {
  "signin.with": "Sign in with {name}",
  "signin.or": "or",
  "signin.byMail": "Use a link by mail",
  "signin.askLink": "Send me a link",
  "signin.asking": "Sending",
  "signin.link.only": "No password needed: just open the link in the mail.",
  "signin.lost.mail": "Forgot your password? Come in by a link, then choose a new one.",
  "signin.sent": "Look at your mail",
  "signin.sent.line":
    "A sign-in link is on its way to {email}. It works for {minutes} minutes, on any device.",
  "signin.sent.missing":
    "If it does not come, look among the junk mail. Addresses nobody has here get nothing.",
  "signin.sent.back": "Come in another way",
  "signin.problem.busy": "Too many attempts. Wait a moment and try again.",
  "signin.problem.unreachable":
    "The place you sign in at could not be reached. Wait a moment and try again.",
  "signin.problem.expired":
    "Too much time went by, or another browser opened it. Please sign in again.",
  "signin.problem.cancelled": "You called the sign-in off.",
  "signin.problem.refused": "The place you sign in at refused. Please try again.",
  "signin.problem.unverified":
    "Your e-mail address is not verified there yet. Verify it, then try again.",
  "signin.problem.not-allowed":
    "This e-mail address cannot be used here. Choose the account of your company.",
  "signin.problem.unknown":
    "Nobody has added you yet. Ask an owner of the workspace to invite you.",
  "signin.problem.taken":
    "Another account is tied to this e-mail address already. Come in another way and part from the old one under “My settings”; then this one can be tied.",

  "signin.enter.line": "You are about to sign in as {email}.",
  "signin.enter.not": "If that is not your address, close this page.",
  "signin.enter.dead": "This link does not open",
  "signin.enter.none": "Part of the link seems to be missing",
  "signin.enter.none.line": "Open the link in the mail once more.",
  "signin.enter.again": "Get a new link",

  "signin.welcome.noPassword": "You are in at once.",
  "signin.welcome.with": "Sign in with {name} instead of a password",

  "signin.invite.send": "Invite them by mail",
  "signin.invite.send.hint": "Otherwise you get a link to hand over.",
  "signin.invite.do": "Invite",
  "signin.invite.sent": "{name} was sent an invitation.",
  "signin.invite.again": "Invite again",
  "signin.invite.failed": "They were added, but the invitation has not left.",
  "signin.invite.byHand": "You can hand them this link instead.",
  "signin.invite.close": "Close",

  "signin.way.password": "with a password",
  "signin.way.entry": "by a one-time link",
  "signin.way.mail": "by a link in a mail",
  "signin.way.oidc": "with another account",
  "signin.password.choose": "Choose a password",
  "signin.password.choose.line":
    "You have just signed in, so your current password is not needed. You can choose one for 30 minutes.",
  "signin.password.none": "You have no password yet. To choose one, sign out and sign in again.",

  "signin.ties": "Accounts elsewhere",
  "signin.ties.line": "You can sign in with these, without a password.",
  "signin.ties.only": "There is no other way in for you, so it cannot go. Choose a password first.",
  "signin.ties.part": "Part from it",
  "signin.ties.title": "Part from “{name}”?",
  "signin.ties.ask":
    "Wherever else you came in with this account, you are signed out. Signing in with an account of the same address ties it again.",
  "signin.ties.parted": "Parted from “{name}”.",
  "signin.record": "What happened to this account",
  "signin.record.line":
    "If something here was not you, change your password and sign out everywhere. Owners of the workspaces you belong to see it on their record, too.",
  "signin.record.nothing": "none",

  "signin.house": "How this Shirube is set up",
  "signin.house.line":
    "Decided when it is started; to change it, start the server in another way. Only whoever set it up sees this.",
  "signin.house.address": "Address",
  "signin.house.here": "Reached from this machine only",
  "signin.house.public": "Reached from other machines too",
  "signin.house.mail": "Mail",
  "signin.house.mail.none":
    "None is sent: invitations are links handed over. Started with --mail-url and --mail-from, it sends invitations and sign-in links.",
  "signin.house.mail.by": "{server} ({security})",
  "signin.house.security.tls": "encrypted",
  "signin.house.security.starttls": "encrypted",
  "signin.house.security.none": "inside this machine",
  "signin.house.mail.try": "Send one to me",
  "signin.house.mail.ok": "Sent to {to}. See whether it arrives.",
  "signin.house.mail.bad": "It could not be sent. {said}",
  "signin.house.oidc": "Other accounts",
  "signin.house.oidc.none":
    "Not used. With --oidc-issuer, people sign in with accounts such as Google Workspace.",
  "signin.house.oidc.anyone": "For people who were added",
  "signin.house.oidc.allow": "For {list}",
  "signin.house.oidc.back": "Address to enter at the issuer",
  "signin.house.password.off": "Nobody signs in with a password",
};
