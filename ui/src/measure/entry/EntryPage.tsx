import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useEntries } from "../../api/usePaths.ts";
import { addDays, type Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { byOwner, filledDays } from "./days.ts";
import { EntryBox } from "./EntryBox.tsx";
import styles from "./entry.module.css";
import { History } from "./History.tsx";
import { NewForm } from "./NewForm.tsx";

/** 入力: the numbers of a day that no system knows, typed in by who has them. */
export function EntryPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/measure" });
  const { t, f } = useLanguage();
  const [day, setDay] = useState<Day | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useEntries(ws, day);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={40} width="60%" />
        <Skeleton height={88} />
        <Skeleton height={88} />
      </div>
    );
  if (data.sources.length === 0 || adding)
    return <NewForm ws={ws} first={data.sources.length === 0} onDone={() => setAdding(false)} />;
  const { today } = data;
  const on = day ?? today;
  const days = filledDays(data.sources);
  const open = data.sources.reduce(
    (sum, one) => sum + one.numbers.filter((field) => field.value === null).length,
    0,
  );
  const shown = data.day === on;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <IconButton icon="left" label={t("entry.before")} onClick={() => setDay(addDays(on, -1))} />
        <h2 aria-live="polite">
          {on === today ? t("entry.today", { day: f.weekday(on) }) : f.weekday(on)}
        </h2>
        <IconButton
          icon="right"
          label={t("entry.after")}
          disabled={on >= today}
          onClick={() => setDay(addDays(on, 1))}
        />
        <p className="quiet" aria-live="polite">
          {open === 0 ? t("entry.full") : t("entry.open", { count: open })}
        </p>
      </header>
      <ol className={styles.strip} aria-label={t("entry.strip")}>
        {days.map((one) => (
          <li key={one.date}>
            <button
              type="button"
              aria-current={one.date === on || undefined}
              title={t(`entry.state.${one.state}`, { day: f.weekday(one.date) })}
              onClick={() => setDay(one.date)}
            >
              <span aria-hidden="true">{f.weekdayName(one.date)}</span>
              <i className={styles[one.state]} />
              <span aria-hidden="true">{Number(one.date.slice(8))}</span>
              <span className="sr">
                {t(`entry.state.${one.state}`, { day: f.weekday(one.date) })}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {byOwner(data.sources).map(([owner, list]) => (
        <section key={owner} className={styles.group}>
          {owner && <h3>{t("entry.owner", { name: owner })}</h3>}
          <div className={styles.boxes}>
            {list.map(({ source, field }) => (
              <EntryBox
                key={`${source} ${field.metric} ${on} ${shown}`}
                ws={ws}
                source={source}
                field={field}
                day={on}
                today={today}
                ready={shown}
              />
            ))}
          </div>
        </section>
      ))}
      <div>
        <Button small icon="plus" onClick={() => setAdding(true)}>
          {t("entry.more")}
        </Button>
      </div>
      <History ws={ws} />
    </div>
  );
}
