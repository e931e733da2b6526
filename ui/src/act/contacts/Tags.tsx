import { useId, useState } from "react";
import { type ContactDetail, useContactActs, useContactTags } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./contacts.module.css";

/** Tags, taken away and added one by one; what is added can be one nobody has yet. */
export function Tags({ ws, one, edit }: { ws: string; one: ContactDetail; edit: boolean }) {
  const { t } = useLanguage();
  const id = useId();
  const known = useContactTags(ws);
  const { change } = useContactActs(ws, one.id);
  const toast = useToast();
  const [text, setText] = useState("");
  const fail = (error: Error) => toast({ text: error.message });
  return (
    <Card>
      <h3>{t("contacts.tags")}</h3>
      {one.tags.length === 0 && <p className="quiet">{t("contacts.tags.none")}</p>}
      {one.tags.length > 0 && (
        <ul className={styles.tags}>
          {one.tags.map((tag) => (
            <li key={tag} className={styles.tag}>
              {tag}
              {edit && (
                <button
                  type="button"
                  aria-label={t("contacts.tags.drop", { tag })}
                  onClick={() => change.mutate({ drop_tags: [tag] }, { onError: fail })}
                >
                  <Icon name="close" size={12} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {edit && (
        <form
          className={styles.tags}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === "") return;
            change.mutate({ add_tags: [text] }, { onSuccess: () => setText(""), onError: fail });
          }}
        >
          <input
            className={styles.tagbox}
            aria-label={t("contacts.tags.new")}
            placeholder={t("contacts.tags.new")}
            list={id}
            value={text}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
          <datalist id={id}>
            {known.data?.tags
              .filter(({ tag }) => !one.tags.includes(tag))
              .map(({ tag }) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
          <Button small type="submit" disabled={text.trim() === "" || change.isPending}>
            {t("contacts.tags.add")}
          </Button>
        </form>
      )}
    </Card>
  );
}
