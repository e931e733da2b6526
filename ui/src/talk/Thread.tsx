import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type TalkMessage, type TalkThread, useTalkActs, useThread } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { classes } from "../kit/classes.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Icon } from "../kit/Icon.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { Composer } from "./Composer.tsx";
import { Pieces, plain } from "./Pieces.tsx";
import { TalkState } from "./TalkState.tsx";
import styles from "./talk.module.css";
import { Voice } from "./Voice.tsx";

interface ThreadProps {
  ws: string;
  id: string;
  /** Says what it is about, with the way there; not where one is there already. */
  about?: boolean;
  /** It is only shown beside a list and was not chosen: nothing counts as read. */
  glimpsed?: boolean;
  /** It was deleted. */
  onGone?: (() => void) | undefined;
}

/** A question with its answers. What is seen counts as read. */
export function Thread({ ws, id, about, glimpsed, onGone }: ThreadProps) {
  const { t } = useLanguage();
  const thread = useThread(ws, id);
  const acts = useTalkActs(ws);
  const [deleting, setDeleting] = useState(false);
  const one = thread.data;
  const read = acts.read.mutate;
  const unread = one?.unread ?? 0;
  const last = one?.messages ?? 0;
  useEffect(() => {
    if (unread > 0 && !glimpsed) read({ id, number: last });
  }, [id, unread, last, read, glimpsed]);
  if (thread.error && !one)
    return <Failed error={thread.error} retry={() => void thread.refetch()} />;
  if (!one)
    return (
      <>
        <Loading />
        <Skeleton height={20} width="40%" />
        <Skeleton height={96} />
      </>
    );
  return (
    <div className={styles.thread}>
      {about && <About ws={ws} one={one} />}
      {one.quote && (
        <p className={styles.quote}>
          <span>{t("talk.quote")}</span> {one.quote}
        </p>
      )}
      <ol className={styles.words}>
        {one.words.map((word) => (
          <Word key={word.number} ws={ws} one={one} word={word} />
        ))}
      </ol>
      {one.settled && (
        <p className={styles.settled}>
          <Icon name="check" size={16} />
          {t(one.answer > 0 ? "talk.settled" : "talk.settledWithout")}
          {one.may_settle && (
            <Button small disabled={acts.reopen.isPending} onClick={() => acts.reopen.mutate(id)}>
              {t("talk.reopen")}
            </Button>
          )}
        </p>
      )}
      <Composer
        key={id}
        ws={ws}
        label={t(one.settled || (one.by.you && !one.replied) ? "talk.add" : "talk.answer")}
        send={t("talk.send")}
        rows={2}
        pending={acts.say.isPending}
        error={acts.say.error}
        onSend={(text) => acts.say.mutateAsync({ id, text })}
        hint={one.by.outside ? t(one.by_mail ? "talk.outsideMail" : "talk.outsideSees") : undefined}
      />
      <div className={styles.foot}>
        {one.may_settle && !one.settled && one.messages > 1 && (
          <Button
            small
            disabled={acts.settle.isPending}
            onClick={() => acts.settle.mutate({ id, answer: 0 })}
          >
            {t("talk.settleWithout")}
          </Button>
        )}
        {one.may_delete && (
          <Button small kind="quiet" onClick={() => setDeleting(true)}>
            {t("talk.forget")}
          </Button>
        )}
      </div>
      {deleting && (
        <Dialog
          title={t("talk.forget.title")}
          onClose={() => setDeleting(false)}
          actions={
            <>
              <Button
                kind="danger"
                disabled={acts.forget.isPending}
                onClick={() =>
                  acts.forget.mutate(id, {
                    onSuccess: () => {
                      setDeleting(false);
                      onGone?.();
                    },
                  })
                }
              >
                {t("talk.forget")}
              </Button>
              <Button onClick={() => setDeleting(false)}>{t("kit.cancel")}</Button>
            </>
          }
        >
          <p>{t("talk.forget.line")}</p>
          {acts.forget.error && <Notice kind="bad">{acts.forget.error.message}</Notice>}
        </Dialog>
      )}
    </div>
  );
}

function About({ ws, one }: { ws: string; one: TalkThread }) {
  const { t } = useLanguage();
  const kind = one.about.split(":")[0] ?? "";
  const name = one.about_name || t("talk.whole");
  const there =
    kind === "finding" ? (
      <Link to="/w/$ws/ask" params={{ ws }}>
        {t("talk.toAsk")}
      </Link>
    ) : (
      <Link
        to="/w/$ws/map"
        params={{ ws }}
        search={
          one.indicator ? { open: one.indicator, ...(kind === "road" ? { tab: "roads" } : {}) } : {}
        }
      >
        {t("talk.toMap")}
      </Link>
    );
  return (
    <header className={styles.about}>
      <h3>{name}</h3>
      <TalkState one={one} />
      {(one.indicator || kind === "finding" || kind === "map") && there}
    </header>
  );
}

function Word({ ws, one, word }: { ws: string; one: TalkThread; word: TalkMessage }) {
  const { t } = useLanguage();
  const acts = useTalkActs(ws);
  const [editing, setEditing] = useState(false);
  const answers = one.settled && one.answer === word.number;
  if (word.deleted)
    return (
      <li className={styles.word}>
        <p className={classes("quiet", styles.small)}>{t("talk.deleted")}</p>
      </li>
    );
  return (
    <li className={classes(styles.word, answers && styles.answers)}>
      <Voice by={word.by} at={word.at} edited={word.edited_at !== null} />
      {answers && (
        <p className={styles.mark}>
          <Icon name="check" size={14} />
          {t("talk.answers")}
        </p>
      )}
      {editing ? (
        <Composer
          ws={ws}
          label={t("talk.edit")}
          send={t("talk.save")}
          begin={plain(word.pieces)}
          pending={acts.edit.isPending}
          error={acts.edit.error}
          onSend={async (text) => {
            await acts.edit.mutateAsync({ id: one.id, number: word.number, text });
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <Pieces pieces={word.pieces} />
      )}
      {!editing && (
        <div className={styles.acts}>
          {one.may_settle && word.number > 1 && one.answer === 0 && (
            <Button
              small
              kind="text"
              icon="check"
              disabled={acts.settle.isPending}
              onClick={() => acts.settle.mutate({ id: one.id, answer: word.number })}
            >
              {t("talk.thisAnswers")}
            </Button>
          )}
          {word.may_edit && (
            <Button small kind="quiet" onClick={() => setEditing(true)}>
              {t("talk.edit")}
            </Button>
          )}
          {word.may_delete && word.by.you && word.number > 1 && (
            <Button
              small
              kind="quiet"
              disabled={acts.remove.isPending}
              onClick={() => acts.remove.mutate({ id: one.id, number: word.number })}
            >
              {t("talk.remove")}
            </Button>
          )}
        </div>
      )}
      {acts.remove.error && <Notice kind="bad">{acts.remove.error.message}</Notice>}
      {acts.settle.error && <Notice kind="bad">{acts.settle.error.message}</Notice>}
    </li>
  );
}
