import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  type PastReview,
  type ReviewsReply,
  useReviewActs,
  useReviews,
} from "../../api/useReviews.ts";
import { civil } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { NextCard } from "./NextCard.tsx";
import { PlanDialog } from "./PlanDialog.tsx";
import styles from "./reviews.module.css";

const route = getRouteApi("/framed/w/$ws/share/reviews");

/** 定期点検: when the next one is, and what every one before has settled. */
export function ReviewsPage() {
  const { ws } = route.useParams();
  const { data, error, refetch } = useReviews(ws);
  if (data) return <Reviews ws={ws} reply={data} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <div className={styles.page}>
      <Loading />
      <Skeleton height={148} />
      <Skeleton height={240} />
    </div>
  );
}

function Reviews({ ws, reply }: { ws: string; reply: ReviewsReply }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const say = useToast();
  const { begin } = useReviewActs(ws);
  const [planning, setPlanning] = useState(false);
  const past = reply.past.filter((one) => one.state !== "held");
  function start() {
    begin.mutate(undefined, {
      onSuccess: (made) =>
        void navigate({ to: "/w/$ws/share/reviews/$id", params: { ws, id: made.id } }),
      onError: (error) => say({ text: error.message }),
    });
  }
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2>{t("reviews.title")}</h2>
        <p className="quiet">{t("reviews.line")}</p>
      </div>
      {reply.plan && reply.next ? (
        <NextCard
          ws={ws}
          reply={reply}
          plan={reply.plan}
          next={reply.next}
          onBegin={start}
          beginning={begin.isPending}
          onPlan={() => setPlanning(true)}
        />
      ) : (
        <EmptyState title={t("reviews.none")} line={t("reviews.none.line")}>
          {reply.may_decide && (
            <Button kind="primary" onClick={() => setPlanning(true)}>
              {t("reviews.plan.make")}
            </Button>
          )}
          {reply.may_decide && !reply.held && (
            <Button disabled={begin.isPending} onClick={start}>
              {t("reviews.begin.now")}
            </Button>
          )}
          <Link
            to="/w/$ws/share/reviews/$id"
            params={{ ws, id: reply.held ?? "next" }}
            className={buttonClass("outline")}
          >
            {t(reply.held ? "reviews.open.held" : "reviews.agenda")}
          </Link>
        </EmptyState>
      )}
      {past.length > 0 && <Past ws={ws} past={past} />}
      {planning && <PlanDialog ws={ws} plan={reply.plan} onClose={() => setPlanning(false)} />}
    </div>
  );
}

/** From how many reviews on a box to search in is worth its room. */
const SEARCHED = 6;

function Past({ ws, past }: { ws: string; past: PastReview[] }) {
  const { t } = useLanguage();
  const [wanted, setWanted] = useState("");
  const word = wanted.trim().toLowerCase();
  const found = word ? past.filter((one) => told(one).includes(word)) : past;
  const years = [...new Set(found.map((one) => civil(one.held_on).year))];
  return (
    <section className={styles.past} aria-labelledby="past">
      <div className={styles.pastHead}>
        <h3 id="past">{t("reviews.past")}</h3>
        {past.length >= SEARCHED && (
          <Field
            label={t("reviews.search")}
            type="search"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        )}
      </div>
      {found.length === 0 && <p className="quiet">{t("reviews.search.none")}</p>}
      {years.map((year) => (
        <div key={year}>
          <p className={styles.year}>{t("reviews.year", { year })}</p>
          <ul className={styles.list}>
            {found
              .filter((one) => civil(one.held_on).year === year)
              .map((one) => (
                <PastRow key={one.id} ws={ws} one={one} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function told(one: PastReview): string {
  return [one.why, one.by, ...one.decisions.flatMap((d) => [d.about, d.what, d.why, d.owner])]
    .join(" ")
    .toLowerCase();
}

function PastRow({ ws, one }: { ws: string; one: PastReview }) {
  const { t, f } = useLanguage();
  if (one.state === "skipped")
    return (
      <li className={styles.row}>
        <p className={styles.date}>{f.weekday(one.due_on)}</p>
        <p className="quiet">
          {t("reviews.skipped")} {one.why}
        </p>
      </li>
    );
  return (
    <li className={styles.row}>
      <p className={styles.date}>
        <Link to="/w/$ws/share/reviews/$id" params={{ ws, id: one.id }} className={styles.open}>
          {f.weekday(one.held_on)}
        </Link>
      </p>
      <ul className={styles.short}>
        {one.decisions.length === 0 && <li className="quiet">{t("reviews.decided.none")}</li>}
        {one.decisions.map((d) => (
          <li key={d.id}>
            {d.kind === "keep" ? t("reviews.kept", { about: d.about, what: d.what }) : d.what}
            {d.version !== null && (
              <span className={styles.version}>
                {t("versions.version", { version: d.version })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
