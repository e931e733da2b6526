import { useParams } from "@tanstack/react-router";
import { useMe } from "../api/useMe.ts";
import { useWorkspaces } from "../api/useWorkspaces.ts";
import { Page } from "../frame/Page.tsx";
import { Topline } from "../frame/Topline.tsx";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { APIKeys } from "./APIKeys.tsx";
import { Members } from "./Members.tsx";
import styles from "./people.module.css";
import { WriteKeys } from "./WriteKeys.tsx";

/** Who belongs to a workspace, what its websites send with, what programs read it with. */
export function PeoplePage() {
  const { ws } = useParams({ from: "/framed/w/$ws/people" });
  const { t } = useLanguage();
  const me = useMe();
  const workspaces = useWorkspaces();
  const role = workspaces.data?.workspaces.find((one) => one.slug === ws)?.role;
  const owner = role === "owner";
  const failed = me.error ?? workspaces.error;
  return (
    <>
      <Topline title={t("people.title")} />
      <Page>
        {failed && <Failed error={failed} retry={() => void workspaces.refetch()} />}
        {!failed && (!workspaces.data || !me.data) && (
          <>
            <Loading />
            <Skeleton height={320} />
          </>
        )}
        {workspaces.data && me.data && (
          <div className={styles.stack}>
            <Members ws={ws} owner={owner} open={me.data.open} />
            {(owner || role === "editor" || role === "member") && (
              <WriteKeys ws={ws} owner={owner} />
            )}
            {owner && <APIKeys ws={ws} />}
          </div>
        )}
      </Page>
    </>
  );
}
