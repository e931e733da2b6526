import { act } from "./act.ts";
import { activity } from "./activity.ts";
import { agreement } from "./agreement.ts";
import { alerts } from "./alerts.ts";
import { ask } from "./ask.ts";
import { automations } from "./automations.ts";
import { conditions } from "./conditions.ts";
import { connections } from "./connections.ts";
import { contacts } from "./contacts.ts";
import { duties } from "./duties.ts";
import { edit } from "./edit.ts";
import { evidence } from "./evidence.ts";
import { frame } from "./frame.ts";
import { glossary } from "./glossary.ts";
import { goals } from "./goals.ts";
import { handover } from "./handover.ts";
import { initiatives } from "./initiatives.ts";
import { kit } from "./kit.ts";
import { leads } from "./leads.ts";
import { links } from "./links.ts";
import { mailing } from "./mailing.ts";
import { map } from "./map.ts";
import { measure } from "./measure.ts";
import { model } from "./model.ts";
import { notices } from "./notices.ts";
import { onboarding } from "./onboarding.ts";
import { paths } from "./paths.ts";
import { people } from "./people.ts";
import { questions } from "./questions.ts";
import { report } from "./report.ts";
import { reporting } from "./reporting.ts";
import { reviews } from "./reviews.ts";
import { scores } from "./scores.ts";
import { share } from "./share.ts";
import { signin } from "./signin.ts";
import { start } from "./start.ts";
import { surveys } from "./surveys.ts";

/** All sentences in English; TypeScript asks for the same keys as in Japanese. */
export const en = {
  ...kit,
  ...frame,
  ...map,
  ...evidence,
  ...edit,
  ...model,
  ...measure,
  ...connections,
  ...report,
  ...paths,
  ...start,
  ...goals,
  ...share,
  ...people,
  ...ask,
  ...act,
  ...leads,
  ...notices,
  ...automations,
  ...mailing,
  ...duties,
  ...surveys,
  ...scores,
  ...contacts,
  ...conditions,
  ...initiatives,
  ...onboarding,
  ...signin,
  ...glossary,
  ...handover,
  ...activity,
  ...alerts,
  ...links,
  ...reporting,
  ...reviews,
  ...questions,
  ...agreement,
};
