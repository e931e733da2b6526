import { useState } from "react";
import { type Moment, useContactActs, useTimeline } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { TextField } from "../../kit/Field.tsx";
import { Icon, type IconName } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./contacts.module.css";
import { byDay } from "./timeline.ts";
import { dayAndTime } from "./when.ts";

const PAGE = 50;
const MOST = 500;
const icons: Record<string, IconName> = {
  event: "eye",
  consent: "check",
  mail: "mail",
  form: "edit",
  note: "edit",
  score: "measure",
  verdict: "flag",
  merge: "share",
  import: "upload",
  owner: "person",
  journey: "act",
  disclose: "download",
};

/** Everything that happened with somebody, day by day, the newest first; notes are written here. */
export function Timeline({ ws, id, edit }: { ws: string; id: string; edit: boolean }) {
  const { t, f } = useLanguage();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch, isFetching } = useTimeline(ws, id, limit);
  return (
    <Card aria-label={t("contacts.timeline")} className={styles.stack}>
      <h3>{t("contacts.timeline")}</h3>
      {edit && <Note ws={ws} id={id} />}
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <>
          <Loading />
          <Skeleton height={24} />
          <Skeleton height={24} />
          <Skeleton height={24} />
        </>
      ) : (
        <div>
          {data.moments.length === 0 && <p className="quiet">{t("contacts.timeline.none")}</p>}
          {byDay(data.moments, (one) => dayAndTime(one.at).day).map(({ day, list }) => (
            <section key={day}>
              <h4 className={styles.day}>{f.weekday(day)}</h4>
              <ul>
                {list.map((one) => (
                  <Line key={one.id} one={one} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      {data && data.hidden > 0 && (
        <p className={styles.sub}>{t("contacts.timeline.hidden", { n: f.count(data.hidden) })}</p>
      )}
      {data && data.before > 0 && limit < MOST && (
        <div>
          <Button small disabled={isFetching} onClick={() => setLimit(Math.min(limit + 150, MOST))}>
            {t("contacts.timeline.more")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Line({ one }: { one: Moment }) {
  const { t } = useLanguage();
  const { day, time } = dayAndTime(one.at);
  const what = one.text && one.text !== one.label ? one.text : "";
  return (
    <li className={styles.moment}>
      <time dateTime={`${day}T${time}`}>{time}</time>
      <Icon name={icons[one.kind] ?? "info"} size={16} />
      <div>
        <b>{one.label}</b>
        {what && <p>{what}</p>}
        {one.event?.path && one.event.path !== what && (
          <span className={styles.sub}>
            {one.event.host}
            {one.event.path}
          </span>
        )}
        {one.by && (
          <span className={styles.sub}>{t("contacts.timeline.by", { name: one.by })}</span>
        )}
      </div>
    </li>
  );
}

function Note({ ws, id }: { ws: string; id: string }) {
  const { t } = useLanguage();
  const { note } = useContactActs(ws, id);
  const [text, setText] = useState("");
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) note.mutate(text, { onSuccess: () => setText("") });
      }}
    >
      <TextField
        label={t("contacts.note")}
        rows={2}
        value={text}
        maxLength={4000}
        error={note.error?.message}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={text.trim() === "" || note.isPending}>
        {t("contacts.note.do")}
      </Button>
    </form>
  );
}
