import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  type NextReview,
  type ReviewsReply,
  useReviewActs,
  useReviewPage,
} from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./reviews.module.css";

interface NextCardProps {
  ws: string;
  reply: ReviewsReply;
  plan: NonNullable<ReviewsReply["plan"]>;
  next: NextReview;
  onBegin: () => void;
  beginning: boolean;
  onPlan: () => void;
}

/** The review that comes, or the one that is going on. */
export function NextCard({ ws, reply, plan, next, onBegin, beginning, onPlan }: NextCardProps) {
  const { t, f } = useLanguage();
  const [asking, setAsking] = useState<"move" | "skip" | null>(null);
  const { held, may_decide: may } = reply;
  const at = t("reviews.at", { day: f.weekday(next.on), time: clock(plan.at) });
  return (
    <Card className={styles.next} aria-labelledby="next">
      <div className={styles.when}>
        <p className="quiet" id="next">
          {t(held ? "reviews.held" : "reviews.next")}
        </p>
        <p className={styles.day}>{held ? t("reviews.held.line") : at}</p>
        <p className="quiet">
          {plan.sentence}
          {may && (
            <Button kind="text" small onClick={onPlan}>
              {t("reviews.plan.change")}
            </Button>
          )}
        </p>
      </div>
      <div className={styles.upcoming}>
        {next.overdue && !held && <Notice kind="warn">{t("reviews.overdue")}</Notice>}
        {next.moved && !held && (
          <p className="quiet">{t("reviews.moved", { day: f.day(next.due) })}</p>
        )}
        <Preview ws={ws} id={held ?? "next"} />
        <div className={styles.acts}>
          {held ? (
            <Link
              to="/w/$ws/share/reviews/$id"
              params={{ ws, id: held }}
              className={buttonClass("primary")}
            >
              {t("reviews.open.held")}
            </Link>
          ) : (
            <>
              <Link
                to="/w/$ws/share/reviews/$id"
                params={{ ws, id: "next" }}
                className={buttonClass("primary")}
              >
                {t("reviews.agenda")}
              </Link>
              {may && (
                <Button disabled={beginning} onClick={onBegin}>
                  {t("reviews.begin")}
                </Button>
              )}
              <a
                className={buttonClass("outline")}
                href={`/api/workspaces/${encodeURIComponent(ws)}/reviews/next/calendar`}
                download
              >
                <Icon name="calendar" size={15} />
                {t("reviews.ics")}
              </a>
              {may && (
                <>
                  <Button kind="quiet" onClick={() => setAsking("move")}>
                    {t("reviews.move")}
                  </Button>
                  <Button kind="quiet" onClick={() => setAsking("skip")}>
                    {t("reviews.skip")}
                  </Button>
                </>
              )}
            </>
          )}
        </div>
        {!held && plan.people.length + plan.places.length > 0 && (
          <p className={styles.note}>
            {t("reviews.invites", {
              day: f.day(next.invites),
              count: plan.people.length + plan.places.length,
            })}
          </p>
        )}
      </div>
      {asking === "move" && <Move ws={ws} next={next} onClose={() => setAsking(null)} />}
      {asking === "skip" && <Skip ws={ws} next={next} onClose={() => setAsking(null)} />}
    </Card>
  );
}

/** "10:00" */
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** What is on it, in one line. */
function Preview({ ws, id }: { ws: string; id: string }) {
  const { t, f } = useLanguage();
  const { data } = useReviewPage(ws, id);
  if (!data) return <p className={styles.preview}> </p>;
  const follow = data.items.filter((one) => one.kind === "follow-up").length;
  const open = data.items.length - follow;
  const facts = [
    t("reviews.preview.items", { count: open }),
    ...(follow > 0 ? [t("reviews.preview.follow", { count: follow })] : []),
  ];
  const first = data.items.find((one) => one.kind !== "follow-up");
  return (
    <div className={styles.preview}>
      <p>
        <b>{f.facts(facts)}</b>
      </p>
      {first && <p className="quiet">{first.sentence}</p>}
    </div>
  );
}

interface AskProps {
  ws: string;
  next: NextReview;
  onClose: () => void;
}

function Move({ ws, next, onClose }: AskProps) {
  const { t } = useLanguage();
  const { move } = useReviewActs(ws);
  const [to, setTo] = useState(next.on);
  return (
    <Dialog
      title={t("reviews.move.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={move.isPending || !to}
            onClick={() => move.mutate({ due: next.due, to }, { onSuccess: onClose })}
          >
            {t("reviews.move.do")}
          </Button>
          {next.moved && (
            <Button onClick={() => move.mutate({ due: next.due }, { onSuccess: onClose })}>
              {t("reviews.move.back")}
            </Button>
          )}
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <Field
        label={t("reviews.move.to")}
        type="date"
        value={to}
        hint={t("reviews.move.hint")}
        error={move.error?.message}
        onChange={(event) => setTo(event.target.value)}
      />
    </Dialog>
  );
}

function Skip({ ws, next, onClose }: AskProps) {
  const { t } = useLanguage();
  const { skip } = useReviewActs(ws);
  const [why, setWhy] = useState("");
  return (
    <Dialog
      title={t("reviews.skip.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={skip.isPending}
            onClick={() => skip.mutate({ due: next.due, why }, { onSuccess: onClose })}
          >
            {t("reviews.skip.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <TextField
        label={t("reviews.skip.why")}
        hint={t("reviews.skip.hint")}
        error={skip.error?.message}
        value={why}
        maxLength={1000}
        autoFocus
        onChange={(event) => setWhy(event.target.value)}
      />
    </Dialog>
  );
}
