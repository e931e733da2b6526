import { useState } from "react";
import {
  type SavedFunnel,
  useDropFunnel,
  useEventNames,
  useFunnel,
  useFunnels,
  useKeepFunnel,
} from "../../api/usePaths.ts";
import { useValues } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { useReport, useReportQuery } from "../frame/report.ts";
import { likelyGoal } from "../paths/flow.ts";
import styles from "./funnel.module.css";
import { Levels } from "./Levels.tsx";
import { StepList } from "./StepList.tsx";
import { asked, edited, type Step } from "./steps.ts";

const WINDOW = 30;

/** ファネル: how far people come, from a first step to the last. */
export function FunnelPage() {
  const { t } = useLanguage();
  const { ws, span } = useReport();
  const query = useReportQuery();
  const pages = useValues(ws, { lang: query.lang, ...span }, "page", "");
  const names = useEventNames(ws, query);
  const [own, setOwn] = useState<Step[] | null>(null);
  const [days, setDays] = useState(String(WINDOW));
  const values = pages.data?.values.map((one) => one.value) ?? [];
  const events = names.data?.names ?? [];
  const steps = own ?? usual(values, events[0]?.name, t("funnel.all"));
  const window = Math.min(366, Math.max(1, Math.round(Number(days)) || WINDOW));
  const wish = useSettled(JSON.stringify([asked(steps), window]));
  const [settled, settledDays] = JSON.parse(wish) as [ReturnType<typeof asked>, number];
  const ready = Boolean(pages.data && names.data);
  const found = useFunnel(ws, query, ready ? settled : [], settledDays);

  if (pages.error) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  if (!ready)
    return (
      <>
        <Loading />
        <Skeleton height={36} width="60%" />
        <Skeleton height={280} />
      </>
    );
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2 aria-live="polite">{found.data?.sentence ?? t("funnel.counting")}</h2>
        <Saved
          ws={ws}
          steps={steps}
          days={window}
          onOpen={(one) => {
            setOwn(edited(one.steps));
            setDays(String(one.window_days));
          }}
        />
      </div>
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <Levels steps={found.data.steps} />
      ) : (
        <Skeleton height={280} />
      )}
      <Card aria-label={t("funnel.steps")}>
        <div className={styles.above}>
          <h3>{t("funnel.steps")}</h3>
          <div className={styles.window}>
            <Field
              label={t("funnel.window")}
              type="number"
              inputMode="numeric"
              min={1}
              max={366}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </div>
        </div>
        <StepList steps={steps} pages={values} events={events} onChange={setOwn} />
      </Card>
      <p className={styles.note}>{t("funnel.note")}</p>
    </div>
  );
}

/** Before anybody built one: whoever came, the page that asks, and what happens there. */
function usual(pages: string[], event: string | undefined, all: string): Step[] {
  const goal = likelyGoal(pages);
  return [
    { key: -1, kind: "page", value: "/*", name: all },
    ...(goal ? [{ key: -2, kind: "page" as const, value: goal, name: "" }] : []),
    ...(event ? [{ key: -3, kind: "event" as const, value: event, name: "" }] : []),
  ];
}

interface SavedProps {
  ws: string;
  steps: Step[];
  days: number;
  onOpen: (funnel: SavedFunnel) => void;
}

/** Kept funnels: opened, thrown away and brought back; the one on screen can be kept. */
function Saved({ ws, steps, days, onOpen }: SavedProps) {
  const { t } = useLanguage();
  const say = useToast();
  const { data } = useFunnels(ws);
  const keep = useKeepFunnel(ws);
  const drop = useDropFunnel(ws);
  const [name, setName] = useState<string | null>(null);
  const failed = () => say({ text: t("funnel.failed") });
  const wish = asked(steps);

  function forget(one: SavedFunnel) {
    drop.mutate(one.id, {
      onSuccess: () =>
        say({
          text: t("funnel.dropped", { name: one.name }),
          action: {
            label: t("report.segment.undo"),
            run: () =>
              keep.mutate({ name: one.name, steps: one.steps, window_days: one.window_days }),
          },
        }),
      onError: failed,
    });
  }
  return (
    <div className={styles.saved}>
      {data?.funnels.map((one) => (
        <span key={one.id} className={styles.kept}>
          <ChipButton onClick={() => onOpen(one)}>{one.name}</ChipButton>
          <IconButton
            icon="trash"
            bare
            label={t("funnel.drop", { name: one.name })}
            onClick={() => forget(one)}
          />
        </span>
      ))}
      {name === null ? (
        <Button small icon="plus" onClick={() => setName("")}>
          {t("funnel.keep")}
        </Button>
      ) : (
        <form
          className={styles.naming}
          onSubmit={(event) => {
            event.preventDefault();
            if (!name.trim() || wish.length === 0) return;
            keep.mutate(
              { name: name.trim(), steps: wish, window_days: days },
              {
                onSuccess: () => {
                  setName(null);
                  say({ text: t("funnel.kept", { name: name.trim() }) });
                },
                onError: failed,
              },
            );
          }}
        >
          <Field
            label={t("funnel.keep.name")}
            value={name}
            maxLength={120}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
          <Button kind="primary" type="submit" disabled={!name.trim()}>
            {t("report.segment.keep.do")}
          </Button>
          <Button onClick={() => setName(null)}>{t("kit.cancel")}</Button>
        </form>
      )}
    </div>
  );
}
