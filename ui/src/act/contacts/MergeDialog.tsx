import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type ContactDetail, useContactActs, useContacts } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./contacts.module.css";

interface MergeDialogProps {
  ws: string;
  one: ContactDetail;
  onClose: () => void;
}

/** Says that two are one: the other is searched for, and what follows is said before. */
export function MergeDialog({ ws, one, onClose }: MergeDialogProps) {
  const { t, f } = useLanguage();
  const navigate = useNavigate();
  const { merge } = useContactActs(ws, one.id);
  const [text, setText] = useState("");
  const [other, setOther] = useState("");
  const search = useSettled(text.trim());
  const found = useContacts(ws, { search, limit: 10 }, search !== "");
  const list = search ? (found.data?.contacts ?? []).filter((each) => each.id !== one.id) : [];
  const chosen = list.some((each) => each.id === other);
  return (
    <Dialog
      title={t("contacts.merge.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={!chosen || merge.isPending}
            onClick={() =>
              merge.mutate(other, {
                onSuccess: (left) => {
                  onClose();
                  void navigate({
                    to: "/w/$ws/act/contacts/$id",
                    params: { ws, id: left.id },
                    replace: true,
                  });
                },
              })
            }
          >
            {t("contacts.merge.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("contacts.merge.line")}</p>
        <Field
          label={t("contacts.search")}
          type="search"
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
        />
        {search && found.data && list.length === 0 && (
          <p className="quiet">{t("contacts.merge.none")}</p>
        )}
        {list.length > 0 && (
          <fieldset className={styles.others}>
            <legend className="sr">{t("contacts.merge.choose")}</legend>
            {list.map((each) => (
              <label key={each.id}>
                <input
                  type="radio"
                  name="other"
                  checked={other === each.id}
                  onChange={() => setOther(each.id)}
                />
                <span>
                  {each.name || each.address}
                  <span className={styles.sub}>
                    {f.facts(
                      [each.company?.name ?? "", each.name ? each.address : ""].filter(
                        (one) => one !== "",
                      ),
                    )}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {merge.error && (
          <p className="bad" role="alert">
            {merge.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}
