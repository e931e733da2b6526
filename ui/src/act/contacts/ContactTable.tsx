import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type ContactLine, useContacts, useContactTags } from "../../api/useContacts.ts";
import { usePeopleSegments } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { classes } from "../../kit/classes.ts";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { ConsentMark } from "./ConsentMark.tsx";
import styles from "./contacts.module.css";
import { useWhen } from "./when.ts";

const PAGE = 50;
const nothing = { search: "", tag: "", segment: "", consent: "" };

/** Everybody, or whom one is looking for. */
export function ContactTable({ ws, ready }: { ws: string; ready: boolean }) {
  const { t, f } = useLanguage();
  const [filter, setFilter] = useState(nothing);
  const [page, setPage] = useState(0);
  const search = useSettled(filter.search.trim());
  const tags = useContactTags(ws);
  const segments = usePeopleSegments(ws);
  const consent = filter.consent as ContactLine["consent"];
  const found = useContacts(
    ws,
    {
      limit: PAGE,
      offset: page * PAGE,
      ...(search ? { search } : {}),
      ...(filter.tag ? { tag: filter.tag } : {}),
      ...(filter.segment ? { segment: filter.segment } : {}),
      ...(filter.consent ? { consent } : {}),
    },
    ready,
  );
  const narrow = (change: Partial<typeof nothing>) => {
    setFilter({ ...filter, ...change });
    setPage(0);
  };
  const narrowed = Object.values(filter).some((one) => one !== "");
  const all = { value: "", label: t("contacts.filter.all") };
  const rows = found.data?.contacts;
  const total = found.data?.total ?? 0;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to every browser yet */}
      <div role="search" aria-label={t("contacts.filter")} className={styles.filters}>
        <Field
          label={t("contacts.search")}
          type="search"
          value={filter.search}
          maxLength={200}
          onChange={(event) => narrow({ search: event.target.value })}
        />
        <Select
          label={t("contacts.filter.tag")}
          value={filter.tag}
          onChange={(event) => narrow({ tag: event.target.value })}
          options={[
            all,
            ...(tags.data?.tags ?? []).map((one) => ({
              value: one.tag,
              label: `${one.tag} (${f.count(one.count)})`,
            })),
          ]}
        />
        <Select
          label={t("contacts.filter.segment")}
          value={filter.segment}
          onChange={(event) => narrow({ segment: event.target.value })}
          options={[
            all,
            ...(segments.data?.segments ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <Select
          label={t("contacts.filter.consent")}
          value={filter.consent}
          onChange={(event) => narrow({ consent: event.target.value })}
          options={[
            all,
            ...(["granted", "refused", "none"] as const).map((value) => ({
              value: value as string,
              label: t(`contacts.consent.${value}`),
            })),
          ]}
        />
      </div>
      {narrowed && (
        <p className={styles.found} aria-live="polite">
          {found.data && t("contacts.found", { n: f.count(total) })}
          <Button small kind="text" onClick={() => narrow(nothing)}>
            {t("contacts.filter.clear")}
          </Button>
        </p>
      )}
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : !rows ? (
        <>
          <Loading />
          <Skeleton height={420} />
        </>
      ) : rows.length === 0 ? (
        <EmptyState
          title={t(narrowed ? "contacts.nobody" : "contacts.none")}
          line={t(narrowed ? "contacts.nobody.line" : "contacts.none.line")}
        />
      ) : (
        <>
          <Card flush aria-label={t("contacts.table")}>
            <div className={styles.scroll}>
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">{t("contacts.column.name")}</th>
                    <th scope="col" className={styles.wide}>
                      {t("contacts.column.company")}
                    </th>
                    <th scope="col" className={styles.wide}>
                      {t("contacts.column.last")}
                    </th>
                    <th scope="col" className={classes(styles.points, styles.wide)}>
                      {t("contacts.column.points")}
                    </th>
                    <th scope="col">{t("contacts.column.consent")}</th>
                    <th scope="col" className={styles.wide}>
                      {t("contacts.column.owner")}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((one) => (
                    <Row key={one.id} ws={ws} one={one} />
                  ))}
                </tbody>
              </table>
            </div>
          </Card>
          {total > PAGE && (
            <nav className={styles.pages} aria-label={t("contacts.pages")}>
              <Button small icon="left" disabled={page === 0} onClick={() => setPage(page - 1)}>
                {t("contacts.before")}
              </Button>
              <span className="quiet">
                {t("contacts.place", {
                  from: f.count(page * PAGE + 1),
                  to: f.count(page * PAGE + rows.length),
                })}
              </span>
              <Button
                small
                disabled={(page + 1) * PAGE >= total || found.isPlaceholderData}
                onClick={() => setPage(page + 1)}
              >
                {t("contacts.next")}
              </Button>
            </nav>
          )}
        </>
      )}
    </>
  );
}

function Row({ ws, one }: { ws: string; one: ContactLine }) {
  const { t, f } = useLanguage();
  const when = useWhen();
  const points = one.points[0];
  const last = one.last ? (
    <>
      {one.last.label}
      <span className={styles.sub}>{when(one.last.at)}</span>
    </>
  ) : (
    <span className="quiet">{t("contacts.since", { day: when(one.created_at) })}</span>
  );
  return (
    <tr>
      <td>
        <Link to="/w/$ws/act/contacts/$id" params={{ ws, id: one.id }} className={styles.name}>
          {one.name || one.address || t("contacts.nameless")}
        </Link>{" "}
        {one.role && <Chip title={t("contacts.role.hint")}>{t("contacts.role")}</Chip>}
        {one.name && <span className={styles.sub}>{one.address}</span>}
        <span className={classes(styles.sub, styles.phone)}>{one.company?.name}</span>
        <span className={classes(styles.sub, styles.phone)}>
          {one.last && f.facts([one.last.label, when(one.last.at)])}
        </span>
      </td>
      <td className={styles.wide}>{one.company?.name ?? "—"}</td>
      <td className={styles.wide}>{last}</td>
      <td className={classes(styles.points, styles.wide)}>
        {points?.points != null ? (
          <span
            className={points.hot ? styles.hot : ""}
            title={points.hot ? t("contacts.points.hot") : points.name}
          >
            {f.count(points.points)}
          </span>
        ) : (
          "—"
        )}
      </td>
      <td>
        <ConsentMark state={one.consent} />
      </td>
      <td className={styles.wide}>{one.owner_name || "—"}</td>
    </tr>
  );
}
