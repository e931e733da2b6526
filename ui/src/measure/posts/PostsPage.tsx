import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type PostsReply, usePosts } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "../attribution/attribution.module.css";
import { OutcomePick, useWhyNot } from "../attribution/OutcomePick.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";
import { Followers } from "./Followers.tsx";
import { Groupings } from "./Groupings.tsx";
import { PostTable } from "./PostTable.tsx";
import own from "./posts.module.css";

/** 投稿: posts by what they brought, not by what was liked. */
export function PostsPage() {
  const { t, f } = useLanguage();
  const { ws, search } = useReport();
  const query = useReportQuery();
  const [network, setNetwork] = useState("");
  const [format, setFormat] = useState("");
  const [theme, setTheme] = useState("");
  const { data, error, refetch } = usePosts(ws, query, {
    ...(search.indicator ? { indicator: search.indicator } : {}),
    ...(search.event ? { event: search.event } : {}),
    ...(network ? { network } : {}),
    ...(format ? { format } : {}),
    ...(theme ? { theme } : {}),
  });
  const why = useWhyNot(data?.outcomes ?? [], data?.outcome ?? null);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={36} width="60%" />
        <Skeleton height={320} />
      </>
    );
  const none = data.kept === 0 && data.networks.length === 0;
  if (none)
    return (
      <EmptyState title={t("posts.none")} line={t("posts.none.line")}>
        <Link to="/w/$ws/measure/data" params={{ ws }} className={buttonClass("primary")}>
          {t("posts.none.step")}
        </Link>
      </EmptyState>
    );
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2>
          <Said reply={data} />
        </h2>
      </div>
      <div className={styles.choices}>
        <OutcomePick outcomes={data.outcomes} outcome={data.outcome} />
        <Pick
          label={t("posts.network")}
          value={network}
          onChange={setNetwork}
          list={data.networks}
        />
        <Pick label={t("posts.format")} value={format} onChange={setFormat} list={data.formats} />
        <Pick label={t("posts.theme")} value={theme} onChange={setTheme} list={data.themes} />
      </div>
      {why && <Notice kind="info">{why}</Notice>}
      {data.posts.length === 0 ? (
        <EmptyState title={t("posts.empty")} line={t("posts.empty.line")} />
      ) : (
        <PostTable ws={ws} reply={data} />
      )}
      {data.unlinked.length > 0 && (
        <p className={styles.note}>
          {t("posts.unlinked", {
            list: f.list(
              data.unlinked.map((one) => `${one.label} ${f.parts(one.outcomes, "").number}`),
            ),
          })}
        </p>
      )}
      <p className={styles.note}>{data.note}</p>
      <Followers list={data.followers} />
      <div className={own.groups}>
        <Groupings
          title={t("posts.by.theme")}
          groups={data.by_theme}
          outcome={data.outcome}
          sorted
        />
        <Groupings
          title={t("posts.by.format")}
          groups={data.by_format}
          outcome={data.outcome}
          sorted
        />
        <Groupings title={t("posts.by.hour")} groups={data.hours} outcome={data.outcome} />
        <Groupings title={t("posts.by.weekday")} groups={data.weekdays} outcome={data.outcome} />
      </div>
    </div>
  );
}

interface PickProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  list: { value: string; label: string }[];
}

function Pick({ label, value, onChange, list }: PickProps) {
  const { t } = useLanguage();
  return (
    <Select
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[{ value: "", label: t("posts.all") }, ...list]}
    />
  );
}

function Said({ reply }: { reply: PostsReply }) {
  const { t, f } = useLanguage();
  const { outcome, total, by_posts: byPosts, kept } = reply;
  if (!outcome) return t("posts.said.untraced", { count: f.count(kept) });
  return t("posts.said", {
    name: outcome.name,
    total: f.amount(total, outcome.unit || t("credit.unit")),
    posts: f.amount(Math.round(byPosts), outcome.unit || t("credit.unit")),
  });
}
