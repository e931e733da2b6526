import type { Translate } from "../../i18n/translate.ts";
import type { Definition } from "./definition.ts";

export const TEMPLATES = ["price", "paper", "nps", "hot", "renew", "quiet"] as const;
export type Template = (typeof TEMPLATES)[number];

/** What an automation begins with: a template's steps, or one wait on a blank page. */
export function template(key: string | undefined, t: Translate): Definition {
  const known = TEMPLATES.find((one) => one === key);
  const base = {
    name: known ? t(`automations.template.${known}`) : t("automations.new"),
    kpi: "",
    quiet: { from: "21:00", to: "08:00" },
    cap: { mails: 3, days: 7 },
  };
  const asked = { did: { event: "Inquiry Submitted", op: "at-least", times: 1, days: 30 } };
  switch (known) {
    case "price":
      return {
        ...base,
        trigger: { condition: { did: { page: "/price*", op: "at-least", times: 3, days: 7 } } },
        goal: asked,
        reentry: { mode: "after", days: 90 },
        steps: [
          { id: "mail", mail: { template: "" }, next: "wait" },
          { id: "wait", wait: { for: { amount: 2, unit: "days" } }, next: "notify" },
          {
            id: "notify",
            notify: { channel: "owner", text: t("automations.template.call") },
          },
        ],
      };
    case "paper":
      return {
        ...base,
        trigger: { event: { event: "File Downloaded" } },
        goal: asked,
        reentry: { mode: "after", days: 30 },
        steps: [
          { id: "wait", wait: { for: { amount: 3, unit: "days" } }, next: "mail" },
          { id: "mail", mail: { template: "" } },
        ],
      };
    case "nps":
      return {
        ...base,
        trigger: {
          event: {
            event: "Survey Answered",
            where: [{ key: "score", op: "at-most", values: ["6"] }],
          },
        },
        reentry: { mode: "always" },
        steps: [
          { id: "notify", notify: { channel: "owner", text: t("automations.template.unhappy") } },
        ],
      };
    case "hot":
      return {
        ...base,
        trigger: { band: { card: "", at_least: 40 } },
        reentry: { mode: "after", days: 30 },
        steps: [
          { id: "notify", notify: { channel: "owner", text: t("automations.template.call") } },
        ],
      };
    case "renew":
      return {
        ...base,
        trigger: {
          date: {
            property: t("automations.template.renewal.key"),
            days: -30,
            time: "09:00",
            yearly: true,
          },
        },
        reentry: { mode: "always" },
        steps: [
          { id: "notify", notify: { channel: "owner", text: t("automations.template.renewal") } },
        ],
      };
    case "quiet":
      return {
        ...base,
        trigger: {
          condition: {
            all: [
              { did: { page: "/*", op: "at-least", times: 1 } },
              { did: { page: "/*", op: "at-most", times: 0, days: 30 } },
            ],
          },
        },
        reentry: { mode: "after", days: 180 },
        steps: [
          {
            id: "wait",
            wait: { until: { weekdays: ["mon", "tue", "wed", "thu", "fri"], time: "09:00" } },
            next: "mail",
          },
          { id: "mail", mail: { template: "" } },
        ],
      };
  }
  return { ...base, trigger: {}, steps: [{ id: "mail", mail: { template: "" } }] };
}
