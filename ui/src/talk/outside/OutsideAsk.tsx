import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { type Asked, useAskActs, useOwnAsked } from "../../api/useAsked.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Field, TextField } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { StateTag } from "../../kit/StateTag.tsx";
import { Composer } from "../Composer.tsx";
import { Pieces } from "../Pieces.tsx";
import styles from "../talk.module.css";

interface OutsideAskProps {
  /** The secret in the address of the page. */
  token: string;
  /** What it is about; absent: what the link is about. */
  about?: string;
}

/** Ask without signing in, and see what was answered: the way from another department. */
export function OutsideAsk({ token, about }: OutsideAskProps) {
  const { t } = useLanguage();
  const { ask } = useAskActs(token);
  const own = useOwnAsked(token);
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const place = (field: string) => problemAt(ask.error, `body.${field}`);
  const elsewhere = ask.error && !place("text") && !place("name") && !place("email");
  return (
    <div className={styles.outside}>
      {ask.data ? (
        <Notice kind="info">
          <p>{t(email ? "talk.asked.mail" : "talk.asked")}</p>
          <Button
            small
            style={{ marginTop: 8 }}
            onClick={() => {
              ask.reset();
              setText("");
            }}
          >
            {t("talk.askAnother")}
          </Button>
        </Notice>
      ) : (
        <form
          className={styles.outside}
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate({ text, name, ...(about ? { about } : {}), ...(email ? { email } : {}) });
          }}
        >
          <TextField
            label={t("talk.ask")}
            rows={4}
            maxLength={4000}
            required
            value={text}
            error={place("text")}
            onChange={(event) => setText(event.target.value)}
          />
          <div className={styles.two}>
            <Field
              label={t("talk.name")}
              hint={t("talk.name.hint")}
              required
              maxLength={60}
              autoComplete="name"
              value={name}
              error={place("name")}
              onChange={(event) => setName(event.target.value)}
            />
            <Field
              label={t("talk.email")}
              hint={t("talk.email.hint")}
              optional
              type="email"
              autoComplete="email"
              value={email}
              error={place("email")}
              onChange={(event) => setEmail(event.target.value)}
            />
          </div>
          {elsewhere && <Notice kind="bad">{ask.error?.message}</Notice>}
          <div>
            <Button
              kind="primary"
              type="submit"
              disabled={ask.isPending || text.trim() === "" || name.trim() === ""}
            >
              {t("talk.askSend")}
            </Button>
          </div>
        </form>
      )}
      {own.data && own.data.questions.length > 0 && (
        <section className={styles.asked}>
          <h2>{t("talk.own")}</h2>
          {[...own.data.questions].reverse().map((one) => (
            <OwnQuestion key={one.ticket} token={token} one={one} />
          ))}
        </section>
      )}
    </div>
  );
}

/** One's own question with what the team says; without the names of the team. */
export function OwnQuestion({ token, one }: { token: string; one: Asked }) {
  const { t, f } = useLanguage();
  const { more } = useAskActs(token);
  const answered = one.words.some((word) => !word.you);
  return (
    <article className={styles.thread} style={{ marginTop: 16 }}>
      <p className={styles.state}>
        <StateTag tone={one.settled ? "good" : answered ? "on" : "warn"}>
          {t(
            one.settled
              ? "talk.state.settled"
              : answered
                ? "talk.state.talked"
                : "talk.state.waiting",
          )}
        </StateTag>
        <span className="quiet">{one.about_name || t("talk.whole")}</span>
      </p>
      <ol className={styles.words}>
        {one.words.map((word) => (
          <li
            key={`${word.at} ${word.you}`}
            className={classes(styles.word, word.answers && styles.answers)}
          >
            <p className={styles.voice}>
              <b>{t(word.you ? "talk.you" : "talk.team")}</b>
              <time dateTime={word.at}>{f.time(word.at)}</time>
              {word.answers && (
                <>
                  <Icon name="check" size={14} />
                  {t("talk.answers")}
                </>
              )}
            </p>
            <Pieces pieces={word.pieces} />
          </li>
        ))}
      </ol>
      {answered && (
        <Composer
          ws={null}
          label={t("talk.more")}
          send={t("talk.send")}
          rows={2}
          pending={more.isPending}
          error={more.error}
          onSend={(text) =>
            more.mutateAsync({ text, ...(one.ticket ? { ticket: one.ticket } : {}) })
          }
        />
      )}
    </article>
  );
}
