import { useState } from "react";
import { type Post, type PostsReply, usePostTheme } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { useToast } from "../../kit/Toast.tsx";
import parts from "../parts/parts.module.css";
import { Sideways } from "../parts/Sideways.tsx";
import { useMoment } from "../parts/useMoment.ts";
import styles from "./posts.module.css";

const FIRST = 20;

/** Single posts, what brought most first. */
export function PostTable({ ws, reply }: { ws: string; reply: PostsReply }) {
  const { t, f } = useLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? reply.posts : reply.posts.slice(0, FIRST);
  const most = Math.max(...reply.posts.map((one) => one.outcomes ?? 0), 1);
  const number = (value: number | null) => (value === null ? "—" : f.count(value));
  return (
    <Card flush>
      <Sideways label={t("posts.post")}>
        <table className={`${parts.table} ${styles.posts}`}>
          <thead>
            <tr>
              <th scope="col">{t("posts.post")}</th>
              <th scope="col" className={styles.wideOnly}>
                <span className="sr">{t("report.share.of")}</span>
              </th>
              <th scope="col">{reply.outcome?.name ?? t("posts.outcomes")}</th>
              <th scope="col">{t("report.counts.visits")}</th>
              <th scope="col">{t("posts.clicks")}</th>
              <th scope="col">{t("posts.impressions")}</th>
              <th scope="col">{t("posts.reach")}</th>
              <th scope="col">{t("posts.engagement")}</th>
              <th scope="col" className={styles.left}>
                {t("posts.theme")}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={`${one.network} ${one.id}`}>
                <th scope="row" className={styles.post}>
                  <span className={styles.text}>{one.text || one.id}</span>
                  <span className={parts.sub}>
                    <When post={one} />
                  </span>
                </th>
                <td aria-hidden="true" className={styles.wideOnly}>
                  <span className={parts.bar}>
                    <i style={{ width: `${((one.outcomes ?? 0) / most) * 100}%` }} />
                  </span>
                </td>
                <td>
                  {one.outcomes === null ? (
                    "—"
                  ) : (
                    <b title={one.inferred ? t("posts.inferred") : undefined}>
                      {f.parts(Math.round(one.outcomes * 10) / 10, "").number}
                      {one.inferred ? t("posts.inferred.mark") : ""}
                    </b>
                  )}
                </td>
                <td>{f.count(one.visits)}</td>
                <td>{number(one.clicks)}</td>
                <td>{number(one.impressions)}</td>
                <td>{number(one.reach)}</td>
                <td>{one.engagement === null ? "—" : f.amount(one.engagement, "%")}</td>
                <td className={styles.left}>
                  <Theme ws={ws} post={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
      {reply.posts.length > FIRST && !all && (
        <div className={parts.foot}>
          <Button kind="text" small onClick={() => setAll(true)}>
            {t("posts.more", { count: f.count(reply.posts.length) })}
          </Button>
        </div>
      )}
    </Card>
  );
}

function When({ post }: { post: Post }) {
  const { f } = useLanguage();
  const moment = useMoment();
  return f.facts([
    post.network_label,
    ...(post.format_label ? [post.format_label] : []),
    moment(post.at, post.day_only),
  ]);
}

/** What a post is about, written over in place. */
function Theme({ ws, post }: { ws: string; post: Post }) {
  const { t } = useLanguage();
  const say = useToast();
  const put = usePostTheme(ws);
  const [text, setText] = useState<string | null>(null);
  const save = (theme: string) =>
    put.mutate(
      { network: post.network, id: post.id, theme },
      {
        onSuccess: () =>
          say({
            text: t("posts.theme.saved"),
            ...(post.theme
              ? { action: { label: t("report.segment.undo"), run: () => save(post.theme) } }
              : {}),
          }),
        onError: () => say({ text: t("funnel.failed") }),
      },
    );
  if (text === null)
    return (
      <button
        type="button"
        className={styles.theme}
        title={t("posts.theme.edit")}
        onClick={() => setText(post.theme)}
      >
        {post.theme || <span className="quiet">{t("posts.theme.add")}</span>}
      </button>
    );
  return (
    <input
      className={styles.box}
      aria-label={t("posts.theme.edit")}
      value={text}
      maxLength={120}
      // biome-ignore lint/a11y/noAutofocus: the box stands where the reader pressed
      autoFocus
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setText(null);
      }}
      onBlur={() => {
        if (text.trim() !== post.theme) save(text.trim());
        setText(null);
      }}
    />
  );
}
