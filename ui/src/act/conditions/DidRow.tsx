import type { ConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { type Did, MAX_DAYS, MAX_TIMES, narrowed } from "./condition.ts";
import { Box, Choice, Count, Pick } from "./controls.tsx";
import { eventsFor } from "./events.ts";
import { OFTEN, type Often, oftenOf, timesOf, withOften } from "./operators.ts";
import { Sentence, slots } from "./Sentence.tsx";
import { Where } from "./Where.tsx";

const USUAL_DAYS = 30;

interface DidRowProps {
  did: Did;
  choices: ConditionChoices;
  onChange: (did: Did) => void;
}

/** What somebody did, how often and in which days. */
export function DidRow({ did, choices, onChange }: DidRowProps) {
  const { t } = useLanguage();
  const kind = did.event !== undefined ? "event" : "page";
  const often = oftenOf(did);
  const parts = {
    window: <Window did={did} onChange={onChange} />,
    often:
      often === "never" ? null : (
        <Sentence
          text={t("conditions.often.times", slots("times", "unit"))}
          parts={{
            times: (
              <Count
                label={t("conditions.field.times")}
                value={timesOf(did)}
                least={1}
                most={MAX_TIMES}
                onChange={(times) => onChange({ ...did, op: often, times })}
              />
            ),
            unit: (
              <Choice
                label={t("conditions.field.unit")}
                value={did.distinct_days ? "days" : "times"}
                options={[
                  { value: "times", label: t("conditions.unit.times") },
                  { value: "days", label: t("conditions.unit.days") },
                ]}
                onChange={(unit) => onChange({ ...did, distinct_days: unit === "days" })}
              />
            ),
          }}
        />
      ),
    verb: (
      <Choice<Often>
        label={t("conditions.field.often")}
        value={often}
        options={OFTEN.map((value) => ({ value, label: t(`conditions.${kind}.${value}`) }))}
        onChange={(next) => onChange(withOften(did, next))}
      />
    ),
  };
  if (kind === "page")
    return (
      <Sentence
        text={t("conditions.row.page", slots("page", "window", "often", "verb"))}
        parts={{
          ...parts,
          page: (
            <Box
              label={t("conditions.field.page")}
              value={did.page ?? ""}
              suggestions={choices.pages}
              placeholder="/price"
              onChange={(page) => onChange({ ...did, page })}
            />
          ),
        }}
      />
    );
  return (
    <>
      <Sentence
        text={t("conditions.row.event", slots("event", "window", "often", "verb"))}
        parts={{
          ...parts,
          event: (
            <Pick
              label={t("conditions.field.event")}
              value={did.event ?? ""}
              writable
              options={eventsFor(choices, did.event).map((one) => ({
                value: one.id,
                label: one.name,
              }))}
              onChange={(event) => onChange({ ...did, event })}
            />
          ),
        }}
      />
      <Where
        where={did.where ?? []}
        details={choices.details}
        onChange={(where) => onChange(narrowed(did, where))}
      />
    </>
  );
}

function Window({ did, onChange }: Omit<DidRowProps, "choices">) {
  const { t } = useLanguage();
  const select = (
    <Choice
      label={t("conditions.field.window")}
      value={did.days ? "last" : "ever"}
      options={[
        { value: "last", label: t("conditions.window.last") },
        { value: "ever", label: t("conditions.window.ever") },
      ]}
      onChange={(window) => onChange({ ...did, days: window === "ever" ? 0 : USUAL_DAYS })}
    />
  );
  if (!did.days) return select;
  return (
    <Sentence
      text={t("conditions.often.days", slots("select", "days"))}
      parts={{
        select,
        days: (
          <Count
            label={t("conditions.field.days")}
            value={did.days}
            least={1}
            most={MAX_DAYS}
            onChange={(days) => onChange({ ...did, days })}
          />
        ),
      }}
    />
  );
}
