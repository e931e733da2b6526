import { useState } from "react";
import { ApiError } from "../../../api/client.ts";
import {
  type NoticePlace,
  useForgetNotice,
  useNotices,
  useTryNotice,
} from "../../../api/useNotices.ts";
import { useWorkspaces } from "../../../api/useWorkspaces.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Button } from "../../../kit/Button.tsx";
import { Card } from "../../../kit/Card.tsx";
import { EmptyState, Failed } from "../../../kit/EmptyState.tsx";
import { Notice } from "../../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../../kit/Skeleton.tsx";
import { useToast } from "../../../kit/Toast.tsx";
import { PlaceForm } from "./PlaceForm.tsx";
import styles from "./places.module.css";

/** 知らせる先: where the team is told of alerts, and when there is somebody to talk with. */
export function Places({ ws }: { ws: string }) {
  const { t } = useLanguage();
  // Where nobody signs in everybody is the owner.
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const { data, error, refetch } = useNotices(ws);
  const [editing, setEditing] = useState<string | null>(null);
  // Whom to tell belongs with who is told of: viewers see neither.
  if (error instanceof ApiError && error.status === 403)
    return <Notice kind="info">{t("notices.notYours")}</Notice>;
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={30} width="40%" />
        <Skeleton height={90} />
      </>
    );
  const may = role === "owner";
  const none = data.places.length === 0;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h3>{t("notices.title")}</h3>
          <p className="quiet">{t("notices.line")}</p>
        </div>
        {may && !none && editing !== "" && (
          <Button kind="primary" icon="plus" onClick={() => setEditing("")}>
            {t("notices.add")}
          </Button>
        )}
      </header>
      {editing === "" && <PlaceForm ws={ws} reply={data} onDone={() => setEditing(null)} />}
      {none && editing !== "" && (
        <EmptyState title={t("notices.empty")} line={t("notices.empty.line")}>
          {may && (
            <Button kind="primary" onClick={() => setEditing("")}>
              {t("notices.add")}
            </Button>
          )}
        </EmptyState>
      )}
      <ul className={styles.places}>
        {data.places.map((place) => (
          <li key={place.id}>
            {editing === place.id ? (
              <PlaceForm ws={ws} reply={data} place={place} onDone={() => setEditing(null)} />
            ) : (
              <Place ws={ws} place={place} may={may} onEdit={() => setEditing(place.id)} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PlaceProps {
  ws: string;
  place: NoticePlace;
  may: boolean;
  onEdit: () => void;
}

/** One place: what it is, who it is for, and a way to try it. */
function Place({ ws, place, may, onEdit }: PlaceProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const trying = useTryNotice(ws);
  const forgetting = useForgetNotice(ws);
  const [asking, setAsking] = useState(false);
  const whom = place.owners?.length
    ? t("notices.of", { names: place.owners.join(", ") })
    : t("notices.ofAll");
  async function test() {
    try {
      say({ text: (await trying.mutateAsync(place.id)).said });
    } catch (error) {
      say({ text: error instanceof Error ? error.message : t("kit.failed") });
    }
  }
  return (
    <Card article className={styles.place}>
      <div>
        <h4>{place.name}</h4>
        <p className="quiet">
          {t(`notices.kind.${place.kind}`)}
          {(place.to || place.room || place.hint) && ` · ${place.to || place.room || place.hint}`}
        </p>
        {place.alerts && (
          <p className={styles.whom}>
            {place.kinds?.length
              ? t("notices.toldOf", {
                  kinds: f.list(place.kinds.map((kind) => t(`alerts.kind.${kind}`))),
                })
              : t("notices.toldOfAll")}
          </p>
        )}
        {place.leads && <p className={styles.whom}>{whom}</p>}
        {!place.leads && !place.alerts && <p className={styles.whom}>{t("notices.onlyNamed")}</p>}
      </div>
      {may && (
        <div className={styles.actions}>
          <Button small onClick={() => void test()} disabled={trying.isPending}>
            {t("notices.try")}
          </Button>
          <Button small onClick={onEdit}>
            {t("notices.edit")}
          </Button>
          {asking ? (
            <Button small kind="danger" onClick={() => forgetting.mutate(place.id)}>
              {t("notices.forget.sure")}
            </Button>
          ) : (
            <Button small kind="quiet" onClick={() => setAsking(true)}>
              {t("notices.forget")}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
