import { useState } from "react";
import type { Explanation, IndicatorDetail } from "../../../api/types.ts";
import { useExplain } from "../../../api/useExplain.ts";
import type { MapView } from "../../../api/useMap.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../../kit/Chip.tsx";
import { Failed } from "../../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../../kit/Skeleton.tsx";
import drawer from "../Drawer.module.css";
import styles from "./Change.module.css";
import { type Pair, PRESETS, type Preset, presetRuns, type Run, sound, written } from "./spans.ts";
import { Waterfall } from "./Waterfall.tsx";

interface ChangeTabProps {
  ws: string;
  view: MapView;
  detail: IndicatorDetail;
  onOpen: (id: string) => void;
}

/** What changed between two periods, and what it is made of. */
export function ChangeTab({ ws, view, detail, onOpen }: ChangeTabProps) {
  const { t, f } = useLanguage();
  const [preset, setPreset] = useState<Preset | "own">("recent");
  const [own, setOwn] = useState<Pair>(() => presetRuns("recent", detail.as_of));
  const pair = preset === "own" ? own : presetRuns(preset, detail.as_of);
  // The year is said only where the two runs lie in different ones.
  const sameYear = pair.base.from.slice(0, 4) === pair.now.to.slice(0, 4);
  const runWords = ({ from, to }: Run) =>
    t("change.span", { from: sameYear ? f.day(from) : f.longDay(from), to: f.day(to) });
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that choose, no form */}
      <div className={styles.presets} role="group" aria-label={t("change.presets")}>
        {[...PRESETS, "own" as const].map((each) => (
          <ChipButton
            key={each}
            on={each === preset}
            aria-pressed={each === preset}
            onClick={() => {
              if (each === "own") setOwn(pair);
              setPreset(each);
            }}
          >
            {t(`change.${each}`)}
          </ChipButton>
        ))}
      </div>
      {preset === "own" ? (
        <div className={styles.own}>
          <RunFields
            label={t("change.before")}
            run={own.base}
            onChange={(base) => setOwn({ ...own, base })}
          />
          <RunFields
            label={t("change.after")}
            run={own.now}
            onChange={(now) => setOwn({ ...own, now })}
          />
        </div>
      ) : (
        <p className={drawer.note}>
          <span className={styles.run}>{runWords(pair.base)}</span> →{" "}
          <span className={styles.run}>{runWords(pair.now)}</span>
        </p>
      )}
      {sound(pair) ? (
        <Compared ws={ws} view={view} detail={detail} pair={pair} onOpen={onOpen} />
      ) : (
        <p className={styles.wrong} role="alert">
          {t("change.wrong")}
        </p>
      )}
    </>
  );
}

function RunFields({
  label,
  run,
  onChange,
}: {
  label: string;
  run: Run;
  onChange: (run: Run) => void;
}) {
  const { t } = useLanguage();
  return (
    <fieldset className={styles.fields}>
      <legend>{label}</legend>
      <input
        type="date"
        aria-label={`${label} ${t("change.from")}`}
        value={run.from}
        onChange={(event) => onChange({ ...run, from: event.target.value })}
      />
      <input
        type="date"
        aria-label={`${label} ${t("change.to")}`}
        value={run.to}
        onChange={(event) => onChange({ ...run, to: event.target.value })}
      />
    </fieldset>
  );
}

function Compared({ ws, view, detail, pair, onOpen }: ChangeTabProps & { pair: Pair }) {
  const { t } = useLanguage();
  const one = detail.indicator;
  const { data, error, refetch } = useExplain(
    ws,
    one.id,
    { base: written(pair.base), now: written(pair.now) },
    view,
  );
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || data.indicator !== one.id) {
    return (
      <>
        <Loading />
        <Skeleton height={200} />
      </>
    );
  }
  if (data.change === null)
    return <p className={drawer.note}>{data.reason ?? t("change.noDays")}</p>;
  const split = data.parts.some((part) => part.id !== one.id);
  return (
    <>
      <section className={drawer.section}>
        <p className={styles.sentence} aria-live="polite">
          {data.sentence}
        </p>
        <Waterfall
          name={one.name}
          unit={one.unit}
          explanation={data}
          way={one.target?.direction === "down" ? -1 : 1}
          onOpen={onOpen}
        />
        {!split && <p className={drawer.note}>{data.reason ?? t("change.single")}</p>}
        {data.worth && <p className={drawer.note}>{data.worth.sentence}</p>}
      </section>
      <Behind explanation={data} unit={one.unit} onOpen={onOpen} />
    </>
  );
}

/** What stands behind the parts: influences with their delay, and where it happened. */
function Behind({
  explanation,
  unit,
  onOpen,
}: {
  explanation: Explanation;
  unit: string;
  onOpen: (id: string) => void;
}) {
  const { t, f } = useLanguage();
  const { influences, causes } = explanation;
  return (
    <>
      {influences.length > 0 && (
        <section className={drawer.section}>
          <h3>{t("change.influences")}</h3>
          <ul className={styles.behind}>
            {influences.map((one) => (
              <li key={`${one.from} ${one.to}`}>
                <button type="button" onClick={() => onOpen(one.from)}>
                  {one.name}
                </button>
                <b className="num">
                  {one.contribution === null ? "" : f.difference(one.contribution, unit)}
                </b>
                <p>{one.sentence}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {causes.length > 0 && (
        <section className={drawer.section}>
          <h3>{t("change.causes")}</h3>
          <ul className={styles.behind}>
            {causes.map((cause) => (
              <li key={cause.id + JSON.stringify(cause.elements)}>
                <p>{cause.sentence}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
