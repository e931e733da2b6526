import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ModelVersion } from "../../api/types.ts";
import { useRestore, useVersions } from "../../api/useVersions.ts";
import { Page } from "../../frame/Page.tsx";
import { Topline } from "../../frame/Topline.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { Comparison } from "./Comparison.tsx";
import styles from "./model.module.css";

/** The saved versions: who, when, why; look at one, compare two, go back. */
export function VersionsPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/versions" });
  const { t } = useLanguage();
  const { data, error, isPending, refetch } = useVersions(ws);
  const [chosen, setChosen] = useState<{ old: number; new: number } | null>(null);
  const versions = data?.versions ?? [];
  const [latest, before] = versions;
  const pair = chosen ?? (latest && before ? { old: before.version, new: latest.version } : null);
  return (
    <>
      <Topline
        title={t("versions.title")}
        actions={
          <Link to="/w/$ws/model" params={{ ws }} className={buttonClass("outline", true)}>
            {t("map.openYaml")}
          </Link>
        }
      />
      <Page>
        <p className="quiet">{t("versions.line")}</p>
        {error && <Failed error={error} retry={() => void refetch()} />}
        {isPending && (
          <div className={styles.versions}>
            <Loading />
            <div>
              <Skeleton height={88} />
              <br />
              <Skeleton height={88} />
            </div>
            <Skeleton height={240} />
          </div>
        )}
        {data && (
          <div className={styles.versions}>
            <ul aria-label={t("versions.list")}>
              {versions.map((one, i) => (
                <VersionRow
                  key={one.version}
                  ws={ws}
                  version={one}
                  newest={latest?.version ?? one.version}
                  onCompare={
                    versions[i + 1]
                      ? () => setChosen({ old: versions[i + 1]?.version ?? 1, new: one.version })
                      : null
                  }
                />
              ))}
            </ul>
            <div className={styles.sticky}>
              <Comparison ws={ws} versions={versions} pair={pair} onPair={setChosen} />
            </div>
          </div>
        )}
      </Page>
    </>
  );
}

interface VersionRowProps {
  ws: string;
  version: ModelVersion;
  newest: number;
  /** Null for the first version: there is nothing before it. */
  onCompare: (() => void) | null;
}

function VersionRow({ ws, version: one, newest, onCompare }: VersionRowProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const restore = useRestore(ws);
  function back() {
    restore.mutate(one.version, {
      onSuccess: ({ version }) =>
        say({
          text: t("versions.restored", { old: one.version, version }),
          action: {
            label: t("versions.undo"),
            run: () =>
              restore.mutate(newest, { onSuccess: () => say({ text: t("versions.undone") }) }),
          },
        }),
      onError: (error) => say({ text: error.message }),
    });
  }
  return (
    <li className={styles.version}>
      <div className={styles.head}>
        <b>{t("versions.version", { version: one.version })}</b>
        {one.current && <Chip>{t("versions.current")}</Chip>}
        <span className={`quiet ${styles.small}`}>
          {one.author
            ? t("versions.by", { time: f.time(one.created_at), author: one.author })
            : f.time(one.created_at)}
        </span>
      </div>
      <p className={one.note ? undefined : "quiet"}>{one.note || t("versions.noNote")}</p>
      <div className={styles.acts}>
        <Link
          to="/w/$ws/map"
          params={{ ws }}
          search={one.current ? {} : { version: one.version }}
          className={buttonClass("outline", true)}
        >
          {t("versions.look")}
        </Link>
        {onCompare && (
          <Button small onClick={onCompare}>
            {t("versions.differences")}
          </Button>
        )}
        {one.review && (
          <Link
            to="/w/$ws/share/reviews/$id"
            params={{ ws, id: one.review.id }}
            className={buttonClass("text", true)}
          >
            {t("reviews.version.from", { day: f.longDay(one.review.held_on) })}
          </Link>
        )}
        {!one.current && (
          <Button small kind="text" disabled={restore.isPending} onClick={back}>
            {t("versions.restore")}
          </Button>
        )}
      </div>
    </li>
  );
}
