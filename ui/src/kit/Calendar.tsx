import { useState } from "react";
import { addDays, civil, type Day, isDay } from "../i18n/day.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { IconButton } from "./Button.tsx";
import styles from "./Calendar.module.css";

interface CalendarProps {
  value: Day;
  /** The first and last day that can be chosen. */
  first: Day;
  last: Day;
  onChoose: (day: Day) => void;
}

const SUNDAY_TO_SATURDAY = [0, 1, 2, 3, 4, 5, 6];

/** A month of days to choose one from. */
export function Calendar({ value, first, last, onChoose }: CalendarProps) {
  const { t, f } = useLanguage();
  const [month, setMonth] = useState(() => `${value.slice(0, 7)}-01`);
  const { year, month: number, weekday } = civil(month);
  const start = addDays(month, -weekday);
  const weeks = Array.from({ length: 6 }, (_, week) =>
    SUNDAY_TO_SATURDAY.map((day) => addDays(start, week * 7 + day)),
  ).filter((week) => week.some((day) => day.slice(0, 7) === month.slice(0, 7)));
  const previous = addDays(month, -1);
  const next = addDays(month, 32);
  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <IconButton
          icon="left"
          label={t("kit.previousMonth")}
          bare
          disabled={previous < first}
          onClick={() => setMonth(`${previous.slice(0, 7)}-01`)}
        />
        <b aria-live="polite">{f.month(year, number)}</b>
        <IconButton
          icon="right"
          label={t("kit.nextMonth")}
          bare
          disabled={`${next.slice(0, 7)}-01` > last}
          onClick={() => setMonth(`${next.slice(0, 7)}-01`)}
        />
      </div>
      <table>
        <thead>
          <tr>
            {(weeks[1] ?? weeks[0] ?? []).map((day) => (
              <th key={day} scope="col">
                {f.weekdayName(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  {day.slice(0, 7) === month.slice(0, 7) && (
                    <button
                      type="button"
                      aria-label={f.weekday(day)}
                      aria-pressed={day === value}
                      disabled={!isDay(day) || day < first || day > last}
                      onClick={() => onChoose(day)}
                    >
                      {civil(day).date}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
