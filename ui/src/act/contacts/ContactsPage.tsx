import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useContacts } from "../../api/useContacts.ts";
import { usePeopleSegments } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { EmptyState } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { AddContact } from "./AddContact.tsx";
import { ContactTable } from "./ContactTable.tsx";
import styles from "./contacts.module.css";
import { ImportList } from "./list/ImportList.tsx";
import { SegmentList } from "./SegmentList.tsx";
import { Stitching } from "./Stitching.tsx";
import { useRights } from "./useRights.ts";

const route = getRouteApi("/framed/w/$ws/act/contacts");

/** 名簿: everybody with a name, the segments made of them, and what may be tied to them. */
export function ContactsPage() {
  const { ws } = route.useParams();
  const { view = "people" } = route.useSearch();
  const { t, f } = useLanguage();
  const navigate = useNavigate();
  const rights = useRights(ws);
  const all = useContacts(ws, { limit: 1 }, rights.see === true);
  const segments = usePeopleSegments(ws);
  const [open, setOpen] = useState<"import" | "add" | null>(null);
  if (rights.see === undefined)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={56} width="60%" />
        <Skeleton height={240} />
      </div>
    );
  if (open === "import") return <ImportList ws={ws} onClose={() => setOpen(null)} />;
  const views = ["people", "segments", "settings"] as const;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h2>{t("contacts.title", { n: all.data ? f.count(all.data.total) : "…" })}</h2>
          <p>{t("contacts.line")}</p>
        </div>
        <div className={styles.actions}>
          {rights.edit && (
            <>
              <Button kind="primary" icon="upload" onClick={() => setOpen("import")}>
                {t("contacts.import")}
              </Button>
              <Button icon="plus" onClick={() => setOpen("add")}>
                {t("contacts.add")}
              </Button>
            </>
          )}
          {rights.exports && (
            <a
              className={buttonClass()}
              href={`/api/workspaces/${encodeURIComponent(ws)}/act/contact-export`}
              download
            >
              <Icon name="download" size={15} />
              {t("contacts.export")}
            </a>
          )}
        </div>
      </div>
      <div>
        <Tabs
          label={t("contacts.views")}
          current={view}
          onChange={(next) =>
            void navigate({
              to: "/w/$ws/act/contacts",
              params: { ws },
              search: next === "people" ? {} : { view: next },
              replace: true,
            })
          }
          tabs={views.map((key) => ({
            key,
            label: t(`contacts.view.${key}`),
            ...(key === "segments" ? { count: segments.data?.segments.length } : {}),
          }))}
          className={styles.panel}
        >
          {view === "people" &&
            (rights.see === false ? (
              <EmptyState title={t("contacts.forbidden")} line={t("contacts.forbidden.line")} />
            ) : (
              <ContactTable ws={ws} ready={rights.see === true} />
            ))}
          {view === "segments" && <SegmentList ws={ws} edit={rights.edit} />}
          {view === "settings" && <Stitching ws={ws} manage={rights.manage} />}
        </Tabs>
      </div>
      {open === "add" && <AddContact ws={ws} onClose={() => setOpen(null)} />}
    </div>
  );
}
