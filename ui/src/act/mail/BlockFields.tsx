import type { MailBlock } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import type { Faults } from "./blocks.ts";
import styles from "./mail.module.css";
import { Writing } from "./Writing.tsx";

interface BlockFieldsProps {
  ws: string;
  block: MailBlock;
  path: string;
  faults: Faults;
  onChange: (block: MailBlock) => void;
}

/** What one block asks for. */
export function BlockFields({ ws, block, path, faults, onChange }: BlockFieldsProps) {
  const { t } = useLanguage();
  const put = (part: Partial<MailBlock>) => onChange({ ...block, ...part });
  const text = faults[`${path}.text`];
  const url = faults[`${path}.url`]?.message;
  const align = (
    <Select
      label={t("mail.align")}
      value={block.align ?? "left"}
      options={(["left", "center", "right"] as const).map((value) => ({
        value,
        label: t(`mail.align.${value}`),
      }))}
      onChange={(e) => put({ align: e.target.value as NonNullable<MailBlock["align"]> })}
    />
  );
  switch (block.kind) {
    case "heading":
      return (
        <>
          <Writing
            ws={ws}
            label={t("mail.block.text")}
            value={block.text ?? ""}
            fault={text}
            onChange={(next) => put({ text: next })}
          />
          <div className={styles.pair}>
            <Select
              label={t("mail.level")}
              value={String(block.level || 2)}
              options={["1", "2", "3"].map((value) => ({
                value,
                label: t(`mail.level.${value as "1"}`),
              }))}
              onChange={(e) => put({ level: Number(e.target.value) })}
            />
            {align}
          </div>
        </>
      );
    case "text":
      return (
        <Writing
          ws={ws}
          label={t("mail.block.text")}
          rich
          hint={t("mail.text.hint")}
          value={block.text ?? ""}
          fault={text}
          onChange={(next) => put({ text: next })}
        />
      );
    case "list":
      return (
        <>
          <Writing
            ws={ws}
            label={t("mail.list.text")}
            rich
            hint={t("mail.list.hint")}
            value={block.text ?? ""}
            fault={text}
            onChange={(next) => put({ text: next })}
          />
          <Select
            label={t("mail.list.mark")}
            value={block.numbered ? "numbered" : "bullets"}
            options={(["bullets", "numbered"] as const).map((value) => ({
              value,
              label: t(`mail.list.mark.${value}`),
            }))}
            onChange={(e) => put({ numbered: e.target.value === "numbered" })}
          />
        </>
      );
    case "quote":
      return (
        <>
          <Writing
            ws={ws}
            label={t("mail.quote.text")}
            rich
            value={block.text ?? ""}
            fault={text}
            onChange={(next) => put({ text: next })}
          />
          <Field
            label={t("mail.quote.by")}
            hint={t("mail.quote.by.hint")}
            optional
            maxLength={200}
            value={block.by ?? ""}
            error={faults[`${path}.by`]?.message}
            onChange={(e) => put({ by: e.target.value })}
          />
        </>
      );
    case "button":
      return (
        <>
          <Writing
            ws={ws}
            label={t("mail.button.text")}
            value={block.text ?? ""}
            fault={text}
            onChange={(next) => put({ text: next })}
          />
          <div className={styles.pair}>
            <Field
              label={t("mail.url")}
              type="url"
              value={block.url ?? ""}
              error={url}
              onChange={(e) => put({ url: e.target.value })}
            />
            {align}
          </div>
        </>
      );
    case "image":
      return (
        <>
          <Field
            label={t("mail.image.src")}
            hint={t("mail.image.src.hint")}
            type="url"
            value={block.src ?? ""}
            error={faults[`${path}.src`]?.message}
            onChange={(e) => put({ src: e.target.value })}
          />
          <Field
            label={t("mail.image.alt")}
            hint={t("mail.image.alt.hint")}
            value={block.text ?? ""}
            error={text?.message}
            onChange={(e) => put({ text: e.target.value })}
          />
          <div className={styles.pair}>
            <Field
              label={t("mail.image.url")}
              optional
              type="url"
              value={block.url ?? ""}
              error={url}
              onChange={(e) => put({ url: e.target.value })}
            />
            <Field
              label={t("mail.image.width")}
              type="number"
              min={0}
              max={600}
              value={block.width || ""}
              placeholder="536"
              onChange={(e) => put({ width: Number(e.target.value) })}
            />
          </div>
        </>
      );
    case "spacer":
      return (
        <Field
          label={t("mail.spacer.height")}
          type="number"
          min={4}
          max={200}
          value={block.height || 24}
          onChange={(e) => put({ height: Number(e.target.value) })}
        />
      );
    default:
      return null;
  }
}
