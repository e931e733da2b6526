import { act } from "./act.ts";
import { ask } from "./ask.ts";
import { automations } from "./automations.ts";
import { conditions } from "./conditions.ts";
import { connections } from "./connections.ts";
import { contacts } from "./contacts.ts";
import { edit } from "./edit.ts";
import { evidence } from "./evidence.ts";
import { frame } from "./frame.ts";
import { goals } from "./goals.ts";
import { initiatives } from "./initiatives.ts";
import { kit } from "./kit.ts";
import { leads } from "./leads.ts";
import { mailing } from "./mailing.ts";
import { map } from "./map.ts";
import { measure } from "./measure.ts";
import { model } from "./model.ts";
import { notices } from "./notices.ts";
import { paths } from "./paths.ts";
import { people } from "./people.ts";
import { report } from "./report.ts";
import { scores } from "./scores.ts";
import { share } from "./share.ts";
import { start } from "./start.ts";
import { surveys } from "./surveys.ts";

/** All sentences in Japanese, the source language; one file per room. */
export const ja = {
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
  ...surveys,
  ...scores,
  ...contacts,
  ...conditions,
  ...initiatives,
};
