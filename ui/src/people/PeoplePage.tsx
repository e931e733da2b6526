import { useParams } from "@tanstack/react-router";
import { useAPIKeys, useWriteKeys } from "../api/useKeys.ts";
import { useMe } from "../api/useMe.ts";
import { useMembers } from "../api/useMembers.ts";
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
  const sends = owner || role === "editor" || role === "member";
  // All of it comes at once: one list after the other would push the next one down.
  const lists = [useMembers(ws), useWriteKeys(ws, sends), useAPIKeys(ws, owner)];
  const waiting = !workspaces.data || !me.data || lists.some((one) => one.isLoading);
  const failed = me.error ?? workspaces.error;
  return (
    <>
      <Topline title={t("people.title")} />
      <Page>
        {failed && <Failed error={failed} retry={() => void workspaces.refetch()} />}
        {!failed && waiting && (
          <>
            <Loading />
            <Skeleton height={320} />
          </>
        )}
        {me.data && !waiting && (
          <div className={styles.stack}>
            <Members ws={ws} owner={owner} open={me.data.open} />
            {sends && <WriteKeys ws={ws} owner={owner} />}
            {owner && <APIKeys ws={ws} />}
          </div>
        )}
      </Page>
    </>
  );
}
