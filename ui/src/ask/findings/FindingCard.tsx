import { Link, useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { FindingCard as Finding, ReviewReply, Status } from "../../api/types.ts";
import type { MapView } from "../../api/useMap.ts";
import { useWishes } from "../../api/useReviews.ts";
import { type Format, group, type Parts } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Grade } from "../../kit/Grade.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { useTalkButton } from "../../talk/useTalkButton.tsx";
import { FindingChart } from "./FindingChart.tsx";
import styles from "./findings.module.css";
import { headAndBody } from "./sentences.ts";

/** How bad it is, in the marks of the map. */
const MARKS: Record<string, Status> = { error: "missed", warning: "behind", info: "too-early" };

interface FindingCardProps {
  ws: string;
  view: MapView;
  finding: Finding;
  kgi: ReviewReply["kgi"];
  /** Says what it rests on only to who asks. */
  brief?: boolean;
  onMute: () => void;
  onUnmute: () => void;
}

/** One finding: what is at stake, the sentence, a small chart that shows it, why we say so. */
export function FindingCard({ ws, view, finding, kgi, brief, onMute, onUnmute }: FindingCardProps) {
  const { t, f, lang } = useLanguage();
  const [open, setOpen] = useState(false);
  const id = useId();
  const say = useToast();
  const navigate = useNavigate();
  const wishes = useWishes(ws);
  const put = wishes.add.isSuccess;
  function putOn() {
    wishes.add.mutate(
      { finding: finding.key },
      {
        onSuccess: () =>
          say({
            text: t("reviews.put.done"),
            action: {
              label: t("reviews.put.see"),
              run: () =>
                void navigate({ to: "/w/$ws/share/reviews/$id", params: { ws, id: "next" } }),
            },
          }),
        onError: (error) => say({ text: error.message }),
      },
    );
  }
  const { head, body } = headAndBody(finding.sentence, finding.body);
  const explained = finding.why.plain !== "" || finding.why.full !== "";
  const ends: (string | undefined)[] = finding.link ?? [];
  const target = finding.indicator ?? ends[0];
  const talk = useTalkButton({
    ws,
    about: `finding:${finding.key}`,
    label: t("talk.discuss"),
    name: finding.title || finding.name,
  });
  return (
    <Card className={styles.card} article aria-labelledby={`${id}-head`}>
      <Stake finding={finding} kgi={kgi} />
      <div className={styles.words}>
        <p className={styles.kind}>
          <Mark status={MARKS[finding.severity] ?? "too-early"} size={14} silent />
          {finding.title || finding.name}
        </p>
        <h3 id={`${id}-head`} className={styles.sentence}>
          {head.map((one) => (
            <span key={one}>{one} </span>
          ))}
        </h3>
        {((body.length > 0 && !brief) || explained) && (
          <p className={styles.body}>
            {(open || !brief) && body.join(lang === "ja" ? "" : " ")}{" "}
            {explained && (
              <button
                type="button"
                className={styles.why}
                aria-expanded={open}
                aria-controls={`${id}-why`}
                onClick={() => setOpen(!open)}
              >
                {open ? t("ask.why.close") : t("ask.why")}
              </button>
            )}
          </p>
        )}
        {open && <Why id={`${id}-why`} finding={finding} />}
        {finding.mend && (
          <p className={styles.next}>
            <Icon name="act" size={14} />
            <span>
              <b>{t("ask.next")}</b> {finding.mend}
            </span>
          </p>
        )}
      </div>
      <div className={styles.chart}>
        {finding.chart && <FindingChart chart={finding.chart} />}
        <Grade grade={finding.grade} label={finding.grade_label} />
      </div>
      <div className={styles.foot}>
        {target && (
          <Link
            to="/w/$ws/map"
            params={{ ws }}
            search={{
              ...(view.asOf ? { as_of: view.asOf } : {}),
              ...(view.version ? { version: view.version } : {}),
              open: target,
              ...(ends.length > 0 ? { tab: "roads" } : {}),
            }}
            className={buttonClass("outline")}
            aria-label={t("ask.onMap.of", { name: finding.name || target })}
          >
            {t("ask.onMap")}
          </Link>
        )}
        {target && !finding.muted && (
          <Link
            to="/w/$ws/act/initiatives/$id"
            params={{ ws, id: "new" }}
            search={{ kpi: target, because: finding.sentence }}
            className={buttonClass("outline")}
          >
            {t("initiatives.start")}
          </Link>
        )}
        {!finding.muted && (
          <Button disabled={wishes.add.isPending || put} onClick={putOn}>
            {t(put ? "reviews.put.done" : "reviews.put")}
          </Button>
        )}
        {talk.button}
        {finding.muted ? (
          <>
            <Button onClick={onUnmute}>{t("ask.unmute")}</Button>
            <p className={styles.reason}>
              {f.facts([
                t("ask.muted.since", { day: f.day(finding.muted.on.slice(0, 10)) }),
                ...(finding.muted.by ? [finding.muted.by] : []),
              ])}
              <br />
              {finding.muted.reason}
            </p>
          </>
        ) : (
          <Button kind="quiet" className={styles.rest} onClick={onMute}>
            {t("ask.mute")}
          </Button>
        )}
      </div>
      {talk.panel && <div className={styles.talk}>{talk.panel}</div>}
    </Card>
  );
}

function Stake({ finding, kgi }: { finding: Finding; kgi: ReviewReply["kgi"] }) {
  const { t, f } = useLanguage();
  const { stake } = finding;
  if (!stake)
    return (
      <div className={styles.stake}>
        <Mark status="too-early" size={20} silent />
        <span>{t(isEarly(finding) ? "ask.stake.none" : "ask.stake.unpriced")}</span>
      </div>
    );
  const { number, unit } = staked(stake.amount, stake.unit || kgi.unit, f);
  const until = kgi.target?.by;
  return (
    <div className={styles.stake} title={stake.label}>
      <b className={classes("num", stake.amount < 0 && styles.lost)}>
        {number}
        <small>{unit}</small>
      </b>
      <span>
        {until ? t("ask.stake.until", { until: f.until(until) }) : stake.label}
        <span className="sr"> {stake.label}</span>
      </span>
    </div>
  );
}

/** Nothing can be counted yet: a belief, or a goal that is not complete. */
function isEarly({ grade, chart }: Finding): boolean {
  return grade === "belief" || chart?.kind === "checks" || chart?.kind === "days";
}

/** Whole units: no more is known of what is lost. */
function staked(amount: number, unit: string, f: Format): Parts {
  if (unit === "%" || Math.abs(amount) >= 1e5) return f.short(amount, unit);
  return { number: group(amount, Math.abs(amount) >= 1 ? 0 : 1), unit };
}

function Why({ id, finding }: { id: string; finding: Finding }) {
  const { t } = useLanguage();
  const [full, setFull] = useState(finding.why.plain === "");
  return (
    <div id={id} className={styles.because}>
      {finding.why.plain && <p>{finding.why.plain}</p>}
      {finding.stake?.sentence && <p>{finding.stake.sentence}</p>}
      {full ? (
        <p className="quiet">{finding.why.full}</p>
      ) : (
        finding.why.full && (
          <button type="button" className={styles.why} onClick={() => setFull(true)}>
            {t("ask.why.full")}
          </button>
        )
      )}
    </div>
  );
}
