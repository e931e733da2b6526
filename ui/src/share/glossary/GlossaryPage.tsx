import { Link, useParams } from "@tanstack/react-router";
import { useGlossary } from "../../api/useGlossary.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { GlossarySheet } from "../../kit/GlossarySheet.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./glossary.module.css";

/** 用語集: what each number means, for whoever reads the map for the first time. */
export function GlossaryPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/share/glossary" });
  const { t, lang } = useLanguage();
  const mine = useWorkspaces().data?.workspaces.find((one) => one.slug === ws);
  const edits = mine?.role === "owner" || mine?.role === "editor";
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
            {mine?.export && (
              <a
                className={buttonClass("outline")}
                href={`/api/workspaces/${ws}/numbers.xlsx?lang=${lang}`}
                download
              >
                <Icon name="download" size={15} />
                {t("glossary.excel")}
              </a>
            )}
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
