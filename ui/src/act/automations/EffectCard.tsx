import { useRef } from "react";
import type { AutomationEffect } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Grade } from "../../kit/Grade.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useSize } from "../../kit/useSize.ts";
import styles from "./automations.module.css";

interface EffectCardProps {
  effect: AutomationEffect | undefined;
  error: Error | null;
  onHoldout?: (share: number) => void;
  onStop?: () => void;
}

/** What it brings: those it acted for beside those held out, with the range it can be told to. */
export function EffectCard({ effect: reply, error, onHoldout, onStop }: EffectCardProps) {
  const { t, f } = useLanguage();
  if (error)
    return (
      <Card className={styles.effect}>
        <h3>{t("automations.effect")}</h3>
        <p className="quiet">{error.message}</p>
      </Card>
    );
  if (!reply)
    return (
      <Card className={styles.effect}>
        <Skeleton height={24} width="60%" />
        <Skeleton height={64} />
      </Card>
    );
  const { effect, outcome, kgi, yen, evidence, holdout } = reply;
  const less = Math.round(holdout * 50) / 100;
  const lines = [kgi?.sentence, yen?.sentence].filter((line): line is string => Boolean(line));
  // How it was counted, and why the KGI or money is not told: once where both have one reason.
  const notes = [outcome.sentence, reply.kgi_reason, reply.yen_reason, ...reply.notes].filter(
    (note, at, all): note is string => Boolean(note) && all.indexOf(note) === at,
  );
  return (
    <Card className={styles.effect}>
      <div className={styles.cardHead}>
        <h3>{effect.sentence}</h3>
        {evidence && <Grade grade={evidence.grade} label={evidence.label} />}
      </div>
      {effect.difference && <Interval difference={effect.difference} />}
      {effect.days_to_decision !== null && effect.days_to_decision > 0 && (
        <p>
          <b>{t("automations.effect.days", { days: f.count(effect.days_to_decision) })}</b>
        </p>
      )}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      {(effect.verdict === "works" || effect.verdict === "harms") && (onHoldout || onStop) && (
        <div className={styles.doing}>
          {effect.verdict === "works" && onHoldout && less >= 0.01 && (
            <Button onClick={() => onHoldout(less)}>
              {t("automations.effect.less", { share: f.percent(less) })}
            </Button>
          )}
          {effect.verdict === "harms" && onStop && (
            <Button onClick={onStop}>{t("automations.effect.stop")}</Button>
          )}
        </div>
      )}
    </Card>
  );
}

const HEIGHT = 60;
const LINE = 24;

/** The difference of 100 people with the range that holds however often one looks. */
function Interval({
  difference,
}: {
  difference: NonNullable<AutomationEffect["effect"]["difference"]>;
}) {
  const { t, f } = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const { w } = useSize(root, { w: 640, h: HEIGHT });
  const value = (difference.value ?? 0) * 100;
  const [low, high] = difference.always_valid_ci95.map((v, i) =>
    v === null ? (i === 0 ? -100 : 100) : v * 100,
  ) as [number, number];
  const from = Math.min(low, 0);
  const to = Math.max(high, 0);
  const pad = (to - from || 1) * 0.14;
  const x = (v: number) => Math.round(((v - from + pad) / (to - from + 2 * pad)) * w * 10) / 10;
  const said = (v: number) => f.difference(v, "");
  const apart = (a: number, b: number) => Math.abs(x(a) - x(b)) > 44;
  return (
    <div ref={root} className={styles.interval}>
      {/* Scaled, not cut, until its new width is known. */}
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${w} ${HEIGHT}`}
        role="img"
        aria-label={`${said(value)} (${said(low)} – ${said(high)})`}
      >
        <path d={`M0 ${LINE}H${w}`} stroke="var(--g2)" />
        <path d={`M${x(0)} ${LINE - 8}V${LINE + 16}`} stroke="var(--ink)" />
        <rect
          x={x(low)}
          y={LINE - 6}
          width={Math.max(2, x(high) - x(low))}
          height="12"
          rx="2"
          fill="var(--ai-2)"
        />
        <path d={`M${x(0)} ${LINE - 6}v12`} stroke="var(--ink)" strokeOpacity="0.5" />
        <circle cx={x(value)} cy={LINE} r="5" fill="var(--ai)" />
        {apart(low, value) && (
          <text x={x(low)} y="12" textAnchor="middle">
            {said(low)}
          </text>
        )}
        <text x={x(value)} y="12" textAnchor="middle" className={styles.value}>
          {said(value)}
        </text>
        {apart(high, value) && (
          <text x={x(high)} y="12" textAnchor="middle">
            {said(high)}
          </text>
        )}
        <text x={x(0)} y={HEIGHT - 4} textAnchor="middle" className={styles.zero}>
          {t("automations.effect.none")}
        </text>
      </svg>
      <p className={styles.note}>
        {f.facts([t("automations.effect.per"), t("automations.effect.width")])}
      </p>
    </div>
  );
}
