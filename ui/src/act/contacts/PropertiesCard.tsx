import { useState } from "react";
import { type ContactDetail, useContactActs } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import styles from "./contacts.module.css";
import { Pair } from "./MailCard.tsx";
import { useWhen } from "./when.ts";

/** A day as a field for dates takes it; a moment within one is no day. */
const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value);

interface PropertiesCardProps {
  ws: string;
  one: ContactDetail;
  edit: boolean;
}

/** What is known of somebody, and by what they are known. */
export function PropertiesCard({ ws, one, edit }: PropertiesCardProps) {
  const { t, f } = useLanguage();
  const when = useWhen();
  const [open, setOpen] = useState(false);
  // A day is that day wherever it is read.
  const dateText = (value: string) => (isDay(value) ? f.longDay(value) : when(Date.parse(value)));
  return (
    <Card>
      <div className={styles.cardhead}>
        <h3>{t("contacts.properties")}</h3>
        {edit && (
          <Button small kind="text" onClick={() => setOpen(true)}>
            {t("contacts.edit")}
          </Button>
        )}
      </div>
      {one.properties.length === 0 && <p className="quiet">{t("contacts.properties.none")}</p>}
      <dl className={styles.pairs}>
        {one.properties.map((each) => (
          <Pair
            key={each.key}
            name={each.label}
            text={each.kind === "date" ? dateText(each.value) : each.value}
          />
        ))}
      </dl>
      {one.known.length > 0 && (
        <details className={styles.record}>
          <summary>{t("contacts.known")}</summary>
          <dl className={styles.pairs}>
            {one.known.map((each) => (
              <Pair
                key={each.kind + each.value}
                name={t(`contacts.known.${each.kind}`)}
                text={each.value}
              />
            ))}
          </dl>
        </details>
      )}
      {open && <EditDialog ws={ws} one={one} onClose={() => setOpen(false)} />}
    </Card>
  );
}

function EditDialog({
  ws,
  one,
  onClose,
}: Omit<PropertiesCardProps, "edit"> & { onClose: () => void }) {
  const { t } = useLanguage();
  const { change } = useContactActs(ws, one.id);
  const [name, setName] = useState(one.name);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(one.properties.map((each) => [each.key, each.value])),
  );
  const [fresh, setFresh] = useState({ key: "", value: "" });
  function save() {
    const properties: Record<string, string | null> = {};
    for (const each of one.properties) {
      const now = values[each.key] ?? "";
      if (now !== each.value) properties[each.key] = now.trim() === "" ? null : now;
    }
    const key = fresh.key.trim();
    if (key && fresh.value.trim()) properties[key] = fresh.value.trim();
    const body = {
      ...(name !== one.name ? { name } : {}),
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
    };
    if (Object.keys(body).length === 0) return onClose();
    change.mutate(body as Parameters<typeof change.mutate>[0], { onSuccess: onClose });
  }
  return (
    <Dialog
      title={t("contacts.edit.title")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" type="submit" form="edit-contact" disabled={change.isPending}>
            {t("contacts.save")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        id="edit-contact"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          label={t("contacts.column.name")}
          value={name}
          maxLength={300}
          onChange={(event) => setName(event.target.value)}
        />
        {one.properties
          .filter((each) => each.kind !== "date" || isDay(each.value))
          .map((each) => (
            <Field
              key={each.key}
              label={each.label}
              type={each.kind === "date" ? "date" : "text"}
              value={values[each.key] ?? ""}
              maxLength={1000}
              onChange={(event) => setValues({ ...values, [each.key]: event.target.value })}
            />
          ))}
        <div className={styles.edit}>
          <Field
            label={t("contacts.edit.key")}
            optional
            value={fresh.key}
            maxLength={100}
            onChange={(event) => setFresh({ ...fresh, key: event.target.value })}
          />
          <Field
            label={t("contacts.edit.value")}
            value={fresh.value}
            maxLength={1000}
            onChange={(event) => setFresh({ ...fresh, value: event.target.value })}
          />
        </div>
        {change.error && (
          <p className="bad" role="alert">
            {change.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
