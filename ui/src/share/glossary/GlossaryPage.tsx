import { Link, useParams } from "@tanstack/react-router";
import { useGlossary } from "../../api/useGlossary.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { GlossarySheet } from "../../kit/GlossarySheet.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./glossary.module.css";

/** 用語集: what each number means, for whoever reads the map for the first time. */
export function GlossaryPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/share/glossary" });
  const { t } = useLanguage();
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const edits = role === "owner" || role === "editor";
  const { data, error, refetch } = useGlossary(ws);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <div className={styles.page}>
      <h2>{t("glossary.title")}</h2>
      <p className="quiet">{t("glossary.line")}</p>
      {data ? (
        <div className={styles.sheet}>
          <GlossarySheet
            indicators={data.indicators}
            words={data.words}
            after={(one) =>
              edits && !one.definition ? (
                <Link
                  to="/w/$ws/map"
                  params={{ ws }}
                  search={{ edit: one.id }}
                  className={styles.write}
                >
                  {t("glossary.write")}
                </Link>
              ) : null
            }
          >
            <Button icon="print" onClick={() => print()}>
              {t("glossary.print")}
            </Button>
          </GlossarySheet>
        </div>
      ) : (
        <div className={styles.sheet}>
          <Loading />
          <Skeleton height={36} width="40%" />
          <Skeleton height={150} />
          <Skeleton height={150} />
        </div>
      )}
    </div>
  );
}
