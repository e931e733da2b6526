import { useState } from "react";
import { daysBetween, isDay } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field } from "../../kit/Field.tsx";
import { MenuItem, MenuRule, Popover } from "../../kit/Popover.tsx";
import styles from "./frame.module.css";
import { useReport } from "./report.ts";
import { presets, USUAL } from "./spans.ts";
import { useSpanWords } from "./useSpanWords.ts";

const MOST_DAYS = 1100; // the server refuses more

/** The days a report is about: by name, or chosen one by one. */
export function SpanPicker() {
  const { t } = useLanguage();
  const { span, preset, search, change } = useReport();
  const words = useSpanWords();
  const { span: _, from: __, to: ___, ...rest } = search;
  return (
    <Popover
      label={t("report.span.choose")}
      trigger={(wires) => (
        <ChipButton icon="calendar" opens {...wires}>
          {t("report.span")}
          <b>{words.days(span)}</b>
        </ChipButton>
      )}
    >
      {(close) => (
        <div className={styles.choices}>
          {presets.map((one) => (
            <MenuItem
              key={one}
              current={one === preset}
              onClick={() => {
                close();
                change(one === USUAL ? rest : { ...rest, span: one });
              }}
            >
              {t(`report.span.${one}`)}
            </MenuItem>
          ))}
          <MenuRule />
          <FreeDays
            onChoose={(chosen) => {
              close();
              change({ ...rest, ...chosen });
            }}
          />
        </div>
      )}
    </Popover>
  );
}

function FreeDays({ onChoose }: { onChoose: (span: { from: string; to: string }) => void }) {
  const { t } = useLanguage();
  const { span, today } = useReport();
  const [from, setFrom] = useState(span.from);
  const [to, setTo] = useState(span.to);
  const complete = isDay(from) && isDay(to);
  const error = !complete
    ? null
    : from > to
      ? t("report.span.wrong")
      : daysBetween(from, to) >= MOST_DAYS
        ? t("report.span.long")
        : null;
  return (
    <form
      className={styles.free}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !error) onChoose({ from, to });
      }}
    >
      <Field
        label={t("report.span.from")}
        type="date"
        value={from}
        max={today}
        required
        onChange={(event) => setFrom(event.target.value)}
      />
      <Field
        label={t("report.span.to")}
        type="date"
        value={to}
        max={today}
        required
        error={error}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button type="submit" disabled={!complete || Boolean(error)}>
        {t("report.span.apply")}
      </Button>
    </form>
  );
}
