import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import {
  type DecisionKind,
  type ReviewItem,
  type ReviewPage,
  type useMinutes,
  useWishes,
} from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { DecideForm } from "./DecideForm.tsx";
import { Meta } from "./Meta.tsx";
import styles from "./minutes.module.css";

const KINDS: DecisionKind[] = [
  "keep",
  "change-target",
  "replace-kpi",
  "initiative",
  "measure-again",
];
const MARKS = { error: "missed", warning: "behind", info: "too-early" } as const;

interface ItemProps {
  ws: string;
  page: ReviewPage;
  item: ReviewItem;
  number: number;
  acts: ReturnType<typeof useMinutes>;
}

/** One item of the agenda, with how it was settled. */
export function Item({ ws, page, item, number, acts }: ItemProps) {
  const { t, f, lang } = useLanguage();
  const id = useId();
  const settling = page.state === "held" && page.may_decide && !item.decision;
  const [kind, setKind] = useState<DecisionKind | null>(null);
  const facts = [
    item.title,
    ...(item.indicator_name && !item.title.includes(item.indicator_name)
      ? [item.indicator_name]
      : []),
    ...(item.times > 1 ? [t("reviews.times", { count: item.times })] : []),
    ...(item.by ? [t("reviews.put.by", { name: item.by })] : []),
  ];
  return (
    <li className={styles.item} aria-labelledby={id}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.words}>
        <p className={styles.kind}>
          {item.severity && <Mark status={MARKS[item.severity]} size={14} silent />}
          {f.facts(facts)}
        </p>
        <h4 id={id}>{item.sentence}</h4>
        {item.stake && (
          <p className={styles.stake}>
            {item.stake.label}{" "}
            <b className={item.stake.amount < 0 ? styles.lost : undefined}>
              {f.difference(item.stake.amount, item.stake.unit)}
            </b>
          </p>
        )}
        {item.body.length > 0 && <p>{item.body.join(lang === "ja" ? "" : " ")}</p>}
        {item.was?.why && (
          <p className={styles.why}>
            {t("reviews.then", { day: f.day(item.was.held_on) })} {item.was.why}
          </p>
        )}
        {item.outcome && (
          <p className={styles.outcome}>
            {item.outcome.mark && <Mark status={item.outcome.mark} size={14} />}
            <span>{item.outcome.text || t("reviews.outcome.none")}</span>
          </p>
        )}
        {item.mend && !item.decision && (
          <p className={styles.mend}>
            <Icon name="act" size={14} />
            <span>{item.mend}</span>
          </p>
        )}
        {item.indicator && page.state !== "closed" && (
          <p className={styles.links}>
            <Link to="/w/$ws/map" params={{ ws }} search={{ open: item.indicator }}>
              {t("ask.onMap")}
            </Link>
            {item.wish && <Unwish ws={ws} id={item.wish} />}
          </p>
        )}
        {!item.indicator && item.wish && (
          <p className={styles.links}>
            <Unwish ws={ws} id={item.wish} />
          </p>
        )}
        {item.decision && <Settled ws={ws} page={page} item={item} acts={acts} />}
        {settling && (
          <div className={styles.settle}>
            <fieldset className={styles.ways}>
              <legend className="sr">{t("reviews.ways")}</legend>
              {KINDS.map((one) => (
                <Button
                  key={one}
                  small
                  aria-pressed={kind === one}
                  className={classes(kind === one && styles.on)}
                  onClick={() => setKind(kind === one ? null : one)}
                >
                  {t(`reviews.kind.${one}`)}
                </Button>
              ))}
            </fieldset>
            {kind && (
              <DecideForm
                key={kind}
                ws={ws}
                page={page}
                item={item}
                kind={kind}
                decide={acts.decide}
                onClose={() => setKind(null)}
              />
            )}
          </div>
        )}
        {page.left.includes(item.id) && <p className={styles.left}>{t("reviews.left")}</p>}
      </div>
    </li>
  );
}

function Settled({ ws, page, item, acts }: Omit<ItemProps, "number">) {
  const { t, f } = useLanguage();
  const say = useToast();
  const one = item.decision;
  if (!one) return null;
  return (
    <div className={styles.decision}>
      <p className={styles.what}>
        <span>{t("reviews.decided")}</span> <b>{one.what}</b>
      </p>
      <p className={styles.reason}>{one.why}</p>
      <p className={styles.by}>
        <Meta ws={ws} one={one} />
        <span>{t("reviews.decided.by", { name: one.by, time: f.time(one.at) })}</span>
        {page.state === "held" && page.may_decide && (
          <Button
            kind="text"
            small
            disabled={acts.withdraw.isPending}
            onClick={() =>
              acts.withdraw.mutate(item.id, {
                onSuccess: () =>
                  say({ text: t(one.version === null ? "reviews.undone" : "reviews.undone.map") }),
                onError: (error) => say({ text: error.message }),
              })
            }
          >
            {t("reviews.undo")}
          </Button>
        )}
      </p>
    </div>
  );
}

function Unwish({ ws, id }: { ws: string; id: string }) {
  const { t } = useLanguage();
  const { drop } = useWishes(ws);
  return (
    <Button kind="text" small disabled={drop.isPending} onClick={() => drop.mutate(id)}>
      {t("reviews.wish.drop")}
    </Button>
  );
}
