import { type ComponentProps, useState } from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import styles from "./people.module.css";

/** A password, which its writer may look at: a phrase is long to type unseen. */
export function PasswordField(props: ComponentProps<typeof Field>) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  return (
    <div className={styles.password}>
      <Field {...props} type={shown ? "text" : "password"} spellCheck={false} />
      <span className={styles.peek}>
        <Button kind="text" small aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t(shown ? "people.password.hide" : "people.password.show")}
        </Button>
      </span>
    </div>
  );
}
