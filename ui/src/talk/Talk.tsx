import { useState } from "react";
import { type TalkHead, useTalkActs, useTalks } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { classes } from "../kit/classes.ts";
import { Failed } from "../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { Composer } from "./Composer.tsx";
import { TalkState } from "./TalkState.tsx";
import { Thread } from "./Thread.tsx";
import styles from "./talk.module.css";
import { Voice } from "./Voice.tsx";

interface TalkProps {
  ws: string;
  /** What it is about: indicator:<id>, road:<from>><to>, finding:<key>, map … */
  about: string;
}

/** All that was asked of one thing, and a box to ask. One question alone stands open. */
export function Talk({ ws, about }: TalkProps) {
  const { t } = useLanguage();
  const talks = useTalks(ws, { show: "all", about });
  const acts = useTalkActs(ws);
  const [open, setOpen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const list = talks.data?.pages.flatMap((page) => page.questions);
  if (talks.error && !list)
    return <Failed error={talks.error} retry={() => void talks.refetch()} />;
  if (!list)
    return (
      <>
        <Loading />
        <Skeleton height={64} />
      </>
    );
  const shown = open ?? (list.length === 1 ? list[0]?.id : undefined);
  const box = asking || list.length === 0;
  // Of a finding one has an opinion as often as a question.
  const opinion = about.startsWith("finding:");
  return (
    <div className={styles.talk}>
      {list.length === 0 && (
        <p className={classes("quiet", styles.small)}>
          {t(opinion ? "talk.none.finding" : "talk.none")}
        </p>
      )}
      <ul className={styles.threads}>
        {list.map((one) => (
          <li key={one.id}>
            {one.id === shown ? (
              <Thread ws={ws} id={one.id} onGone={() => setOpen(null)} />
            ) : (
              <ThreadRow one={one} onOpen={() => setOpen(one.id)} />
            )}
          </li>
        ))}
      </ul>
      {talks.hasNextPage && (
        <Button small disabled={talks.isFetching} onClick={() => void talks.fetchNextPage()}>
          {t("talk.older")}
        </Button>
      )}
      {box ? (
        <Composer
          ws={ws}
          label={t(opinion ? "talk.say" : "talk.ask")}
          send={t(opinion ? "talk.saySend" : "talk.askSend")}
          pending={acts.ask.isPending}
          error={acts.ask.error}
          onSend={async (text) => {
            const asked = await acts.ask.mutateAsync({ about, text });
            setAsking(false);
            setOpen(asked.id);
          }}
          onCancel={list.length > 0 ? () => setAsking(false) : undefined}
        />
      ) : (
        <Button small icon="plus" onClick={() => setAsking(true)}>
          {t(opinion ? "talk.sayAnother" : "talk.askAnother")}
        </Button>
      )}
    </div>
  );
}

function ThreadRow({ one, onOpen }: { one: TalkHead; onOpen: () => void }) {
  const { t } = useLanguage();
  return (
    <button type="button" className={styles.row} onClick={onOpen}>
      <Voice by={one.by} at={one.asked_at} />
      <span className={classes(styles.summary, one.unread > 0 && styles.unread)}>
        {one.unread > 0 && <span className={styles.dot} title={t("talk.unread")} />}
        {one.summary || t("talk.deleted")}
      </span>
      <span className={styles.state}>
        <TalkState one={one} />
        {one.messages > 1 && (
          <span className="quiet">{t("talk.answers.count", { count: one.messages - 1 })}</span>
        )}
      </span>
    </button>
  );
}
