import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  type Decision,
  type ReviewPage as Page,
  type ReviewItem,
  useMinutes,
  useReviewActs,
  useReviewPage,
  useReviews,
} from "../../api/useReviews.ts";
import { FocusDialog } from "../../frame/top/FocusDialog.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { Again, Reopened } from "./Again.tsx";
import { Item } from "./Item.tsx";
import { Meta } from "./Meta.tsx";
import styles from "./minutes.module.css";
import { Notes } from "./Notes.tsx";
import { WishBox } from "./WishBox.tsx";

const route = getRouteApi("/framed/w/$ws/share/reviews/$id");

/** One review, read like minutes; "next" is the agenda of the one that comes. */
export function ReviewPage() {
  const { ws, id } = route.useParams();
  const { data, error, refetch } = useReviewPage(ws, id);
  if (data) return <Minutes key={data.id} ws={ws} page={data} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <div className={styles.sheet}>
      <Loading />
      <Skeleton height={32} width="50%" />
      <Skeleton height={120} />
      <Skeleton height={320} />
    </div>
  );
}

function Minutes({ ws, page }: { ws: string; page: Page }) {
  const { t } = useLanguage();
  const follow = page.items.filter((one) => one.kind === "follow-up");
  const rest = page.items.filter((one) => one.kind !== "follow-up");
  const held = page.state === "held";
  return (
    <>
      <div className={styles.crumb}>
        <BackLink to="/w/$ws/share/reviews" params={{ ws }}>
          {t("reviews.back")}
        </BackLink>
      </div>
      <article className={styles.sheet}>
        <Head ws={ws} page={page} />
        {page.evidence === "computing" && <Notice kind="info">{t("reviews.computing")}</Notice>}
        {page.state === "closed" && <Settled ws={ws} page={page} />}
        <Scene page={page} />
        {page.since && <Changes page={page} />}
        {follow.length > 0 && (
          <Part title={t("reviews.followed")} line={t("reviews.followed.line")}>
            <Items ws={ws} page={page} items={follow} from={1} />
          </Part>
        )}
        <Part title={t("reviews.items")} line={held ? t("reviews.items.line") : undefined}>
          {rest.length > 0 ? (
            <Items ws={ws} page={page} items={rest} from={follow.length + 1} />
          ) : (
            <p className="quiet">{t("reviews.items.none")}</p>
          )}
          {page.state === "coming" && <WishBox ws={ws} />}
        </Part>
        {page.state !== "coming" && <Focus ws={ws} page={page} />}
        <Reopened page={page} />
        {page.state !== "coming" && <Notes key={page.version} ws={ws} page={page} />}
      </article>
    </>
  );
}

function Head({ ws, page }: { ws: string; page: Page }) {
  const { t, f } = useLanguage();
  const navigate = useNavigate();
  const say = useToast();
  const { begin } = useReviewActs(ws);
  const list = useReviews(ws);
  const coming = page.state === "coming";
  const title = page.held_on
    ? t(coming ? "reviews.titled.next" : "reviews.titled", {
        day: coming ? f.weekday(page.held_on) : f.longDay(page.held_on),
      })
    : t("reviews.titled.today");
  const facts: [string, string][] = [
    [t("reviews.fact.numbers"), t("reviews.until", { day: f.weekday(page.as_of) })],
    [
      t("reviews.fact.map"),
      page.versions.after !== null && page.versions.after !== page.versions.before
        ? t("reviews.versions", { before: page.versions.before, after: page.versions.after })
        : t("versions.version", { version: page.versions.before }),
    ],
  ];
  if (!coming && page.present.length > 0)
    facts.unshift([t("reviews.fact.present"), f.list(page.present.map((one) => one.name))]);
  return (
    <header className={styles.head}>
      <p className={classes(styles.state, page.state === "held" && styles.going)}>
        {t(`reviews.state.${page.state}`)}
      </p>
      <h2>{title}</h2>
      <dl>
        {facts.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {page.since && (
          <div>
            <dt>{t("reviews.fact.before")}</dt>
            <dd>
              {page.since.id ? (
                <Link to="/w/$ws/share/reviews/$id" params={{ ws, id: page.since.id }}>
                  {f.longDay(page.since.on)}
                </Link>
              ) : (
                f.longDay(page.since.on)
              )}
            </dd>
          </div>
        )}
      </dl>
      <div className={styles.tools}>
        {coming && page.may_decide && !list.data?.held && (
          <Button
            kind="primary"
            disabled={begin.isPending}
            onClick={() =>
              begin.mutate(undefined, {
                onSuccess: (made) =>
                  void navigate({
                    to: "/w/$ws/share/reviews/$id",
                    params: { ws, id: made.id },
                    replace: true,
                  }),
                onError: (error) => say({ text: error.message }),
              })
            }
          >
            {t("reviews.begin")}
          </Button>
        )}
        <Button kind="quiet" icon="print" onClick={() => window.print()}>
          {t("reviews.print")}
        </Button>
        <Again ws={ws} page={page} />
      </div>
    </header>
  );
}

interface PartProps {
  title: string;
  line?: string | undefined;
  children: React.ReactNode;
}

function Part({ title, line, children }: PartProps) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {line && <p className={styles.line}>{line}</p>}
      {children}
    </section>
  );
}

/** What was settled, before anything else: that is what is looked for a year later. */
function Settled({ ws, page }: { ws: string; page: Page }) {
  const { t } = useLanguage();
  const all = page.items.map((one) => one.decision).filter((one): one is Decision => one !== null);
  return (
    <section className={classes(styles.part, styles.settled)}>
      <h3>{t("reviews.settled", { count: all.length })}</h3>
      {all.length === 0 && <p className="quiet">{t("reviews.decided.none")}</p>}
      <ol>
        {all.map((one) => (
          <li key={one.id}>
            {one.kind === "keep"
              ? t("reviews.kept", { about: one.about, what: one.what })
              : one.what}
            <Meta ws={ws} one={one} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Scene({ page }: { page: Page }) {
  const { t } = useLanguage();
  if (page.lines.length === 0) return null;
  return (
    <Part title={t(page.state === "closed" ? "reviews.scene.then" : "reviews.scene")}>
      <ul className={styles.lines}>
        {page.lines.map((line) => (
          <li key={line.kind}>
            {line.mark ? <Mark status={line.mark} size={14} /> : <Icon name="act" size={14} />}
            <span>{line.text}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Changes({ page }: { page: Page }) {
  const { t } = useLanguage();
  return (
    <Part title={t("reviews.changed")}>
      {page.changed.length === 0 && <p className="quiet">{t("reviews.changed.none")}</p>}
      <ul className={styles.changes}>
        {page.changed.map((one) => (
          <li key={one.text}>
            <Icon
              name={one.good === null ? "minus" : one.good ? "up" : "down"}
              size={12}
              className={one.good === null ? undefined : one.good ? styles.good : styles.bad}
            />
            <span>
              <span className="sr">
                {one.good === null ? "" : t(one.good ? "reviews.better" : "reviews.worse")}
              </span>
              {one.text}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

interface ItemsProps {
  ws: string;
  page: Page;
  items: ReviewItem[];
  from: number;
}

function Items({ ws, page, items, from }: ItemsProps) {
  const acts = useMinutes(ws, page.id);
  return (
    <ol className={styles.items} start={from}>
      {items.map((one, i) => (
        <Item key={one.id} ws={ws} page={page} item={one} number={from + i} acts={acts} />
      ))}
    </ol>
  );
}

/** What everybody looks at until the next quarter. */
function Focus({ ws, page }: { ws: string; page: Page }) {
  const { t, f } = useLanguage();
  const [choosing, setChoosing] = useState(false);
  const held = page.state === "held";
  if (!held && !page.focus_said) return null;
  return (
    <Part title={t("reviews.focus")}>
      <p className={styles.focus}>
        <Icon name="flag" size={14} />
        {page.focus.length > 0 ? <b>{f.facts(page.focus)}</b> : t("reviews.focus.none")}
        {held && page.may_decide && (
          <Button small onClick={() => setChoosing(true)}>
            {t("focus.change")}
          </Button>
        )}
      </p>
      {choosing && <FocusDialog ws={ws} onClose={() => setChoosing(false)} />}
    </Part>
  );
}
