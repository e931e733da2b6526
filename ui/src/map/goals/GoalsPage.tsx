import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { GoalsReply } from "../../api/types.ts";
import { useGoals } from "../../api/useGoals.ts";
import { Page } from "../../frame/Page.tsx";
import { Topline } from "../../frame/Topline.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useNarrow } from "../../kit/useNarrow.ts";
import { GoalCard } from "./GoalCard.tsx";
import { GoalTable } from "./GoalTable.tsx";
import styles from "./goals.module.css";

/** All KGIs under the management goals they serve: 組織の全体像. */
export function GoalsPage() {
  const { t } = useLanguage();
  const { data, error, isPending, refetch } = useGoals();
  const groups = data?.goals ?? [];
  return (
    <>
      <Topline
        title={t("goals.title")}
        actions={
          groups.length > 0 && (
            <Link to="/start" className={buttonClass("outline")}>
              {t("goals.new")}
            </Link>
          )
        }
      />
      <Page>
        {error && <Failed error={error} retry={() => void refetch()} />}
        {isPending && (
          <div>
            <Loading />
            <Skeleton width={320} height={24} />
            <div className={styles.cards} style={{ marginTop: 24 }}>
              <Skeleton height={184} />
              <Skeleton height={184} />
              <Skeleton height={184} />
            </div>
          </div>
        )}
        {data && groups.length === 0 && (
          <EmptyState title={t("goals.empty")} line={t("goals.empty.line")}>
            <Link to="/start" className={buttonClass("primary")}>
              {t("goals.empty.step")}
            </Link>
          </EmptyState>
        )}
        {groups.length > 0 && <Groups groups={groups} />}
      </Page>
    </>
  );
}

function Groups({ groups }: { groups: GoalsReply["goals"] }) {
  const { t } = useLanguage();
  const narrow = useNarrow();
  const [rows, setRows] = useState(false);
  const many = groups.reduce((sum, one) => sum + one.workspaces.length, 0) > 1;
  const states = groups.flatMap((group) => group.workspaces.map((one) => one.kgi?.status));
  const fine = states.filter((one) => one === "met" || one === "on-pace").length;
  const late = states.filter((one) => one === "behind" || one === "missed").length;
  return (
    <>
      <div className={styles.head}>
        <h2>
          {fine && late
            ? t("goals.summary", { fine, late })
            : fine
              ? t("goals.summary.fine", { fine })
              : late
                ? t("goals.summary.late", { late })
                : t("goals.summary.wait")}
        </h2>
        <span className="quiet">{t("goals.line")}</span>
        {many && !narrow && (
          <fieldset className={styles.switch}>
            <legend className="sr">{t("goals.as")}</legend>
            <ChipButton on={!rows} aria-pressed={!rows} onClick={() => setRows(false)}>
              {t("goals.as.cards")}
            </ChipButton>
            <ChipButton on={rows} aria-pressed={rows} onClick={() => setRows(true)}>
              {t("goals.as.rows")}
            </ChipButton>
          </fieldset>
        )}
      </div>
      {rows && !narrow ? <GoalTable groups={groups} /> : <Cards groups={groups} />}
    </>
  );
}

function Cards({ groups }: { groups: GoalsReply["goals"] }) {
  const { t } = useLanguage();
  return (
    <>
      {groups.map((group) => (
        <section
          key={group.management_goal.key || group.management_goal.name}
          className={styles.group}
        >
          <div className={styles.goal}>
            <h2 style={{ fontSize: 16 }}>{group.management_goal.name || t("goals.none")}</h2>
            <span className="quiet">{t("goals.count", { count: group.workspaces.length })}</span>
          </div>
          <div className={styles.cards}>
            {group.workspaces.map((one) => (
              <GoalCard key={one.slug} workspace={one} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
