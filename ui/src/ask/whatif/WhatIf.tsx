import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { LeversReply } from "../../api/types.ts";
import type { MapView } from "../../api/useMap.ts";
import { useAskWhatIf, useLevers, useSeek, useWhatIf } from "../../api/useWhatIf.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { KeepDialog } from "./KeepDialog.tsx";
import { LeverSlider } from "./LeverSlider.tsx";
import { Outcome } from "./Outcome.tsx";
import { Scenarios } from "./Scenarios.tsx";
import { useThrottled } from "./useThrottled.ts";
import styles from "./whatif.module.css";
import { aims, mainLevers, setsOf, type Wishes, wishesOf } from "./wishes.ts";

interface WhatIfProps {
  ws: string;
  view: MapView;
  /** Names of all indicators, for the links an answer speaks of. */
  names: ReadonlyMap<string, string>;
}

/** もし、こうしたら: sliders, and what becomes of the KGI. */
export function WhatIf({ ws, view, names }: WhatIfProps) {
  const { t } = useLanguage();
  const { data, error, refetch } = useLevers(ws, view);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <WhatIfSkeleton />;
  if (data.levers.length === 0)
    return (
      <>
        <h2>{t("whatif.title")}</h2>
        <EmptyState title={t("whatif.empty")} line={t("whatif.empty.line")}>
          <Link to="/w/$ws/measure/data" params={{ ws }} className={buttonClass("outline")}>
            {t("whatif.empty.step")}
          </Link>
        </EmptyState>
      </>
    );
  return <Board ws={ws} view={view} reply={data} names={names} />;
}

function Board({ ws, view, reply, names }: WhatIfProps & { reply: LeversReply }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { kgi, levers } = reply;
  const [wishes, setWishes] = useState<Wishes>({});
  const [all, setAll] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const sets = useMemo(() => setsOf(levers, wishes), [levers, wishes]);
  // Nothing moved is asked for too, as a factor of one: the curve stands before the first move.
  const idle = `${levers[0]?.id}=*1`;
  const asked = useThrottled(sets.length > 0 ? sets.join("\n") : idle);
  const whatIf = useWhatIf(ws, view, asked.split("\n"));
  const restore = useAskWhatIf(ws, view);
  const seek = useSeek(ws, view);
  const nameOf = (id: string) =>
    levers.find((lever) => lever.id === id)?.name ?? names.get(id) ?? id;
  const shown = all ? levers : mainLevers(levers, wishes);
  const main = mainLevers(levers, wishes).length;
  const until = kgi.target?.by;

  function move(next: Wishes) {
    setWishes(next);
    seek.reset();
  }
  function find(aim: number) {
    seek.mutate(aim, {
      onSuccess: (found) =>
        setWishes(wishesOf(levers, found.reachable ? found.changes : (found.best?.changes ?? []))),
      onError: (failure) => say({ text: failure.message }),
    });
  }

  return (
    <>
      <div className={styles.head}>
        <h2>{t("whatif.title")}</h2>
        <Button
          kind="text"
          small
          disabled={sets.length === 0 && !seek.data}
          onClick={() => move({})}
        >
          {t("whatif.reset")}
        </Button>
      </div>
      <p className={styles.small}>
        {until
          ? t("whatif.line", { until: f.until(until), kgi: kgi.name })
          : t("whatif.line.plain", { kgi: kgi.name })}
      </p>
      {shown.map((lever) => (
        <LeverSlider
          key={lever.id}
          lever={lever}
          value={wishes[lever.id] ?? lever.now}
          onChange={(value) => move({ ...wishes, [lever.id]: value })}
        />
      ))}
      {(all || levers.length > main) && (
        <Button
          kind="quiet"
          small
          className={styles.more}
          icon={all ? "up" : "down"}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t("whatif.less") : t("whatif.more", { count: levers.length - main })}
        </Button>
      )}
      {whatIf.data ? (
        <Outcome levers={reply} result={whatIf.data} moved={sets.length > 0} nameOf={nameOf} />
      ) : whatIf.error ? (
        <Failed error={whatIf.error} retry={() => void whatIf.refetch()} />
      ) : (
        <div className={styles.block}>
          <Loading />
          <Skeleton height={176} />
        </div>
      )}
      {!whatIf.isPending && (
        <>
          <div aria-live="polite">
            {seek.data && (
              <div className={styles.found}>
                <Notice kind={seek.data.reachable ? "info" : "warn"}>{seek.data.sentence}</Notice>
              </div>
            )}
          </div>
          <div className={styles.acts}>
            <Button kind="primary" disabled={sets.length === 0} onClick={() => setKeeping(true)}>
              {t("whatif.keep")}
            </Button>
            {aims(whatIf.data?.kgi.p_attain_before ?? null).map((aim) => (
              <Button
                key={aim}
                disabled={seek.isPending}
                title={seek.isPending ? t("whatif.seek.busy") : undefined}
                onClick={() => find(aim)}
              >
                {t("whatif.seek", { percent: f.percent(aim) })}
              </Button>
            ))}
          </div>
          <Scenarios
            ws={ws}
            onRestore={(kept) =>
              restore.mutate(kept, {
                onSuccess: (result) => move(wishesOf(levers, result.changes)),
                onError: (failure) => say({ text: failure.message }),
              })
            }
          />
        </>
      )}
      {keeping && (
        <KeepDialog
          ws={ws}
          levers={levers}
          wishes={wishes}
          sets={sets}
          onClose={() => setKeeping(false)}
        />
      )}
    </>
  );
}

const ROWS = [1, 2, 3];

function WhatIfSkeleton() {
  const { t } = useLanguage();
  return (
    <>
      <Loading />
      <h2>{t("whatif.title")}</h2>
      <Skeleton width={260} height={14} />
      {ROWS.map((n) => (
        <div key={n} className={styles.lever}>
          <Skeleton height={64} />
        </div>
      ))}
      <div className={styles.block}>
        <Skeleton height={176} />
      </div>
      <div className={styles.block}>
        <Skeleton height={64} />
      </div>
    </>
  );
}
