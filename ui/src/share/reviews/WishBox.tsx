import { useState } from "react";
import { useWishes } from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { TextField } from "../../kit/Field.tsx";
import styles from "./minutes.module.css";

/** Puts something on the next review in words of one's own. */
export function WishBox({ ws }: { ws: string }) {
  const { t } = useLanguage();
  const { add } = useWishes(ws);
  const [text, setText] = useState("");
  return (
    <div className={styles.wish}>
      <TextField
        label={t("reviews.wish")}
        rows={2}
        value={text}
        maxLength={500}
        error={add.error?.message}
        placeholder={t("reviews.wish.example")}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button
          disabled={add.isPending || !text.trim()}
          onClick={() => add.mutate({ text: text.trim() }, { onSuccess: () => setText("") })}
        >
          {t("reviews.wish.do")}
        </Button>
      </div>
    </div>
  );
}
