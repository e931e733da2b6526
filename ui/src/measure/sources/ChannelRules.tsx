import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { ChannelRule, ChannelRulesReply } from "../../api/types.ts";
import { useChannelRules, useSetChannelRules } from "../../api/useChannelRules.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { RuleForm } from "./RuleForm.tsx";
import { conditionWords, moved } from "./rules.ts";
import styles from "./sources.module.css";

/** How ways in are sorted into channels: asked in order, the first that fits decides. */
export function ChannelRules({ ws, onClose }: { ws: string; onClose: () => void }) {
  const { t } = useLanguage();
  const rules = useChannelRules(ws);
  if (!rules.data)
    return (
      <Dialog title={t("rules.title")} onClose={onClose} wide>
        {rules.error ? (
          <Failed error={rules.error} retry={() => void rules.refetch()} />
        ) : (
          <>
            <Loading />
            <Skeleton height={320} />
          </>
        )}
      </Dialog>
    );
  return <Editor ws={ws} reply={rules.data} onClose={onClose} />;
}

interface EditorProps {
  ws: string;
  reply: ChannelRulesReply;
  onClose: () => void;
}

function Editor({ ws, reply, onClose }: EditorProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const set = useSetChannelRules(ws);
  const [list, setList] = useState<ChannelRule[]>(reply.rules);
  const [editing, setEditing] = useState<number | null>(null);
  const changed = list !== reply.rules;
  const names = new Map(reply.channels.map(({ value, label }) => [value, label]));
  const nameOf = (rule: ChannelRule) => rule.name || names.get(rule.channel) || rule.channel;
  const wrong = set.error && (set.error instanceof ApiError ? set.error.message : t("kit.failed"));

  function keep(rule: ChannelRule) {
    setList(
      editing === list.length
        ? [rule, ...list]
        : list.map((one, at) => (at === editing ? rule : one)),
    );
    setEditing(null);
  }
  const send = (rules: ChannelRule[] | null) =>
    set.mutate(rules, {
      onSuccess: () => {
        say({ text: t(rules ? "rules.kept" : "rules.wasReset") });
        onClose();
      },
    });

  if (editing !== null)
    return (
      <Dialog title={t("rules.one")} onClose={() => setEditing(null)} wide>
        <RuleForm
          rule={list[editing]}
          channels={reply.channels}
          onKeep={keep}
          onCancel={() => setEditing(null)}
        />
      </Dialog>
    );
  return (
    <Dialog
      title={t("rules.title")}
      onClose={onClose}
      wide
      actions={
        <>
          <Button kind="primary" disabled={!changed || set.isPending} onClick={() => send(list)}>
            {t("rules.keep")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
          {reply.own && (
            <Button
              kind="quiet"
              className={styles.reset}
              disabled={set.isPending}
              onClick={() => send(null)}
            >
              {t("rules.reset")}
            </Button>
          )}
        </>
      }
    >
      <p className="quiet">{t("rules.line")}</p>
      {wrong && <Notice kind="bad">{wrong}</Notice>}
      <p className={styles.add}>
        <Button small icon="plus" onClick={() => setEditing(list.length)}>
          {t("rules.add")}
        </Button>
      </p>
      <ol className={styles.rules}>
        {list.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own, and their place decides
          <li key={at}>
            <span className={styles.place}>{at + 1}</span>
            <div>
              <b>{nameOf(rule)}</b>
              {rule.when.map((one, i) => (
                <p key={JSON.stringify(one)}>
                  {i > 0 && t("rules.and")}
                  {conditionWords(one, t, f)}
                </p>
              ))}
            </div>
            <span className={styles.acts}>
              <IconButton
                bare
                icon="up"
                label={t("rules.up", { name: nameOf(rule) })}
                disabled={at === 0}
                onClick={() => setList(moved(list, at, -1))}
              />
              <IconButton
                bare
                icon="down"
                label={t("rules.down", { name: nameOf(rule) })}
                disabled={at === list.length - 1}
                onClick={() => setList(moved(list, at, 1))}
              />
              <IconButton
                bare
                icon="edit"
                label={t("rules.edit", { name: nameOf(rule) })}
                onClick={() => setEditing(at)}
              />
              <IconButton
                bare
                icon="trash"
                label={t("rules.remove", { name: nameOf(rule) })}
                disabled={list.length === 1}
                onClick={() => setList(list.filter((_, i) => i !== at))}
              />
            </span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
